// One calibration in this tab, for who takes part: what is known of it, and whether the reader may still see it. Lives as long
// as the screen that opened it. Its commands are in session.svelte.ts:
// whoever only scores gives none, and loads none.
import {
  closeCodes,
  formatRoomName,
  type OwnExcuse,
  type RefusalReason,
  type SeatView,
  type SessionEventView,
  type SessionReply,
  type SessionShared,
  type SessionView,
} from '@attune/contract';
import { untrack } from 'svelte';
import { type ApiProblem, answer, api, asProblem } from '../../api.ts';
import { forgetSheet } from '../../lib/drafts.ts';
import type { ServerClock } from '../app/clock.svelte.ts';
import { me } from '../app/me.svelte.ts';
import type { Room } from '../live/room.svelte.ts';
import { type FollowedHandlers, FollowedSession, type Live } from './followed-session.svelte.ts';

/** Hears what happened, for the live regions; never called for what was there at opening. */
type Hear = NonNullable<FollowedHandlers['happened']>;

/** Events after which a person's browsers ask again who opened their place. */
export const isPlaceEvent = (type: SessionEventView['type']): boolean =>
  type === 'place-entered' || type === 'place-disowned' || type === 'place-restarted';

export class LiveSession {
  readonly id: string;
  protected readonly followed: FollowedSession<SessionView['detail']>;
  #problem = $state.raw<ApiProblem | null>(null);
  #ownExcuse = $state.raw<OwnExcuse | null>(null);
  #isOpen = false;
  #loading: Promise<void> = Promise.resolve();
  #hasWiped = false;

  constructor(id: string, happened: Hear = () => {}) {
    this.id = id;
    this.followed = new FollowedSession(formatRoomName({ kind: 'meeting', sessionId: id }), {
      happened,
      became: (live) => this.became(live),
      synced: () => this.synced(),
      refused: (reason) => this.refused(reason),
      outdated: () => {
        if (this.#isOpen) void this.load();
      },
    });
  }

  /** The one socket that notes and presence share. After an edit was refused it is another, with a fresh document. */
  get room(): Room {
    return this.followed.room;
  }

  get clock(): ServerClock {
    return this.followed.clock;
  }

  /** Fetches, and connects. */
  open(): void {
    this.#isOpen = true;
    void this.load();
    // Whoever opens in an effect must not be run again when the room is another.
    untrack(() => this.room.link.start());
  }

  close(): void {
    this.#isOpen = false;
    this.followed.close();
  }

  /** Fetches the session as it stands. */
  readonly load = (): Promise<void> => {
    this.#loading = this.#load();
    return this.#loading;
  };

  async #load(): Promise<void> {
    try {
      const { detail, ...live } = await answer(api.sessions[':id'].$get({ param: { id: this.id } }));
      this.followed.take(live, detail);
      this.#problem = null;
    } catch (error) {
      const problem = asProblem(error);
      // A reader who is excused gets 404, too: ask whether that is why.
      if (problem.status === 404) await this.askExcuse();
      this.#problem = problem;
    }
  }

  /** Accepts the reply of a command: resolves once what it did is to be seen here. */
  readonly accept = async ({ number, seat }: SessionReply): Promise<void> => {
    if (!(await this.followed.reach(number, seat))) await this.load();
    // The change itself has begun to fetch the detail that it made old.
    else if (this.followed.isOutdated) await this.#loading;
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
    return this.followed.live !== undefined && this.followed.detail !== undefined;
  }

  /** Whether the reader was taken out of the session while it was open here, or the link they came by has ended. */
  get isShutOut(): boolean {
    const { endedWith } = this.room.link;
    return (
      endedWith === closeCodes.notAllowed.code || (endedWith === closeCodes.notSignedIn.code && me.isLimited)
    );
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
    return this.#must(this.followed.live).shared;
  }

  /** What this viewer may do. @throws before `isReady` */
  get seat(): SeatView {
    return this.#must(this.followed.live?.seat ?? undefined);
  }

  /** Settings and scorecard. @throws before `isReady` */
  get detail(): SessionView['detail'] {
    return this.#must(this.followed.detail);
  }

  may(action: SeatView['may'][number]): boolean {
    return this.followed.live?.seat?.may.includes(action) ?? false;
  }

  #must<T>(value: T | undefined): T {
    if (value === undefined) throw new Error('the session is read before it is there');
    return value;
  }

  /** Hears of every new state. From the reveal on, this device keeps no answers: whichever page of the session hears of it wipes them. */
  protected became({ seat, shared: { status } }: Live): void {
    const participantId = seat?.participantId ?? null;
    if (this.#hasWiped || participantId === null || status === 'draft' || status === 'scoring') return;
    this.#hasWiped = true;
    forgetSheet(me.id, participantId);
  }

  /** For pages on which notes are written: the document has met the server's. */
  protected synced(): void {}

  /** For pages on which notes are written: something was not taken. */
  protected refused(_reason: RefusalReason): void {}
}
