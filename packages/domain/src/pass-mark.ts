// Whether a call passes: a total held against the scorecard's pass mark, exactly (S1, C8b).
import type { Answer } from './answer.ts';
import type { Board } from './board.ts';
import { compare, type Fraction, fraction } from './points.ts';
import { fractionOf, scoreExactly } from './score.ts';
import type { Scorecard } from './scorecard.ts';

/**
 * Whether a total reaches the pass mark; `null` without a total, or without a pass mark. Never through a division.
 *
 * @param total as a share in [0, 1]
 * @param passMarkHundredths hundredths of a percent
 */
export const passes = (total: Fraction | null, passMarkHundredths: number | null): boolean | null =>
  total === null || passMarkHundredths === null
    ? null
    : compare(total, fraction(passMarkHundredths, 10_000)) >= 0;

/** Whether each person's answers pass the call, by participant id: by their totals as they are, before any rounding. */
export function passedBy(
  scorecard: Scorecard,
  board: Pick<Board, 'questions' | 'participants'>,
): ReadonlyMap<string, boolean | null> {
  const answers = new Map(
    board.questions.map(({ questionId, answers }) => [
      questionId,
      new Map<string, Answer | null>(answers.map(({ participantId, answer }) => [participantId, answer])),
    ]),
  );
  return new Map(
    board.participants.map(({ participantId }) => {
      const { total } = scoreExactly(scorecard, (question) =>
        fractionOf(question, answers.get(question.id)?.get(participantId) ?? null),
      );
      return [participantId, passes(total.score, scorecard.passMarkHundredths)];
    }),
  );
}
