// How one evaluator stands to the group: lenient or strict, erratic or steady, near or far (scoring.md 3).

import {
  type Fraction,
  fraction,
  leastCommonMultiple,
  onCommonDenominator,
  toNumber,
  varianceOfNumerators,
} from './points.ts';

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
  const differenceTo = groups.map((group) => differencesIn(group, denominator / group.denominator));
  return ratings.map((own) =>
    deviationOf(
      own.flatMap((value, unit) => (value && differenceTo[unit]?.(value)) ?? []),
      denominator,
    ),
  );
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

/**
 * Tells a value's difference from the mean of the group's others, x - (S - x) / (n - 1), as a numerator; `null` where there are no
 * others. Computed once for each value object: who gave the same answer to a question has the same.
 */
function differencesIn({ n, sum, of }: Group, scale: bigint): (value: Fraction) => bigint | null {
  if (n < 2n) return () => null;
  const known = new Map<Fraction, bigint>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const difference = (n * value.numerator * (of / value.denominator) - sum) * scale;
    known.set(value, difference);
    return difference;
  };
}

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
