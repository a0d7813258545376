// What scoring says where a status, a number or somebody's doing decides.
import type { SessionEventView, SessionShared } from '@attune/contract';
import type { Critical } from '@attune/domain';
import { hundredths, list } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';
import { named } from './guest.ts';

export const question = {
  critical: (level: Critical) => (level === 'none' ? null : m.question_critical({ level })),
  points: (pointsHundredths: number) => m.board_points({ points: hundredths(pointsHundredths) }),
  range: (least: number, most: number, step: number) =>
    m.question_range({ least: hundredths(least), most: hundredths(most), step: hundredths(step) }),
  /** @param line of the transcript, from 0 */
  line: (line: number) => m.question_line({ line: line + 1 }),
} as const;

/** What happened, as a sentence for those who listen; `null` where it is one's own doing, or of no interest here. */
export function news(
  event: Pick<SessionEventView, 'type' | 'participantId'>,
  session: SessionShared,
  ownId: string | null,
): string | null {
  if (event.type === 'scoring-started') return m.score_opened();
  if (event.type === 'revealed') return m.score_revealed();
  const who = session.participants.find(({ id }) => id === event.participantId);
  if (!who || who.id === ownId) return null;
  const name = named(who);
  const counted = session.participants.filter(({ state }) => state !== 'excused');
  const done = counted.filter(({ state }) => state === 'submitted').length;
  if (event.type === 'submitted') return m.score_submitted_news({ name, count: done, total: counted.length });
  return event.type === 'taken-back' ? m.score_submitted_newsBack({ name }) : null;
}

/** Lines of the transcript, from 0; questions, from 1. */
export const interaction = {
  citeLine: (line: number, question: number) => m.interaction_citeLine({ line: line + 1, question }),
  uncite: (line: number, question: number) => m.interaction_uncite({ line: line + 1, question }),
} as const;

/** What the keys do: 1 to 9 choose the first nine options, 0 the tenth. */
export const keys = {
  option: (digit: number) => m.scoreKeys_option({ number: digit === 0 ? 10 : digit }),
} as const;

export const submitted = {
  wait: (names: readonly string[]) => m.scoreSubmitted_wait({ names: list(names) }),
} as const;

/** Why there is nothing to score. */
export const quiet = {
  excused: (facilitator: string, reason: string | null) =>
    reason
      ? m.scoreQuiet_excused_reason({ facilitator, reason })
      : m.scoreQuiet_excused_text({ facilitator }),
} as const;
