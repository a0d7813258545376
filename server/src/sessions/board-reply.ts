// The board as people receive it. A frozen board of many is megabytes of JSON: it is read, written and compressed once for all who
// see names alike, and kept in memory; who may have it is asked anew each time.
import type { BoardView } from '@attune/contract';
import {
  type Actor,
  type Board,
  isRevealed,
  maySession,
  type Session,
  type SessionSubject,
} from '@attune/domain';
import type { Database } from '../db/client.ts';
import { inSnapshot } from '../db/transact.ts';
import { type Pressed, type PressedJson, press } from '../pressed.ts';
import { findBoard } from './detail.store.ts';
import { findBoardState } from './lookup.store.ts';
import { boardToShared, isHiddenFrom, type SharedBoard } from './stand-ins.ts';
import { loadSession } from './store.ts';
import type { StoredSession } from './stored-session.ts';
import { sessionToSubject } from './views.ts';

export interface BoardRepliesDeps {
  readonly db: Database;
  readonly serverKey: Uint8Array;
}

/** A board as it was at one number of its session. Nothing of it, names of people included, changes without a new number. */
interface Kept {
  readonly subject: SessionSubject;
  /** Whose names were shown then. */
  readonly shown: Pick<Session, 'names' | 'status'>;
  readonly rows: SharedBoard['rows'];
  readonly start: Pressed;
  /** What `start` was made from beside the frozen board: the people as they are called, and the re-votes revealed by then. */
  readonly beside: string;
}

interface Frozen {
  readonly stored: StoredSession;
  readonly board: Board;
}

interface Entry {
  readonly number: number;
  readonly kept: Promise<Kept | null>;
  sizeBytes: number;
}

/** What is kept at most, in all; compressed, a board of 200 people and 100 questions takes a third of a megabyte. */
const mostBytes = 64 * 1024 * 1024;
const mostEntries = 200;
/** In memory, at most. */
const bytesOfLetter = 2;

export class BoardReplies {
  readonly #deps: BoardRepliesDeps;
  /** By session and by whether names are hidden; who was used last stands last. */
  readonly #entries = new Map<string, Entry>();

  constructor(deps: BoardRepliesDeps) {
    this.#deps = deps;
  }

  /** The frozen board with its people and re-votes, from review on; names as the viewer may see them. */
  async read(actor: Actor, sessionId: string): Promise<PressedJson<BoardView> | null> {
    const { organisationId } = actor;
    const state = await findBoardState(this.#deps.db, organisationId, sessionId);
    if (!state || !isRevealed(state.status)) return null;
    const isHidden = isHiddenFrom(actor, state);
    const kept = await this.#keep(organisationId, sessionId, state.number, isHidden);
    // Names were hidden, or shown, between the two reads.
    if (kept && isHiddenFrom(actor, kept.shown) !== isHidden) return this.read(actor, sessionId);
    if (!kept || !maySession(actor, 'board.read', kept.subject)) return null;
    return { start: kept.start, end: `${JSON.stringify(kept.rows.get(actor.memberId) ?? null)}}` };
  }

  #keep(organisationId: string, sessionId: string, number: number, hidden: boolean): Promise<Kept | null> {
    const key = `${organisationId}/${sessionId}/${hidden}`;
    const known = this.#entries.get(key);
    this.#entries.delete(key);
    // Whoever asks while it is made waits for the same.
    const entry =
      known && known.number >= number
        ? known
        : this.#begin(key, number, known, () => this.#readBoard(organisationId, sessionId), hidden);
    this.#entries.set(key, entry);
    return entry.kept;
  }

  #readBoard(organisationId: string, sessionId: string): Promise<Frozen | null> {
    return inSnapshot(this.#deps.db, async (tx) => {
      const stored = await loadSession(tx, organisationId, sessionId);
      const board = stored && (await findBoard(tx, organisationId, sessionId));
      return board && { stored, board };
    });
  }

  #begin(
    key: string,
    number: number,
    before: Entry | undefined,
    read: () => Promise<Frozen | null>,
    hidden: boolean,
  ): Entry {
    const entry: Entry = {
      number,
      kept: this.#make(read, hidden, before),
      sizeBytes: before?.sizeBytes ?? 0,
    };
    const forget = () => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    };
    entry.kept.then((kept) => {
      if (!kept) forget();
      else entry.sizeBytes = kept.start.deflated.length + bytesOfLetter * kept.beside.length;
      this.#trim();
    }, forget);
    return entry;
  }

  async #make(
    read: () => Promise<Frozen | null>,
    hidden: boolean,
    before: Entry | undefined,
  ): Promise<Kept | null> {
    const found = await read();
    if (!found) return null;
    const { stored } = found;
    const shared = boardToShared(this.#deps.serverKey, stored, found.board, hidden);
    const { board, people, revotes, rows } = shared;
    const beside = `"people":${JSON.stringify(people)},"revotes":${JSON.stringify(revotes)}`;
    const last = await before?.kept.catch(() => null);
    const start =
      last?.beside === beside
        ? last.start
        : await press(`{"board":${JSON.stringify(board)},${beside},"own":`);
    return { subject: sessionToSubject(stored), shown: stored.session, rows, start, beside };
  }

  #trim(): void {
    let total = [...this.#entries.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const [key, { sizeBytes }] of this.#entries) {
      if (total <= mostBytes && this.#entries.size <= mostEntries) return;
      this.#entries.delete(key);
      total -= sizeBytes;
    }
  }
}
