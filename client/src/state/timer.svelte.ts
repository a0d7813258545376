// The discussion's timers as everyone sees them, by the server's clock. The facilitator sets them; the end is a quiet signal.
import { type QuestionTimer, type TimerAction, timeLeftMs } from '@attune/domain';

/** A timer to draw. `over` is one that ran out. Durations in milliseconds. */
export interface ShownTimer {
  readonly questionId: string;
  readonly state: 'running' | 'paused' | 'over';
  readonly leftMs: number;
  readonly durationMs: number;
}

/** What timers need of the meeting. */
export interface TimerPlace {
  readonly timers: readonly QuestionTimer[];
  /** The server's time. */
  readonly nowMs: number;
  send(questionId: string, action: TimerAction): Promise<unknown>;
  /** The duration last used on this device, `null` before the first. */
  readonly lastMs: number | null;
  keepLast(durationMs: number): void;
  /** A running timer has come to its end before this person's eyes. */
  ended(questionId: string): void;
}

const minuteMs = 60_000;

/** What a start offers. */
export const presetsMs = [2 * minuteMs, 3 * minuteMs, 5 * minuteMs] as const;
export const extensionMs = minuteMs;

export class Timers {
  readonly #place: TimerPlace;
  /** The end of the timer that was seen running. */
  #running: string | null = null;

  constructor(place: TimerPlace) {
    this.#place = place;
  }

  /** The question's timer, `null` where none is set. */
  of(questionId: string): ShownTimer | null {
    const timer = this.#place.timers.find((one) => one.questionId === questionId);
    return timer ? this.#shown(timer) : null;
  }

  /** The one that runs, or has run out and was not stopped. */
  get running(): ShownTimer | null {
    const timer = this.#place.timers.find(({ state }) => state === 'running');
    return timer ? this.#shown(timer) : null;
  }

  #shown(timer: QuestionTimer): ShownTimer {
    const { questionId, durationMs } = timer;
    const leftMs = timer.state === 'paused' ? timer.leftMs : timeLeftMs(timer, this.#place.nowMs);
    return { questionId, durationMs, state: leftMs > 0 ? timer.state : 'over', leftMs };
  }

  /** Notices the end of what was seen running. Call it again and again. */
  watch(): void {
    const timer = this.#place.timers.find(({ state }) => state === 'running');
    if (timer?.state !== 'running') {
      this.#running = null;
      return;
    }
    const isOver = timeLeftMs(timer, this.#place.nowMs) === 0;
    if (!isOver) this.#running = timer.endsAt;
    else if (this.#running === timer.endsAt) {
      this.#running = null;
      this.#place.ended(timer.questionId);
    }
  }

  /** What a start offers: the last used first, then the presets. */
  get choicesMs(): number[] {
    const { lastMs } = this.#place;
    return lastMs === null ? [...presetsMs] : [lastMs, ...presetsMs.filter((preset) => preset !== lastMs)];
  }

  /** @param durationMs without it, what was last used */
  start(questionId: string, durationMs?: number): void {
    const [usualMs] = this.choicesMs;
    const chosenMs = durationMs ?? usualMs ?? presetsMs[0];
    this.#place.keepLast(chosenMs);
    void this.#place.send(questionId, { kind: 'start', durationMs: chosenMs });
  }

  pause(questionId: string): void {
    void this.#place.send(questionId, { kind: 'pause' });
  }

  resume(questionId: string): void {
    void this.#place.send(questionId, { kind: 'resume' });
  }

  extend(questionId: string): void {
    void this.#place.send(questionId, { kind: 'extend', byMs: extensionMs });
  }

  stop(questionId: string): void {
    void this.#place.send(questionId, { kind: 'stop' });
  }

  /** What one key does: start, pause or go on. */
  press(questionId: string): void {
    const timer = this.of(questionId);
    if (timer?.state === 'running') this.pause(questionId);
    else if (timer?.state === 'paused') this.resume(questionId);
    else this.start(questionId);
  }
}
