// What is open in memory: sessions with their presence, documents, and who holds them. Each is loaded once, however many come at
// once, and put away when its last holder has left and nothing of it is on its way to the journal.
import { formatRoomName, type RoomName, readSheet } from '@attune/contract';
import { progressOf } from '@attune/domain';
import type { Journal } from '../documents/journal.ts';
import type { DocumentHandle } from '../documents/store.ts';
import type { Logger } from '../ops/log.ts';
import type { ChangeRead } from '../sessions/change.store.ts';
import { type DocumentReads, DocumentRoom } from './document-room.ts';
import { Presence } from './presence.ts';
import { type Counted, ProgressCount } from './progress-count.ts';
import { type SessionReads, SessionState } from './session-state.ts';

export interface RegistryDeps {
  readonly log: Logger;
  readonly journal: Journal;
  readonly documents: DocumentReads & {
    find(
      organisationId: string,
      wanted: { participantId: string } | { notesOf: string },
    ): Promise<DocumentHandle | null>;
  };
  readonly sessions: SessionReads;
  /** @param of whose sheet it is, and how many have a place in the session */
  recordProgress(
    of: { organisationId: string; sessionId: string; participantId: string; people: number },
    count: () => Counted,
  ): Promise<void>;
  /** Changes of an open session, applied already. */
  readonly onChanges: (session: SessionState, changes: readonly ChangeRead[]) => void;
}

export interface OpenSession {
  readonly state: SessionState;
  readonly presence: Presence;
  /** To be called once. */
  release(): void;
}

export interface OpenDocument {
  readonly room: DocumentRoom;
  /** To be called once. */
  release(): void;
}

interface SessionEntry {
  readonly opening: Promise<{ state: SessionState; presence: Presence } | null>;
  holders: number;
}

interface Loaded {
  readonly room: DocumentRoom;
  readonly progress: ProgressCount | null;
}

interface DocumentEntry {
  readonly opening: Promise<Loaded | null>;
  /** The session of whoever came last: an earlier one may have been put away, and is not brought forward any more. */
  readonly of: { session: SessionState };
  holders: number;
}

export class Registry {
  readonly #deps: RegistryDeps;
  readonly #sessions = new Map<string, SessionEntry>();
  readonly #documents = new Map<string, DocumentEntry>();
  #closing = false;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  /** The session, held until released; `null` where the organisation has none of this id. */
  async openSession(organisationId: string, sessionId: string): Promise<OpenSession | null> {
    // By both ids: another organisation's must not learn that somebody has it open.
    const key = `${organisationId}/${sessionId}`;
    const entry = this.#sessions.get(key) ?? this.#loadSession(key, organisationId, sessionId);
    entry.holders += 1;
    const release = () => {
      entry.holders -= 1;
      if (entry.holders === 0 && this.#sessions.get(key) === entry) this.#sessions.delete(key);
    };
    try {
      const open = await entry.opening;
      if (open) return { ...open, release };
    } catch (error) {
      release();
      throw error;
    }
    release();
    return null;
  }

  /** The session where it is open, without holding it. */
  async openState(organisationId: string, sessionId: string): Promise<SessionState | null> {
    return (await this.#sessions.get(`${organisationId}/${sessionId}`)?.opening)?.state ?? null;
  }

  #loadSession(key: string, organisationId: string, sessionId: string): SessionEntry {
    const { sessions, onChanges, log } = this.#deps;
    const opening = sessions.readShared(organisationId, sessionId).then((read) => {
      if (!read) return null;
      const state: SessionState = new SessionState(organisationId, read, {
        reads: sessions,
        log,
        isOpen: () => this.#sessions.get(key) === entry,
        onChanges: (changes) => {
          presence.detailed = state.isRevealed;
          onChanges(state, changes);
        },
      });
      const presence = new Presence(state.isRevealed, {
        colourOf: (memberId) => state.colourOf(memberId),
        personOf: (memberId) => state.personOf(memberId),
      });
      // What is committed while it is read is announced after the commit, when the entry is there to be brought forward.
      return { state, presence };
    });
    const entry: SessionEntry = { opening, holders: 0 };
    this.#sessions.set(key, entry);
    return entry;
  }

  /** The room's document, held until released; `null` where there is none. */
  async openDocument(room: RoomName, session: SessionState): Promise<OpenDocument | null> {
    const name = formatRoomName(room);
    const entry = this.#documents.get(name) ?? this.#loadDocument(name, room, session);
    entry.of.session = session;
    entry.holders += 1;
    const release = () => {
      entry.holders -= 1;
      if (entry.holders === 0) {
        this.#putAway(name, entry).catch((error: unknown) =>
          this.#deps.log.error({ error }, 'a document could not be put away'),
        );
      }
    };
    try {
      const open = await entry.opening;
      if (open) return { room: open.room, release };
    } catch (error) {
      release();
      throw error;
    }
    release();
    return null;
  }

  #loadDocument(name: string, room: RoomName, session: SessionState): DocumentEntry {
    const of = { session };
    const entry: DocumentEntry = { opening: this.#load(name, room, of), of, holders: 0 };
    this.#documents.set(name, entry);
    return entry;
  }

  async #load(name: string, room: RoomName, of: DocumentEntry['of']): Promise<Loaded | null> {
    const { documents } = this.#deps;
    const isSealed = room.kind === 'sealed';
    const handle = await documents.find(
      of.session.organisationId,
      isSealed ? { participantId: room.participantId } : { notesOf: of.session.sessionId },
    );
    if (!handle) return null;
    let progress: ProgressCount | null = null;
    const opened: DocumentRoom = await DocumentRoom.open(handle, {
      ...this.#deps,
      onStored: () => progress?.schedule(),
      onBroken: () => this.#forget(name, opened),
    });
    if (isSealed) {
      progress = this.#progressOf(of, room.participantId, opened);
      // A count that a crash kept from being recorded is recorded now.
      progress.schedule();
    }
    return { room: opened, progress };
  }

  #progressOf(of: DocumentEntry['of'], participantId: string, room: DocumentRoom): ProgressCount {
    const own = () => of.session.shared.participants.find(({ id }) => id === participantId);
    return new ProgressCount({
      log: this.#deps.log,
      known: () => own()?.answered,
      count: () => progressOf(of.session.scorecard, readSheet(room.doc, of.session.scorecard)),
      record: async (count) => {
        if (this.#closing || own()?.state !== 'scoring') return;
        const { organisationId, sessionId, shared } = of.session;
        const people = shared.participants.length;
        await this.#deps.recordProgress({ organisationId, sessionId, participantId, people }, count);
      },
    });
  }

  async #putAway(name: string, entry: DocumentEntry): Promise<void> {
    const loaded = await entry.opening.catch(() => null);
    await loaded?.room.settled();
    await loaded?.progress?.settle();
    // Somebody came back meanwhile, or the same was put away already.
    if (entry.holders > 0 || this.#documents.get(name) !== entry) return;
    this.#documents.delete(name);
    await loaded?.room.close();
  }

  #forget(name: string, room: DocumentRoom): void {
    const entry = this.#documents.get(name);
    void entry?.opening.then((loaded) => {
      if (loaded?.room === room && this.#documents.get(name) === entry) this.#documents.delete(name);
    });
  }

  /** Everyone of a room again, so that stock clients go on believing that they are there. */
  refreshPresence(): void {
    for (const { opening } of this.#sessions.values()) {
      opening.then(
        (open) => open?.presence.refresh(),
        () => {},
      );
    }
  }

  /** Documents and sessions in memory. */
  get size(): { sessions: number; documents: number } {
    return { sessions: this.#sessions.size, documents: this.#documents.size };
  }

  /** Records no more progress: the process ends. */
  close(): void {
    this.#closing = true;
  }
}
