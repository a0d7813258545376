// The discussion's timers as everyone sees them, by the server's clock. The facilitator sets them; the end is a quiet signal.
import { type QuestionTimer, type TimerAction, timeLeftMs } from '@attune/domain';
import { discussionOf, type MeetingSession } from './meeting-session.ts';

/** A timer to draw. `over` is one that ran out. Durations in milliseconds. */
export interface ShownTimer {
  readonly questionId: string;
  readonly state: 'running' | 'paused' | 'over';
  readonly leftMs: number;
  readonly durationMs: number;
}

interface TimedSession {
  readonly shared: Pick<MeetingSession['shared'], 'discussion'>;
  /** The server's. */
  readonly clock: MeetingSession['clock'];
}

/** What this device keeps. */
interface Usual {
  /** The duration last used, `null` before the first. */
  readonly timerMs: number | null;
  choose(change: { readonly timerMs: number }): void;
}

export interface TimerActs {
  send(questionId: string, action: TimerAction): Promise<unknown>;
  /** A running timer has come to its end before this person's eyes. */
  ended(questionId: string): void;
}

const minuteMs = 60_000;

/** What a start offers. */
export const presetsMs = [2 * minuteMs, 3 * minuteMs, 5 * minuteMs] as const;
export const extensionMs = minuteMs;

export class Timers {
  readonly #session: TimedSession;
  readonly #usual: Usual;
  readonly #acts: TimerActs;
  /** The end of the timer that was seen running. */
  #running: string | null = null;

  constructor(session: TimedSession, usual: Usual, acts: TimerActs) {
    this.#session = session;
    this.#usual = usual;
    this.#acts = acts;
  }

  get #timers(): readonly QuestionTimer[] {
    return discussionOf(this.#session).timers;
  }

  /** The question's timer, `null` where none is set. */
  of(questionId: string): ShownTimer | null {
    const timer = this.#timers.find((one) => one.questionId === questionId);
    return timer ? this.#shown(timer) : null;
  }

  /** The one that runs, or has run out and was not stopped. */
  get running(): ShownTimer | null {
    const timer = this.#timers.find(({ state }) => state === 'running');
    return timer ? this.#shown(timer) : null;
  }

  #shown(timer: QuestionTimer): ShownTimer {
    const { questionId, durationMs } = timer;
    const leftMs = timer.state === 'paused' ? timer.leftMs : timeLeftMs(timer, this.#session.clock.nowMs);
    return { questionId, durationMs, state: leftMs > 0 ? timer.state : 'over', leftMs };
  }

  /** Notices the end of what was seen running. Call it again and again. */
  watch(): void {
    const timer = this.#timers.find(({ state }) => state === 'running');
    if (timer?.state !== 'running') {
      this.#running = null;
      return;
    }
    const isOver = timeLeftMs(timer, this.#session.clock.nowMs) === 0;
    if (!isOver) this.#running = timer.endsAt;
    else if (this.#running === timer.endsAt) {
      this.#running = null;
      this.#acts.ended(timer.questionId);
    }
  }

  /** What a start offers: the last used first, then the presets. */
  get choicesMs(): number[] {
    const { timerMs: lastMs } = this.#usual;
    return lastMs === null ? [...presetsMs] : [lastMs, ...presetsMs.filter((preset) => preset !== lastMs)];
  }

  /** @param durationMs without it, what was last used */
  start(questionId: string, durationMs?: number): void {
    const [usualMs] = this.choicesMs;
    const chosenMs = durationMs ?? usualMs ?? presetsMs[0];
    this.#usual.choose({ timerMs: chosenMs });
    void this.#acts.send(questionId, { kind: 'start', durationMs: chosenMs });
  }

  pause(questionId: string): void {
    void this.#acts.send(questionId, { kind: 'pause' });
  }

  resume(questionId: string): void {
    void this.#acts.send(questionId, { kind: 'resume' });
  }

  extend(questionId: string): void {
    void this.#acts.send(questionId, { kind: 'extend', byMs: extensionMs });
  }

  stop(questionId: string): void {
    void this.#acts.send(questionId, { kind: 'stop' });
  }

  /** What one key does: start, pause or go on. */
  press(questionId: string): void {
    const timer = this.of(questionId);
    if (timer?.state === 'running') this.pause(questionId);
    else if (timer?.state === 'paused') this.resume(questionId);
    else this.start(questionId);
  }
}
