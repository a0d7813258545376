// One calibration as this tab follows it: a view fetched, then the meeting room's snapshot and numbered changes. Who misses a
// change asks for the whole. It asks its owner to fetch, and fetches nothing itself: the session's page and the meeting screen
// read by different routes. Owns the one socket that notes and presence share.
import {
  applyPatch,
  type messageType,
  type OwnMessage,
  type RefusalReason,
  type SeatView,
  type SessionEventView,
  type SessionShared,
} from '@attune/contract';
import * as Y from 'yjs';
import { ServerClock } from '../app/clock.svelte.ts';
import { Room } from '../live/room.svelte.ts';

/** What everyone of the session sees, as of its `number`; `seat` is the reader's own, `null` for a screen. */
export interface Live {
  readonly number: number;
  readonly shared: SessionShared;
  readonly seat: SeatView | null;
}

/** What changes seldom, and is fetched: it carries the `detailRevision` it came with. */
export interface Detail<D> {
  readonly revision: number;
  readonly content: D;
}

interface Known<D> {
  readonly live: Live | undefined;
  readonly detail: Detail<D> | undefined;
}

type Change = OwnMessage<typeof messageType.change>;

/** The live state after a change; `gap` when one was missed, and the whole has to be asked for. */
export function afterChange(live: Live, change: Pick<Change, 'number' | 'patch'>): Live | 'gap' {
  if (change.number <= live.number) return live;
  if (change.number !== live.number + 1) return 'gap';
  return { ...live, number: change.number, shared: applyPatch(live.shared, change.patch) };
}

/**
 * What is known after a view was fetched. Live state and detail age apart: a view that progress has overtaken still
 * brings the newest detail.
 */
export function afterView<D>({ live, detail }: Known<D>, fetched: Live, content: D): Known<D> {
  const revision = fetched.shared.detailRevision;
  return {
    live: !live || fetched.number >= live.number ? fetched : live,
    detail: !detail || revision >= detail.revision ? { revision, content } : detail,
  };
}

/** What the owner hears. */
export interface FollowedHandlers {
  /** The detail is older than the live state says: fetch it again. Said at every change until it is there. */
  readonly outdated: () => void;
  readonly became?: (live: Live, before: Live | undefined) => void;
  /** A snapshot has come: everything was told anew on this connection. @param at the server's time, ISO 8601 */
  readonly caughtUp?: (at: string) => void;
  /** What happened, for the live regions; never called for what was there at opening. */
  readonly happened?: (events: readonly SessionEventView[], shared: SessionShared) => void;
  /** The document has met the server's, once a connection. */
  readonly synced?: () => void;
  /** Something written here was not taken: see `startAfresh`. */
  readonly refused?: (reason: RefusalReason) => void;
}

/** How long a command's change is waited for before the session is fetched instead, in milliseconds. */
const changePatienceMs = 1_000;

interface Waiter {
  readonly number: number;
  readonly came: () => void;
}

export class FollowedSession<D> {
  /** The server's clock, by the last it said. */
  readonly clock = new ServerClock();
  readonly #roomName: string;
  readonly #handlers: FollowedHandlers;
  #room: Room;
  #live = $state.raw<Live>();
  #detail = $state.raw<Detail<D>>();
  #waiters: readonly Waiter[] = [];

  /** Connects to nothing yet. @param roomName the meeting's room */
  constructor(roomName: string, handlers: FollowedHandlers) {
    this.#roomName = roomName;
    this.#handlers = handlers;
    this.#room = $state.raw(this.#makeRoom());
  }

  #makeRoom(): Room {
    const handlers = this.#handlers;
    const room = new Room(this.#roomName, new Y.Doc(), {
      snapshot: ({ number, at, session, seat }) => {
        this.clock.hear(at, true);
        if (!this.#live || number >= this.#live.number) this.#become({ number, shared: session, seat });
        handlers.caughtUp?.(at);
      },
      change: (change) => {
        this.clock.hear(change.at);
        this.#follow(change);
      },
      seat: ({ seat }) => {
        if (this.#live) this.#become({ ...this.#live, seat });
      },
      synced: () => handlers.synced?.(),
      // One left behind may have been refused several edits at once.
      refused: (reason) => {
        if (room === this.#room) handlers.refused?.(reason);
      },
    });
    return room;
  }

  /** The one room of the session; another after `startAfresh`. */
  get room(): Room {
    return this.#room;
  }

  /**
   * Goes on in a new room with a document that the server fills: what builds on a refused edit can never be taken.
   *
   * @returns the document so far, which is the caller's to destroy
   */
  startAfresh(): Y.Doc {
    const before = this.#room;
    before.destroy();
    this.#room = this.#makeRoom();
    this.#room.link.start();
    return before.doc;
  }

  /** `undefined` before the first word of the server. */
  get live(): Live | undefined {
    return this.#live;
  }

  /** `undefined` before the first view. */
  get detail(): D | undefined {
    return this.#detail?.content;
  }

  /** Accepts what was fetched, unless something newer is known. */
  take(fetched: Live, content: D): void {
    const { live, detail } = afterView({ live: this.#live, detail: this.#detail }, fetched, content);
    this.#detail = detail;
    if (live) this.#become(live);
  }

  /** Whether the live state says that there is a newer detail. */
  get isOutdated(): boolean {
    return (this.#detail?.revision ?? 0) < (this.#live?.shared.detailRevision ?? 0);
  }

  /**
   * Waits for the change of a command that was answered, and takes the seat it left.
   *
   * @returns whether it came; where the socket is down or slow, the session is to be fetched
   */
  async reach(number: number, seat: SeatView): Promise<boolean> {
    const hasCome = await this.#comes(number);
    if (this.#live?.number === number) this.#become({ ...this.#live, seat });
    return hasCome;
  }

  #comes(number: number): Promise<boolean> {
    if ((this.#live?.number ?? -1) >= number) return Promise.resolve(true);
    if (!this.#room.link.isOpen) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (hasCome: boolean) => {
        clearTimeout(timer);
        this.#waiters = this.#waiters.filter((one) => one !== waiter);
        resolve(hasCome);
      };
      const waiter: Waiter = { number, came: () => end(true) };
      const timer = setTimeout(() => end(false), changePatienceMs);
      this.#waiters = [...this.#waiters, waiter];
    });
  }

  close(): void {
    this.#room.destroy();
    this.#room.doc.destroy();
  }

  #follow(change: Change): void {
    const before = this.#live;
    if (!before) return;
    const after = afterChange(before, change);
    if (after === 'gap') {
      this.#room.askForSnapshot();
      return;
    }
    if (after === before) return;
    this.#become(after);
    this.#handlers.happened?.(change.events, after.shared);
  }

  #become(live: Live): void {
    const before = this.#live;
    this.#live = live;
    this.#handlers.became?.(live, before);
    if (this.#detail && this.isOutdated) this.#handlers.outdated();
    for (const { number, came } of this.#waiters) if (live.number >= number) came();
  }
}
