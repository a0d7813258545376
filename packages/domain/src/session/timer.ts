// A question's shared timer (C9): it runs to an instant, or rests with what is left of it. Time comes in as an argument.
import type { TimerAction } from './command.ts';
import type { Discussion, QuestionTimer } from './state.ts';

export const shortestTimerMs = 10_000;
export const longestTimerMs = 60 * 60 * 1000;

const millis = (instant: string) => new Date(instant).getTime();
const instantOf = (ms: number) => new Date(ms).toISOString();

/** What is left of a timer at `now`, in milliseconds, never below 0. */
export function timeLeftMs(timer: QuestionTimer, nowMs: number): number {
  return timer.state === 'paused' ? timer.leftMs : Math.max(0, millis(timer.endsAt) - nowMs);
}

/** The same timer at rest. @param now ISO 8601 instant, UTC */
export function pause(timer: QuestionTimer, now: string): QuestionTimer {
  if (timer.state === 'paused') return timer;
  const { questionId, durationMs } = timer;
  return { questionId, durationMs, state: 'paused', leftMs: timeLeftMs(timer, millis(now)) };
}

function run(timer: QuestionTimer, now: string): QuestionTimer {
  const { questionId, durationMs } = timer;
  const endsAt = instantOf(millis(now) + timeLeftMs(timer, millis(now)));
  return { questionId, durationMs, state: 'running', endsAt };
}

/** The discussion with its focus moved; a timer running elsewhere pauses and keeps what is left of it. */
export function moveFocus(discussion: Discussion, questionId: string | null, now: string): Discussion {
  return {
    ...discussion,
    focusQuestionId: questionId,
    timers: discussion.timers.map((timer) => (timer.questionId === questionId ? timer : pause(timer, now))),
  };
}

/**
 * A question's timer after the action; `null` where it was stopped.
 *
 * @param present as it stands; `null` where the question has none, which only `start` changes
 * @param now ISO 8601 instant, UTC
 */
export function changeTimer(
  present: QuestionTimer | null,
  questionId: string,
  action: TimerAction,
  now: string,
): QuestionTimer | null | 'illegal' {
  if (action.kind === 'start') {
    const { durationMs } = action;
    const legal =
      Number.isInteger(durationMs) && durationMs >= shortestTimerMs && durationMs <= longestTimerMs;
    if (!legal) return 'illegal';
    return run({ questionId, durationMs, state: 'paused', leftMs: durationMs }, now);
  }
  if (!present || action.kind === 'stop') return null;
  switch (action.kind) {
    case 'pause':
      return pause(present, now);
    case 'resume':
      return run(present, now);
    case 'extend': {
      const leftMs = timeLeftMs(present, millis(now)) + action.byMs;
      const legal = Number.isInteger(action.byMs) && action.byMs > 0 && leftMs <= longestTimerMs;
      if (!legal) return 'illegal';
      const longer: QuestionTimer = {
        questionId,
        durationMs: present.durationMs + action.byMs,
        state: 'paused',
        leftMs,
      };
      return present.state === 'running' ? run(longer, now) : longer;
    }
  }
}
