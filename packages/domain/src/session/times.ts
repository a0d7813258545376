// The two times of a calibration that somebody sets ahead: until when to score, and when to meet (C2a).
import type { Settings } from './state.ts';

type Times = Pick<Settings, 'dueAt' | 'meetingAt'>;

/**
 * Which of the times have passed although they were set just now. What was set before and has passed meanwhile may stay: whoever
 * changes something else must not have to move a meeting that was.
 *
 * @param before as they were set so far; `null` for a new session
 */
export function timesInPast(settings: Times, before: Times | null, now: string): (keyof Times)[] {
  return (['dueAt', 'meetingAt'] as const).filter((name) => {
    const [at, was] = [settings[name], before?.[name] ?? null];
    if (at === null || Date.parse(at) >= Date.parse(now)) return false;
    return was === null || Date.parse(at) !== Date.parse(was);
  });
}

/** Whether nothing tells evaluators which interaction to score, or lets them see or hear it. */
export const saysNothingOfInteraction = (
  settings: Pick<Settings, 'interactionReference' | 'recordingUrl' | 'transcript'>,
): boolean =>
  settings.interactionReference === null &&
  settings.recordingUrl === null &&
  settings.transcript.length === 0;
