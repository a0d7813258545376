// What the meeting screen shows: fetched by the link's cookie, then kept true by the meeting room's snapshot and changes. It gives
// no command. What is on the screen is called live only while the connection is.
import {
  type BoardView,
  closeReasonOf,
  type DisplayView,
  formatRoomName,
  type SessionShared,
} from '@attune/contract';
import {
  type BoardQuestion,
  isRevealed,
  type Question,
  questionsOf,
  type Scorecard,
  timeLeftMs,
} from '@attune/domain';
import { type ApiProblem, answer, api, asProblem } from '../api.ts';
import { recall, remember } from '../lib/tab-memory.ts';
import { Presence } from '../state/meeting/presence.svelte.ts';
import { Loaded } from '../state/page/loaded.svelte.ts';
import { FollowedSession, type Live } from '../state/session/followed-session.svelte.ts';
import { Liveness } from './liveness.svelte.ts';

/** A question with its place in the scorecard, from 1, and its numbers. */
export interface ShownQuestion {
  readonly question: Question;
  readonly number: number;
  readonly numbers: BoardQuestion;
}

/** The focused question's timer. Durations in milliseconds. */
export interface ScreenTimer {
  readonly state: 'running' | 'paused' | 'over';
  readonly leftMs: number;
  readonly durationMs: number;
}

/** What failed for a reason that passes is tried again after so long. */
const againMs = 4_000;
/** A page that the server no longer understands loads itself anew, at most so often. */
const reloadMs = 30_000;
const isTime = (value: unknown): value is number => typeof value === 'number';

/** Whether a close code means that there is nothing more to see; any other final one is the page's own fault. */
function isGone(code: number): boolean {
  const reason = closeReasonOf(code);
  return reason === 'notSignedIn' || reason === 'notAllowed' || reason === 'noSuchRoom';
}

/** What is fetched beside the live state. */
type Around = Pick<DisplayView, 'organisation' | 'scorecard' | 'joinUrl' | 'reach'>;

export class DisplayState {
  readonly board = new Loaded<BoardView>(() => answer(api.display.board.$get({ query: this.#query })));
  /** From the first view on: the link alone says which session it is. */
  #session = $state.raw<FollowedSession<Around> | null>(null);
  #presence = $state.raw<Presence | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #justRevealed = $state.raw(false);
  /** The link does not open this meeting any more. */
  #isShut = $state.raw(false);
  #liveness = $state.raw<Liveness | null>(null);
  /** What to add to this device's clock, which may be wrong, to have the server's. */
  #aheadMs = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  /** What is to be fetched again, since the last try failed. */
  #isBehind = false;
  #triedAt = 0;
  /** What the board on the screen was loaded for. */
  #boardFor = '';

  /** @param token what stood behind the # of the address; `null`: the cookie of an earlier opening */
  async open(token: string | null): Promise<void> {
    clearTimeout(this.#again);
    try {
      const asked = token === null ? api.display.$get({ query: {} }) : api.display.$post({ json: { token } });
      this.#take(await answer<DisplayView>(asked));
      this.#problem = null;
    } catch (error) {
      const problem = asProblem(error);
      this.#problem = problem;
      // A server that starts, or a network that is not there yet: the room must not have to press anything.
      if (problem.slug !== 'link-not-valid') this.#again = setTimeout(() => void this.open(token), againMs);
      return;
    }
    this.#session?.room.link.start();
  }

  close(): void {
    clearTimeout(this.#again);
    this.#session?.close();
  }

  /** Why nothing can be shown: the link does not work, or has ended. `null` while it can, or may again. */
  get problem(): ApiProblem | null {
    return this.shared === null || this.hasEnded ? this.#problem : null;
  }

  /** The link was revoked, or its session removed. */
  get hasEnded(): boolean {
    const code = this.#session?.room.link.endedWith ?? null;
    return this.#isShut || (code !== null && isGone(code)) || this.shared?.deleted === true;
  }

  get shared(): SessionShared | null {
    return this.#session?.live?.shared ?? null;
  }

  get scorecard(): Scorecard | null {
    return this.#session?.detail?.scorecard ?? null;
  }

  get organisation(): string {
    return this.#session?.detail?.organisation ?? '';
  }

  /** The address to draw as a code; `null` when nobody can join any more. */
  get joinUrl(): string | null {
    return this.#session?.detail?.joinUrl ?? null;
  }

  /** Whether no other device can open that address. */
  get isOnlyHere(): boolean {
    return this.#session?.detail?.reach === 'this-machine';
  }

  /** Member ids of who is here now. */
  get here(): ReadonlySet<string> {
    return new Set(this.#presence?.others.map(({ id }) => id) ?? []);
  }

  /** Since when what is shown may be old, in milliseconds since 1970 by the server's clock; `null` while it is live. */
  get notLiveSince(): number | null {
    const since = this.#liveness?.staleSince ?? null;
    return since === null ? null : since + this.#aheadMs;
  }

  /** The answers were revealed before this screen's eyes. */
  get justRevealed(): boolean {
    return this.#justRevealed;
  }

  /** Every question as the scorecard has them; empty until the board is there. */
  get questions(): readonly ShownQuestion[] {
    const scorecard = this.scorecard;
    const numbers = new Map(
      this.board.value?.board.questions.map((question) => [question.questionId, question]),
    );
    return (scorecard ? questionsOf(scorecard) : []).flatMap((question, index) => {
      const found = numbers.get(question.id);
      return found ? [{ question, number: index + 1, numbers: found }] : [];
    });
  }

  /** The question the facilitator shows; `null` for the overview. */
  get focused(): ShownQuestion | null {
    const id = this.shared?.discussion?.focusQuestionId;
    return this.questions.find(({ question }) => question.id === id) ?? null;
  }

  /** The focused question's timer by the server's clock. */
  get timer(): ScreenTimer | null {
    const id = this.shared?.discussion?.focusQuestionId;
    const timer = this.shared?.discussion?.timers.find(({ questionId }) => questionId === id);
    if (!timer || !this.#session) return null;
    const leftMs = timeLeftMs(timer, this.#session.clock.nowMs);
    const { durationMs } = timer;
    if (timer.state === 'paused') return { state: 'paused', leftMs, durationMs };
    return { state: leftMs > 0 ? 'running' : 'over', leftMs, durationMs };
  }

  get #query(): { session?: string } {
    const id = this.shared?.id;
    return id ? { session: id } : {};
  }

  /** Makes the room of the session that the link opens. */
  #follow(id: string): FollowedSession<Around> {
    const session = new FollowedSession<Around>(
      `${formatRoomName({ kind: 'meeting', sessionId: id })}?as=display`,
      {
        became: (live, before) => this.#became(live, before),
        outdated: () => void this.#refresh(),
        caughtUp: (at) => {
          this.#aheadMs = Date.parse(at) - Date.now();
          this.#liveness?.caughtUp(Date.now());
          // What the screen was told of apart from changes may have changed while it was away.
          void this.#refresh();
        },
      },
    );
    const { room } = session;
    this.#presence = new Presence(room.provider.awareness);
    const { link } = room;
    this.#liveness = new Liveness(
      {
        get isOpen() {
          return link.isOpen;
        },
        get heardAt() {
          return room.heardAt;
        },
        ask: () => room.askWhoIsHere(),
        giveUp: () => room.giveUp(),
      },
      Date.now(),
    );
    return session;
  }

  /** Call it every second: asks the server whether it is still there, and fetches again what could not be fetched. */
  tick(): void {
    const now = Date.now();
    const hasBoard = this.board.problem === null;
    this.#liveness?.tick(now, !this.#isBehind && hasBoard);
    const code = this.#session?.room.link.endedWith ?? null;
    if (code !== null && !isGone(code)) this.#reload(now);
    if (now - this.#triedAt < againMs || !this.#session?.room.link.isOpen) return;
    if (this.#isBehind) void this.#refresh();
    else if (!hasBoard && !this.board.isLoading) {
      this.#triedAt = now;
      void this.board.load();
    }
  }

  #reload(now: number): void {
    const before = recall('display.reloaded', isTime) ?? 0;
    if (now - before < reloadMs) return;
    remember('display.reloaded', now);
    location.reload();
  }

  #take({ number, at, shared, ...around }: DisplayView): void {
    this.#session ??= this.#follow(shared.id);
    this.#session.clock.hear(at);
    this.#session.take({ number, shared, seat: null }, around);
  }

  async #refresh(): Promise<void> {
    this.#triedAt = Date.now();
    try {
      this.#take(await answer<DisplayView>(api.display.$get({ query: this.#query })));
      this.#isBehind = false;
      this.#boardFor = '';
      if (this.shared) this.#followBoard(this.shared);
    } catch (error) {
      const problem = asProblem(error);
      this.#problem = problem;
      this.#isBehind = true;
      if (problem.slug === 'link-not-valid') this.#shut();
    }
  }

  /** The link ended while nobody could tell the screen, or this browser's cookie is another meeting's by now. */
  #shut(): void {
    this.#isShut = true;
    this.#session?.room.link.stop();
  }

  #became({ shared }: Live, before: Live | undefined): void {
    if (before && !isRevealed(before.shared.status) && isRevealed(shared.status)) this.#justRevealed = true;
    this.#followBoard(shared);
  }

  /** Loads the board when there is one, when names are hidden or shown, and when a re-vote is revealed. */
  #followBoard(shared: SessionShared): void {
    if (!isRevealed(shared.status)) return;
    const revealed = shared.revotes.filter(({ state }) => state === 'revealed').length;
    const wanted = [shared.status === 'closed', shared.names, revealed].join('|');
    if (wanted === this.#boardFor) return;
    this.#boardFor = wanted;
    void this.board.load();
  }
}
