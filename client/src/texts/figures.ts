// Every number of a board with its unit, said the same at the desk, on the wall, on the record and to those who listen (C8b): answers,
// means and medians in the answer's own unit, how far they lie apart and all that is made of it in percent, points only for what
// options earn.
import {
  type BoardQuestion,
  isScored,
  mostPointsHundredths,
  type Question,
  type ScaleQuestion,
  thresholdOf,
} from '@attune/domain';
import { hundredths, percent, percentAsSet, percentBeside, percents, rounded } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';

type PointsQuestion = Extract<Question, { type: 'rubric' | 'checklist' }>;

/** As many decimals as the values themselves have; what lies between two of them has one at least. */
const decimalsFor = (inHundredths: readonly number[]): number =>
  inHundredths.every((value) => value % 10 === 0) ? 1 : 2;

/** A place on a scale, by its share [0, 100] of the way from the lowest value to the highest. */
function onScale(question: ScaleQuestion, q: number): string {
  const { minHundredths, maxHundredths, stepHundredths } = question;
  const value = (minHundredths * (100 - q) + maxHundredths * q) / 10_000;
  return rounded(value, decimalsFor([minHundredths, stepHundredths]));
}

/** Of `q`, in [0, 100]: how many points, and how many there are. */
function pointsOf(question: PointsQuestion, q: number): { earned: string; most: string } {
  const most = mostPointsHundredths(question);
  const decimals = decimalsFor(question.options.map(({ pointsHundredths }) => pointsHundredths ?? 0));
  return { earned: rounded((most * q) / 10_000, decimals), most: hundredths(most) };
}

const hasPoints = (question: Question): question is PointsQuestion =>
  (question.type === 'rubric' || question.type === 'checklist') && isScored(question);

/** A score or a mean, q in [0, 100]: `2.8`, `83.3 % passed`, `7.5 of 10 points`. */
function score(question: Question, q: number): string {
  switch (question.type) {
    case 'scale':
      return onScale(question, q);
    case 'binary':
      return m.board_passed({ share: percent(q) });
    case 'rubric':
    case 'checklist':
      return m.board_pointsOf(pointsOf(question, q));
    case 'text':
      return percent(q);
  }
}

/** A median: of pass and fail it is one of them, or lies between. */
function median(question: Question, q: number): string {
  if (question.type !== 'binary') return score(question, q);
  if (q === 50) return m.board_passOrFail();
  return q > 50 ? m.question_pass() : m.question_fail();
}

/** How far apart, with the decimals its comparison with the question's tolerance, or the session's threshold, needs: `25 %`. */
const divergence = (
  question: Question,
  { divergence: share }: Pick<BoardQuestion, 'divergence'>,
  thresholdHundredths: number,
) => percentBeside(share, thresholdOf(question, thresholdHundredths) / 100);

export const figures = {
  score,
  median,
  divergence,
  /** `25 % apart, n = 6`, or why nothing was compared: `all N/A`. */
  apart: (question: Question, numbers: BoardQuestion, thresholdHundredths: number): string =>
    numbers.notComparable
      ? m.board_notComparable({ why: numbers.notComparable })
      : m.board_apart({ share: divergence(question, numbers, thresholdHundredths), n: numbers.n }),
  /** What an answer earned, where options earn points: `7.5 of 10 points`. */
  earned: (question: Question, q: number | null): string | null =>
    q !== null && hasPoints(question) ? m.board_pointsOf(pointsOf(question, q)) : null,
  /** From one round to the next: `70 %` and `0 %`; where nothing could be compared, why. */
  movement: (before: BoardQuestion, after: BoardQuestion): readonly [string, string] => {
    if (before.divergence !== null && after.divergence !== null)
      return percents(before.divergence, after.divergence);
    const alone = ({ divergence: share, notComparable }: BoardQuestion) =>
      notComparable ? m.board_notComparable({ why: notComparable }) : percent(share);
    return [alone(before), alone(after)];
  },
  threshold: percentAsSet,
  /** `10 points` */
  points: (inHundredths: number): string => m.board_points({ points: hundredths(inHundredths) }),
} as const;
