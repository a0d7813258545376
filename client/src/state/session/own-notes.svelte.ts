// What this person writes in a session's notes, beside the shared document: kept on this device while it may be written, and set
// aside as words where the server did not take it. The page goes on with a fresh document then.
import type { RefusalReason } from '@attune/contract';
import { isRevealed } from '@attune/domain';
import * as Y from 'yjs';
import { asideName, forgetCopy, notesName } from '../../lib/drafts.ts';
import { forget, recall, remember } from '../../lib/tab-memory.ts';
import { me } from '../app/me.svelte.ts';
import { readKept } from '../live/kept-copy.ts';
import type { Room } from '../live/room.svelte.ts';
import type { Live } from './followed-session.svelte.ts';
import { isSetAside, type SetAside, wordsBeyond } from './set-aside.ts';

/** What this needs of the session. */
export interface NotedSession {
  readonly live: Live | undefined;
  readonly room: Pick<Room, 'doc' | 'isSynced' | 'keepCopy'>;
  startAfresh(): Y.Doc;
}

export class OwnNotes {
  readonly #sessionId: string;
  readonly #session: NotedSession;
  #setAside = $state.raw<readonly SetAside[]>([]);
  /** Documents left behind, until they can be compared with what the server has. Their copy stays on the device as long. */
  readonly #left: { readonly doc: Y.Doc; readonly reason: RefusalReason }[] = [];
  /** The copy on this device holds what was refused: brought back, it would be refused again. */
  #isCopyStale = false;
  #hasBroughtBack = false;

  constructor(sessionId: string, session: NotedSession) {
    this.#sessionId = sessionId;
    this.#session = session;
    this.#setAside = recall(this.#asideName, isSetAside) ?? [];
  }

  /** What was written here and not taken, to be copied; newest last. */
  get setAside(): readonly SetAside[] {
    return this.#setAside;
  }

  dropSetAside(): void {
    this.#setAside = [];
    forget(this.#asideName);
  }

  /** Keeps a copy while notes may be written. What an earlier page kept is brought back once they are closed, too. */
  keep(): void {
    const { live, room } = this.#session;
    if (!live || this.#isCopyStale) return;
    const { seat, shared } = live;
    if (shared.status === 'review' && seat?.may.includes('notes.write')) {
      // Met by the server's first, a copy brings only what is new in it: whole, it might be too large an update.
      if (room.isSynced) void room.keepCopy(this.#copyName);
    } else if (isRevealed(shared.status) && !this.#hasBroughtBack) {
      this.#hasBroughtBack = true;
      void this.#bringBack(room.doc);
    }
  }

  /** Goes on afresh: what was written beyond what the server has is set aside once that is known. */
  refused(reason: RefusalReason): void {
    this.#isCopyStale = true;
    this.#left.push({ doc: this.#session.startAfresh(), reason });
  }

  /** The document is as the server has it. */
  synced(): void {
    const left = this.#left.splice(0);
    if (left.length === 0) {
      this.keep();
      return;
    }
    const { doc: theirs } = this.#session.room;
    for (const { doc: mine, reason } of left) {
      this.#add(wordsBeyond(mine, theirs).map((one) => ({ ...one, reason })));
      mine.destroy();
    }
    void this.#forgetCopy();
  }

  get #copyName(): string {
    return notesName(me.id, this.#sessionId);
  }

  get #asideName(): string {
    return asideName(me.id, this.#sessionId);
  }

  #add(more: readonly SetAside[]): void {
    if (more.length === 0) return;
    this.#setAside = [...this.#setAside, ...more];
    remember(this.#asideName, this.#setAside);
  }

  /** Where the copy cannot be forgotten, none is kept from here on. */
  async #forgetCopy(): Promise<void> {
    const isGone = await forgetCopy(this.#copyName);
    this.#isCopyStale = !isGone || this.#left.length > 0;
    this.keep();
  }

  async #bringBack(doc: Y.Doc): Promise<void> {
    const name = this.#copyName;
    for (const update of await readKept(name)) Y.applyUpdate(doc, update, name);
  }
}
