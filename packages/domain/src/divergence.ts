// How far the answers to one question lie apart, and whether that is flagged (scoring.md 2). Exact until the end: the
// fractions here are shares in [0, 1], turned into percent only for the board.
import type { Answer } from './answer.ts';
import type { DistributionEntry, DivergenceMeasure, NotComparable } from './board.ts';
import {
  countValues,
  meanOf,
  meanPairwiseDifferenceOf,
  medianOf,
  sampleVarianceOf,
  spreadOf,
} from './counted.ts';
import {
  divide,
  exceedsThreshold,
  type Fraction,
  fraction,
  multiply,
  subtract,
  sum,
  toNumber,
} from './points.ts';
import { isScored, type Question, scaleValues, thresholdOf } from './scorecard.ts';
import { answerKey, type TalliedAnswer, type Tally } from './tally.ts';

/** The numbers of one question, as exact shares. */
export interface Divergence {
  /** Answers that enter the numbers. */
  readonly n: number;
  readonly measure: DivergenceMeasure | null;
  readonly divergence: Fraction | null;
  readonly flagged: boolean;
  readonly notComparable: NotComparable | null;
  readonly spread: Fraction | null;
  readonly mean: Fraction | null;
  readonly median: Fraction | null;
  /** Sample (n - 1), in percentage points; the one measure that is not a fraction, for its square root. */
  readonly standardDeviation: number | null;
  readonly meanPairwiseDifference: Fraction | null;
  readonly modeShare: Fraction | null;
  /** `of`: all answers given, N/A among them; what was left unanswered is none. */
  readonly na: { readonly count: number; readonly of: number; readonly mixed: boolean };
  readonly criticalSplit: boolean;
  readonly sameScoreDifferentChoices: boolean;
}

const hundredSquared = fraction(10_000);

/** How many options of a scale are listed even where nobody chose them: those that stand as buttons. */
const mostScaleButtons = 11;

/**
 * All measures of one question over the participants' answers, in any order.
 *
 * @param thresholdHundredths the session's; a question with a tolerance of its own is flagged by that
 */
export function divergenceOf({ question, answers: tallied }: Tally, thresholdHundredths: number): Divergence {
  const answers = tallied.filter(({ answer }) => answer !== null && answer.kind !== 'na');
  const answerCount = countOf(answers);
  const naCount = countOf(tallied.filter(({ answer }) => answer?.kind === 'na'));
  const answered = answerCount + naCount;
  const shares = countValues(
    answers.flatMap(({ q, participantIds }) => (q ? [[q, participantIds.length] as const] : [])),
  );
  const scored = isScored(question);
  const n = scored ? shares.n : answerCount;
  const spread = spreadOf(shares);
  const compared = n >= 2 ? measureOf(question, answers, spread) : null;
  const failures = countOf(answers.filter(({ q }) => q?.numerator === 0n));
  const variance = sampleVarianceOf(shares);
  return {
    n,
    measure: compared?.measure ?? null,
    divergence: compared?.value ?? null,
    flagged:
      compared !== null && exceedsThreshold(compared.value, thresholdOf(question, thresholdHundredths)),
    notComparable: notComparableBecause(question, n, answerCount, naCount),
    spread,
    mean: meanOf(shares),
    median: medianOf(shares),
    standardDeviation: variance && Math.sqrt(toNumber(multiply(variance, hundredSquared))),
    meanPairwiseDifference: meanPairwiseDifferenceOf(shares),
    modeShare: answerCount > 0 ? modeShare(answers) : null,
    na: { count: naCount, of: answered, mixed: naCount > 0 && naCount < answered },
    criticalSplit: question.critical !== 'none' && failures > 0 && failures < shares.n,
    sameScoreDifferentChoices:
      question.type === 'checklist' && scored && spread?.numerator === 0n && answers.length > 1,
  };
}

const countOf = (answers: readonly TalliedAnswer[]): number =>
  answers.reduce((total, { participantIds }) => total + participantIds.length, 0);

/** Of at least two answers. */
function measureOf(
  question: Question,
  answers: readonly TalliedAnswer[],
  spread: Fraction | null,
): { measure: DivergenceMeasure; value: Fraction } | null {
  if (question.type === 'text') return null;
  if (isScored(question)) return spread && { measure: 'spread', value: spread };
  if (question.type === 'checklist') {
    return { measure: 'jaccard', value: subtract(fraction(1), meanJaccard(answers)) };
  }
  return { measure: 'mode-share', value: subtract(fraction(1), modeShare(answers)) };
}

function notComparableBecause(
  question: Question,
  n: number,
  answers: number,
  naCount: number,
): NotComparable | null {
  if (question.type === 'text') return 'text';
  if (n >= 2) return null;
  if (n === 1) return 'one-score';
  return answers === 0 && naCount > 0 ? 'all-na' : 'no-answers';
}

const modeShare = (answers: readonly TalliedAnswer[]): Fraction =>
  fraction(Math.max(...answers.map(({ participantIds }) => participantIds.length)), countOf(answers));

/**
 * Mean over all pairs of |A ∩ B| / |A ∪ B| (Jaccard 1901); two empty sets are similar 1. By counts of equal sets, so that it costs
 * the square of the different ones alone; what pairs share is summed as integers, one sum for each size of the union.
 */
function meanJaccard(answers: readonly TalliedAnswer[]): Fraction {
  const sets = answers.map(({ answer, participantIds }) => ({
    options: answer?.kind === 'checklist' ? answer.optionIds : [],
    count: participantIds.length,
  }));
  const alike = sets.reduce((total, { count }) => total + (count * (count - 1)) / 2, 0);
  const sharedByUnion = new Map<number, number>();
  for (const [index, one] of sets.entries()) {
    const chosen = new Set(one.options);
    for (const other of sets.slice(index + 1)) {
      let shared = 0;
      for (const id of other.options) if (chosen.has(id)) shared += 1;
      const union = chosen.size + other.options.length - shared;
      sharedByUnion.set(union, (sharedByUnion.get(union) ?? 0) + shared * one.count * other.count);
    }
  }
  const unlike = [...sharedByUnion].map(([union, shared]) => fraction(shared, union));
  const people = countOf(answers);
  return divide(sum([fraction(alike), ...unlike]), fraction((people * (people - 1)) / 2));
}

/** Who gave which answer, in the control's order; then N/A, then those who left it unanswered. */
export function distributionOf({ question, answers }: Tally): DistributionEntry[] {
  const given = new Set(answers.map(({ key }) => key));
  const nobodys = listedAnswers(question)
    .map((answer) => ({ key: answerKey(answer), answer, participantIds: [] }))
    .filter(({ key }) => !given.has(key));
  const places = controlPlaces(question);
  return [...nobodys, ...answers]
    .map(({ key, answer, participantIds }) => ({
      entry: { key, answer, participantIds: [...participantIds].sort() },
      places: places(answer),
    }))
    .sort((one, other) => {
      const ordered = compareLists(one.places, other.places);
      return ordered !== 0 ? ordered : one.entry.key < other.entry.key ? -1 : 1;
    })
    .map(({ entry }) => entry);
}

function listedAnswers(question: Question): Answer[] {
  if (question.type === 'binary') {
    return [
      { kind: 'binary', pass: true },
      { kind: 'binary', pass: false },
    ];
  }
  if (question.type !== 'scale') return [];
  const values = scaleValues(question);
  return values.length <= mostScaleButtons
    ? values.map((valueHundredths) => ({ kind: 'scale', valueHundredths }))
    : [];
}

/** Where an answer stands in its control: places compared one after the other, N/A and unanswered behind all. */
function controlPlaces(question: Question): (answer: Answer | null) => readonly number[] {
  const options = question.type === 'rubric' || question.type === 'checklist' ? question.options : [];
  const order = new Map(options.map(({ id }, place) => [id, place]));
  const placeOf = (optionId: string) => order.get(optionId) ?? -1;
  return (answer) => {
    if (answer === null) return [Number.MAX_SAFE_INTEGER];
    switch (answer.kind) {
      case 'na':
        return [Number.MAX_SAFE_INTEGER - 1];
      case 'binary':
        return [answer.pass ? 0 : 1];
      case 'scale':
        return [answer.valueHundredths];
      case 'rubric':
        return [placeOf(answer.optionId)];
      case 'checklist':
        return answer.optionIds.map(placeOf);
      case 'text':
        return [0];
    }
  };
}

function compareLists(one: readonly number[], other: readonly number[]): number {
  for (let index = 0; index < Math.min(one.length, other.length); index += 1) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
