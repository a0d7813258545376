// Exact measures of many values of which few differ: each different one is looked at once, in order of size, as an integer over
// one denominator. Sorting is the dearest part: n log n.
import { type Fraction, fraction, onCommonDenominator } from './points.ts';

/** Values with how often each is there, smallest first; a value is its numerator over the denominator. */
export interface Counted {
  readonly n: number;
  readonly denominator: bigint;
  readonly values: readonly (readonly [numerator: bigint, count: number])[];
}

/** Each value as often as its count says; equal ones may come several times. */
export function countValues(given: readonly (readonly [value: Fraction, count: number])[]): Counted {
  const { numerators, denominator } = onCommonDenominator(given.map(([value]) => value));
  const counts = new Map<bigint, number>();
  let n = 0;
  for (const [index, numerator] of numerators.entries()) {
    const count = given[index]?.[1] ?? 0;
    counts.set(numerator, (counts.get(numerator) ?? 0) + count);
    n += count;
  }
  const values = [...counts].filter(([, count]) => count > 0);
  return { n, denominator, values: values.sort(([one], [other]) => (one < other ? -1 : 1)) };
}

/** Largest minus smallest; `null` of fewer than two. */
export function spreadOf({ n, denominator, values }: Counted): Fraction | null {
  const lowest = values[0];
  const highest = values.at(-1);
  return lowest && highest && n >= 2 ? fraction(highest[0] - lowest[0], denominator) : null;
}

/** Arithmetic mean; `null` of nothing. */
export function meanOf({ n, denominator, values }: Counted): Fraction | null {
  if (n === 0) return null;
  const total = values.reduce((sum, [numerator, count]) => sum + numerator * BigInt(count), 0n);
  return fraction(total, denominator * BigInt(n));
}

/** Median; of an even count the mean of the middle two; `null` of nothing. */
export function medianOf(counted: Counted): Fraction | null {
  const { n, denominator } = counted;
  if (n === 0) return null;
  return fraction(
    valueAt(counted, Math.floor((n - 1) / 2)) + valueAt(counted, Math.floor(n / 2)),
    denominator * 2n,
  );
}

function valueAt({ values }: Counted, place: number): bigint {
  let passed = 0;
  for (const [numerator, count] of values) {
    passed += count;
    if (place < passed) return numerator;
  }
  throw new RangeError('a place behind the last value');
}

/**
 * Mean of the absolute differences over all pairs; `null` of fewer than two. Sorted, the k-th of n values (from 0) is added k times
 * as the larger of a pair and taken away n - 1 - k times as the smaller. For c equal ones from place p on, the factors 2k - n + 1
 * add up to c (2p + c - n).
 */
export function meanPairwiseDifferenceOf({ n, denominator, values }: Counted): Fraction | null {
  if (n < 2) return null;
  let total = 0n;
  let place = 0;
  for (const [numerator, count] of values) {
    total += numerator * BigInt(count * (2 * place + count - n));
    place += count;
  }
  return fraction(total, denominator * BigInt((n * (n - 1)) / 2));
}

/** Sample variance (n - 1): (n Σx² - (Σx)²) / (n (n - 1)); `null` of fewer than two. */
export function sampleVarianceOf({ n, denominator, values }: Counted): Fraction | null {
  if (n < 2) return null;
  const size = BigInt(n);
  let [total, squares] = [0n, 0n];
  for (const [numerator, count] of values) {
    const times = numerator * BigInt(count);
    total += times;
    squares += times * numerator;
  }
  return fraction(size * squares - total * total, size * (size - 1n) * denominator * denominator);
}
