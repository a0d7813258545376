// How far the answers to one question lie apart, and whether that is flagged (scoring.md 2). Exact until the end: the
// fractions here are shares in [0, 1], turned into percent only for the board.
import type { Answer } from './answer.ts';
import type { DistributionEntry, DivergenceMeasure, NotComparable } from './board.ts';
import {
  compare,
  divide,
  exceedsThreshold,
  type Fraction,
  fraction,
  mean,
  meanPairwiseDifference,
  median,
  multiply,
  sampleVariance,
  subtract,
  sum,
  toNumber,
} from './points.ts';
import { failsQuestion, fractionOf } from './score.ts';
import { isScored, type Question, scaleValues } from './scorecard.ts';

/** One participant's answer to the question; `null`: left unanswered. */
export interface Given {
  readonly participantId: string;
  readonly answer: Answer | null;
}

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

/** How many options of a scale are listed even where nobody chose them: those that stand as buttons. */
const mostScaleButtons = 11;

/** All measures of one question over the participants' answers, in any order. */
export function divergenceOf(
  question: Question,
  given: readonly Given[],
  thresholdHundredths: number,
): Divergence {
  const answers = given.flatMap(({ answer }) => (answer && answer.kind !== 'na' ? [answer] : []));
  const naCount = given.filter(({ answer }) => answer?.kind === 'na').length;
  const answered = answers.length + naCount;
  const shares = answers.flatMap((answer) => fractionOf(question, answer) ?? []);
  const scored = isScored(question);
  const n = scored ? shares.length : answers.length;
  const spread = spreadOf(shares);
  const compared = n >= 2 ? measureOf(question, answers, spread) : null;
  const failures = answers.filter((answer) => failsQuestion(question, answer)).length;
  return {
    n,
    measure: compared?.measure ?? null,
    divergence: compared?.value ?? null,
    flagged: compared !== null && exceedsThreshold(compared.value, thresholdHundredths),
    notComparable: notComparableBecause(question, n, answers.length, naCount),
    spread,
    mean: shares.length >= 1 ? mean(shares) : null,
    median: shares.length >= 1 ? median(shares) : null,
    standardDeviation: shares.length >= 2 ? standardDeviation(shares) : null,
    meanPairwiseDifference: shares.length >= 2 ? meanPairwiseDifference(shares) : null,
    modeShare: answers.length > 0 ? modeShare(answers) : null,
    na: { count: naCount, of: answered, mixed: naCount > 0 && naCount < answered },
    criticalSplit: question.critical !== 'none' && failures > 0 && failures < shares.length,
    sameScoreDifferentChoices:
      question.type === 'checklist' &&
      scored &&
      spread?.numerator === 0n &&
      new Set(answers.map(answerKey)).size > 1,
  };
}

/** Largest minus smallest; `null` of fewer than two. */
export function spreadOf(values: readonly Fraction[]): Fraction | null {
  const sorted = [...values].sort(compare);
  const lowest = sorted[0];
  const highest = sorted.at(-1);
  return lowest && highest && sorted.length >= 2 ? subtract(highest, lowest) : null;
}

/** Of at least two answers. */
function measureOf(
  question: Question,
  answers: readonly Answer[],
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

/** In percentage points; exact until the square root. */
const standardDeviation = (shares: readonly Fraction[]): number =>
  Math.sqrt(toNumber(multiply(sampleVariance(shares), fraction(10_000))));

function pairsOf<T>(values: readonly T[]): [T, T][] {
  return values.flatMap((one, index) => values.slice(index + 1).map((other): [T, T] => [one, other]));
}

function modeShare(answers: readonly Answer[]): Fraction {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answerKey(answer), (counts.get(answerKey(answer)) ?? 0) + 1);
  return fraction(Math.max(...counts.values()), answers.length);
}

/**
 * Mean over all pairs of |A ∩ B| / |A ∪ B| (Jaccard 1901); two empty sets are similar 1. By counts of equal sets, so that it costs
 * the square of the different ones alone.
 */
function meanJaccard(answers: readonly Answer[]): Fraction {
  const counts = new Map<string, { readonly set: ReadonlySet<string>; count: number }>();
  for (const answer of answers) {
    const known = counts.get(answerKey(answer));
    if (known) known.count += 1;
    else
      counts.set(answerKey(answer), {
        set: new Set(answer.kind === 'checklist' ? answer.optionIds : []),
        count: 1,
      });
  }
  const sets = [...counts.values()];
  const alike = sets.map(({ count }) => fraction((count * (count - 1)) / 2));
  const unlike = pairsOf(sets).map(([one, other]) =>
    multiply(jaccard(one.set, other.set), fraction(one.count * other.count)),
  );
  const pairs = (answers.length * (answers.length - 1)) / 2;
  return divide(sum([...alike, ...unlike]), fraction(pairs));
}

/** Of two different sets, so that their union is not empty. */
function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): Fraction {
  const shared = [...one].filter((id) => other.has(id)).length;
  return fraction(shared, one.size + other.size - shared);
}

/**
 * A canonical name of an answer: equal answers to a question have equal keys, different ones different keys. What people
 * name themselves is prefixed, so that an option called `na` is not taken for N/A.
 */
export function answerKey(answer: Answer | null): string {
  if (answer === null) return 'none';
  switch (answer.kind) {
    case 'na':
      return 'na';
    case 'binary':
      return answer.pass ? 'pass' : 'fail';
    case 'scale':
      return String(answer.valueHundredths);
    case 'rubric':
      return `option:${answer.optionId}`;
    case 'checklist':
      return `options:${answer.optionIds.join('+')}`;
    case 'text':
      return `text:${answer.text}`;
  }
}

/** Who gave which answer, in the control's order; then N/A, then those who left it unanswered. */
export function distributionOf(question: Question, given: readonly Given[]): DistributionEntry[] {
  const byKey = new Map<string, { answer: Answer | null; participantIds: string[] }>();
  for (const answer of listedAnswers(question)) byKey.set(answerKey(answer), { answer, participantIds: [] });
  for (const { participantId, answer } of given) {
    const key = answerKey(answer);
    const entry = byKey.get(key) ?? { answer, participantIds: [] };
    entry.participantIds.push(participantId);
    byKey.set(key, entry);
  }
  const places = controlPlaces(question);
  return [...byKey]
    .map(([key, { answer, participantIds }]) => ({ key, answer, participantIds: participantIds.sort() }))
    .sort((one, other) => {
      const ordered = compareLists(places(one.answer), places(other.answer));
      return ordered !== 0 ? ordered : one.key < other.key ? -1 : 1;
    });
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
  const order =
    question.type === 'rubric' || question.type === 'checklist' ? question.options.map(({ id }) => id) : [];
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
        return [order.indexOf(answer.optionId)];
      case 'checklist':
        return answer.optionIds.map((id) => order.indexOf(id));
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
