// How one evaluator stands to the group: lenient or strict, erratic or steady, near or far (scoring.md 3 and 4).

import type { Sheet } from './answer.ts';
import {
  absolute,
  add,
  divide,
  type Fraction,
  fraction,
  leastCommonMultiple,
  multiply,
  onCommonDenominator,
  subtract,
  toNumber,
  toPercent,
  varianceOfNumerators,
} from './points.ts';
import { studentT975 } from './reliability.ts';
import { fractionOf } from './score.ts';
import type { Scorecard } from './scorecard.ts';
import type { AgreedAnswer } from './session.ts';

/** In percentage points on a board. `severity` positive is lenient; `erraticness` needs two questions. `null`: nothing to compare. */
export interface Deviation {
  readonly n: number;
  readonly severity: number | null;
  readonly erraticness: number | null;
  readonly distance: number | null;
}

/**
 * Leave-one-out deviations of each coder: own value minus the mean of the others', over units with at least two values.
 * One's own score would shrink the difference, with few people by much.
 *
 * @param ratings coders by units, in any unit of measure, which the figures then have too; `null` where there is no value
 */
export function deviations(ratings: readonly (readonly (Fraction | null)[])[]): Deviation[] {
  const units = Math.max(0, ...ratings.map((row) => row.length));
  const groups = Array.from({ length: units }, (_, unit) => groupOf(ratings.map((row) => row[unit] ?? null)));
  // All differences over one denominator: what follows is integers, exact, and of one pass.
  const denominator = leastCommonMultiple(groups.map((group) => group.denominator));
  const scales = groups.map((group) => denominator / group.denominator);
  return ratings.map((own) => {
    const differences = own.flatMap((value, unit) => {
      const group = groups[unit];
      const scale = scales[unit];
      if (!value || !group || scale === undefined || group.n < 2n) return [];
      return [differenceIn(group, value) * scale];
    });
    return deviationOf(differences, denominator);
  });
}

/** The values of one unit together: how many, their sum, and over which denominator a difference from the others' mean stands. */
interface Group {
  readonly n: bigint;
  readonly sum: bigint;
  readonly of: bigint;
  readonly denominator: bigint;
}

function groupOf(values: readonly (Fraction | null)[]): Group {
  const { numerators, denominator } = onCommonDenominator(values.flatMap((value) => value ?? []));
  const n = BigInt(numerators.length);
  const sum = numerators.reduce((total, numerator) => total + numerator, 0n);
  return { n, sum, of: denominator, denominator: n < 2n ? 1n : denominator * (n - 1n) };
}

/** x - (S - x) / (n - 1) as a numerator over the group's denominator. */
const differenceIn = ({ n, sum, of }: Group, { numerator, denominator }: Fraction): bigint =>
  n * numerator * (of / denominator) - sum;

/** Mean, sample standard deviation and mean size of differences that are numerators over one denominator. */
function deviationOf(differences: readonly bigint[], denominator: bigint): Deviation {
  const n = BigInt(differences.length);
  if (n === 0n) return { n: 0, severity: null, erraticness: null, distance: null };
  let [sum, sizes] = [0n, 0n];
  for (const difference of differences) {
    sum += difference;
    sizes += difference < 0n ? -difference : difference;
  }
  return {
    n: differences.length,
    severity: toNumber(fraction(sum, n * denominator)),
    erraticness: n > 1n ? Math.sqrt(toNumber(varianceOfNumerators(differences, denominator))) : null,
    distance: toNumber(fraction(sizes, n * denominator)),
  };
}

/** `alignment` in percent, the mean over `n` questions, `null` over none; `naMismatches` are counted apart from it. */
export interface Alignment {
  readonly alignment: number | null;
  readonly n: number;
  readonly naMismatches: number;
}

/**
 * Weighted mean of 100 - |q - agreed q|, weights section times question; N/A on one side only is a mismatch. Questions
 * without an agreed answer, left unanswered, unscored, or of weight 0 have no part in the mean.
 */
export function alignmentWith(
  scorecard: Scorecard,
  sheet: Sheet,
  agreed: ReadonlyMap<string, AgreedAnswer>,
): Alignment {
  let weights = 0n;
  let weighted = fraction(0);
  let n = 0;
  let naMismatches = 0;
  for (const section of scorecard.sections) {
    for (const question of section.questions) {
      const own = sheet[question.id]?.answer ?? null;
      const standard = agreed.get(question.id);
      if (!standard || standard.kind === 'scorecard-needs-changing' || own === null) continue;
      if ((own.kind === 'na') !== (standard.kind === 'na')) {
        naMismatches += 1;
        continue;
      }
      const ownQ = fractionOf(question, own);
      const agreedQ = fractionOf(question, standard);
      const weight = BigInt(section.weightHundredths) * BigInt(question.weightHundredths);
      if (!ownQ || !agreedQ || weight === 0n) continue;
      const likeness = subtract(fraction(1), absolute(subtract(ownQ, agreedQ)));
      weights += weight;
      weighted = add(weighted, multiply(likeness, fraction(weight)));
      n += 1;
    }
  }
  return { alignment: n > 0 ? toPercent(divide(weighted, fraction(weights))) : null, n, naMismatches };
}

/**
 * A mean over sessions; `interval` is the 95 % t-interval, from `enoughSessions` on. Below that `tooLittleData` is said
 * beside the plain figure.
 */
export interface AcrossSessions {
  readonly n: number;
  readonly mean: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly tooLittleData: boolean;
}

export const enoughSessions = 5;

/** Mean and Student's t-interval of one figure over sessions (scoring.md 4). The order of sessions never matters. */
export function acrossSessions(values: readonly number[]): AcrossSessions {
  const n = values.length;
  if (n === 0) return { n, mean: null, interval: null, tooLittleData: true };
  // Summed in order of size, so that the last bit does not tell in which order sessions were read.
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.reduce((total, value) => total + value, 0) / n;
  if (n < enoughSessions) return { n, mean: middle, interval: null, tooLittleData: true };
  const squares = sorted.reduce((total, value) => total + (value - middle) ** 2, 0);
  const reach = studentT975(n - 1) * Math.sqrt(squares / (n - 1) / n);
  return {
    n,
    mean: middle,
    interval: { low: middle - reach, high: middle + reach },
    tooLittleData: false,
  };
}

/** One evaluator's figures in one session; `null` where the session has none. */
export type SessionFigures = Pick<Deviation, 'severity' | 'erraticness' | 'distance'> &
  Pick<Alignment, 'alignment'>;

/** One evaluator over sessions, each figure over the sessions that have it. */
export type EvaluatorSummary = { readonly [figure in keyof SessionFigures]: AcrossSessions };

/**
 * Summarises one evaluator over sessions (scoring.md 4). Give it one client's sessions, or say beside the figures that
 * clients are pooled: a lenient and a strict team average to a meaningless number.
 */
export function summariseEvaluator(sessions: readonly SessionFigures[]): EvaluatorSummary {
  const over = (figure: keyof SessionFigures) =>
    acrossSessions(sessions.flatMap((session) => session[figure] ?? []));
  return {
    alignment: over('alignment'),
    severity: over('severity'),
    erraticness: over('erraticness'),
    distance: over('distance'),
  };
}
