// One calibration in this tab: fetched once, then kept true by the meeting room's snapshot and numbered changes. Lives as
// long as the screen that opened it; owns the one socket that notes and presence share. Its commands are in session.svelte.ts:
// whoever only scores gives none, and loads none.
import {
  applyPatch,
  type closeCodes,
  formatRoomName,
  type messageType,
  type OwnExcuse,
  type OwnMessage,
  type SeatView,
  type SessionEventView,
  type SessionShared,
  type SessionView,
} from '@attune/contract';
import * as Y from 'yjs';
import { type ApiProblem, answer, api, asProblem } from '../api.ts';
import { forgetDraft } from '../lib/drafts.ts';
import { ServerClock } from './clock.svelte.ts';
import { me } from './me.svelte.ts';
import { Room } from './room.svelte.ts';

/** The close codes this file knows; the others' sentences would come along with the list. */
const notAllowed: typeof closeCodes.notAllowed.code = 4403;
const notSignedIn: typeof closeCodes.notSignedIn.code = 4401;

type Live = { readonly number: number; readonly shared: SessionShared; readonly seat: SeatView };
type Known = { readonly live: Live | undefined; readonly detail: Detail | undefined };
type Detail = { readonly revision: number; readonly content: SessionView['detail'] };
type Change = OwnMessage<typeof messageType.change>;

/** The live state after a change; `gap` when one was missed, and the whole has to be asked for. */
export function afterChange(live: Live, change: Pick<Change, 'number' | 'patch'>): Live | 'gap' {
  if (change.number <= live.number) return live;
  if (change.number !== live.number + 1) return 'gap';
  return { ...live, number: change.number, shared: applyPatch(live.shared, change.patch) };
}

/**
 * What is known after a view fetched or replied. Live state and detail age apart: a view that progress has overtaken still
 * brings the newest settings and scorecard.
 */
export function afterView({ live, detail }: Known, view: SessionView): Known {
  const { number, shared, seat } = view;
  const revision = shared.detailRevision;
  return {
    live: !live || number >= live.number ? { number, shared, seat } : live,
    detail: !detail || revision >= detail.revision ? { revision, content: view.detail } : detail,
  };
}

/** Hears what happened, for the live regions; never called for what was there at opening. */
type Hear = (events: readonly SessionEventView[], shared: SessionShared) => void;

/** Events after which a person's browsers ask again who opened their place. */
export const isPlaceEvent = (type: SessionEventView['type']): boolean =>
  type === 'place-entered' || type === 'place-disowned' || type === 'place-restarted';

export class LiveSession {
  readonly id: string;
  readonly room: Room;
  /** The server's clock, by the last it said. */
  readonly clock = new ServerClock();
  readonly #doc = new Y.Doc();
  readonly #hear: Hear;
  #live = $state.raw<Live>();
  #detail = $state.raw<Detail>();
  #problem = $state.raw<ApiProblem | null>(null);
  #ownExcuse = $state.raw<OwnExcuse | null>(null);
  #isOpen = false;
  #hasWiped = false;

  constructor(id: string, hear: Hear = () => {}) {
    this.id = id;
    this.#hear = hear;
    this.room = new Room(formatRoomName({ kind: 'meeting', sessionId: id }), this.#doc, {
      snapshot: ({ number, at, session, seat }) => {
        this.clock.hear(at, true);
        this.#replace({ number, shared: session, seat });
      },
      change: (change) => {
        this.clock.hear(change.at);
        this.#follow(change);
      },
      seat: ({ seat }) => {
        if (this.#live) this.#become({ ...this.#live, seat });
      },
    });
  }

  /** Fetches, and connects. */
  open(): void {
    this.#isOpen = true;
    void this.load();
    this.room.link.start();
  }

  close(): void {
    this.#isOpen = false;
    this.room.destroy();
    this.#doc.destroy();
  }

  readonly load = async (): Promise<void> => {
    try {
      this.take(await answer(api.sessions[':id'].$get({ param: { id: this.id } })));
      this.#problem = null;
    } catch (error) {
      const problem = asProblem(error);
      // A reader who is excused gets 404, too: ask whether that is why.
      if (problem.status === 404) await this.askExcuse();
      this.#problem = problem;
    }
  };

  /** Asks whether the reader is excused; the only thing an excused participant may still read. */
  async askExcuse(): Promise<void> {
    try {
      this.#ownExcuse = await answer(api.sessions[':id'].excuse.$get({ param: { id: this.id } }));
    } catch (error) {
      if (asProblem(error).status === 404) this.#ownExcuse = null;
    }
  }

  /** That the reader is excused and reads nothing else; `null` for everyone else. */
  get ownExcuse(): OwnExcuse | null {
    return this.#ownExcuse;
  }

  /** Everything there is to show has come. */
  get isReady(): boolean {
    return this.#live !== undefined && this.#detail !== undefined;
  }

  /** Whether the reader was taken out of the session while it was open here, or the link they came by has ended. */
  get isShutOut(): boolean {
    const { endedWith } = this.room.link;
    return endedWith === notAllowed || (endedWith === notSignedIn && me.isLimited);
  }

  /** Asks once, where the reader was taken out, whether they are excused. Called by the page that shows it. */
  readonly whenShutOut = (): void => {
    if (this.isShutOut) void this.askExcuse();
  };

  /** Why the session could not be fetched; `null` when it could. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  /** What everyone of the session sees. @throws before `isReady` */
  get shared(): SessionShared {
    return this.#must(this.#live).shared;
  }

  /** What this viewer may do. @throws before `isReady` */
  get seat(): SeatView {
    return this.#must(this.#live).seat;
  }

  /** Settings and scorecard. @throws before `isReady` */
  get detail(): SessionView['detail'] {
    return this.#must(this.#detail).content;
  }

  may(action: SeatView['may'][number]): boolean {
    return this.#live?.seat.may.includes(action) ?? false;
  }

  /** Accepts the reply of a command, unless something newer is known. */
  take(view: SessionView): void {
    const { live, detail } = afterView({ live: this.#live, detail: this.#detail }, view);
    this.#detail = detail;
    if (live) this.#become(live);
  }

  #must<T>(value: T | undefined): T {
    if (value === undefined) throw new Error('the session is read before it is there');
    return value;
  }

  /** From the reveal on, this device keeps no typing: whichever page of the session hears of it wipes it. */
  #become(live: Live): void {
    this.#live = live;
    const { participantId } = live.seat;
    const { status } = live.shared;
    if (this.#hasWiped || participantId === null || status === 'draft' || status === 'scoring') return;
    this.#hasWiped = true;
    forgetDraft(participantId);
  }

  #replace(live: Live): void {
    const before = this.#live;
    if (before && live.number < before.number) return;
    this.#become(live);
    this.#followDetail();
  }

  #follow(change: Change): void {
    if (!this.#live) return;
    const before = this.#live;
    const after = afterChange(before, change);
    if (after === 'gap') {
      this.room.askForSnapshot();
      return;
    }
    if (after === before) return;
    this.#become(after);
    this.#followDetail();
    this.#hear(change.events, after.shared);
  }

  /** Fetches settings and scorecard again when they are older than the live state says. */
  #followDetail(): void {
    const isOld = this.#detail && this.#live && this.#detail.revision < this.#live.shared.detailRevision;
    if (isOld && this.#isOpen) void this.load();
  }
}
