// What an evaluation stores of each answer for reports: its q, and the points it lost of the total, as integers that SQL can add
// without ever rounding again (E5).
import { type Fraction, fraction, multiply, subtract } from './points.ts';
import { type ExactSheetScore, scoreExactly } from './score.ts';
import type { Question, Scorecard } from './scorecard.ts';

/** In 10⁻⁶ of a percentage point. `null`: the answer has no q, and is in no figure. */
export interface AnswerPoints {
  readonly questionId: string;
  readonly q: number | null;
  readonly lost: number | null;
}

export interface PointsLost {
  /** In scorecard order. */
  readonly answers: readonly AnswerPoints[];
  /** What a failed critical question took beyond what its answer lost; 0 where none did. In 10⁻⁶ of a percentage point. */
  readonly byCriticalFailure: number;
}

/**
 * lost_k = v_k (100 − q_k), v_k = (W_s / ΣW) · (w_k / Σw): W over the sections that have a score, w over the section's questions
 * that have a q. Before rounding, Σ lost = 100 − the total before critical failures.
 *
 * @param qOf the answer's share of what the question can earn, in [0, 1]
 */
export function pointsLost(scorecard: Scorecard, qOf: (question: Question) => Fraction | null): PointsLost {
  const sections = scorecard.sections.map((section) => {
    const answered = section.questions.map((question) => ({ question, q: qOf(question) }));
    const weight = answered.reduce(
      (total, { question, q }) => total + (q ? question.weightHundredths : 0),
      0,
    );
    return { section, answered, weight };
  });
  const whole = sections.reduce(
    (total, { section, weight }) => total + (weight > 0 ? section.weightHundredths : 0),
    0,
  );
  const answers = sections.flatMap(({ section, answered, weight }) =>
    answered.map(({ question, q }): AnswerPoints => {
      if (!q) return { questionId: question.id, q: null, lost: null };
      const share =
        weight > 0 && whole > 0
          ? fraction(
              BigInt(section.weightHundredths) * BigInt(question.weightHundredths),
              BigInt(whole) * BigInt(weight),
            )
          : fraction(0);
      return {
        questionId: question.id,
        q: toMillionths(q),
        lost: toMillionths(multiply(share, subtract(fraction(1), q))),
      };
    }),
  );
  return { answers, byCriticalFailure: takenBy(scoreExactly(scorecard, qOf)) };
}

function takenBy({ total }: ExactSheetScore): number {
  const { score, beforeCritical } = total;
  return score && beforeCritical ? toMillionths(subtract(beforeCritical, score)) : 0;
}

/** A share in [0, 1] as 10⁻⁶ of a percentage point, half up: the one rounding there is. */
function toMillionths(share: Fraction): number {
  const { numerator, denominator } = multiply(share, fraction(100_000_000));
  return Number((2n * numerator + denominator) / (2n * denominator));
}
