import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countValues,
  meanOf,
  meanPairwiseDifferenceOf,
  medianOf,
  sampleVarianceOf,
  spreadOf,
} from './counted.ts';
import { add, compare, divide, type Fraction, fraction, multiply, subtract, toNumber } from './points.ts';

const anyFraction = fc
  .tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 40 }))
  .map(([numerator, denominator]) => fraction(numerator, denominator));
const several = fc.array(fc.tuple(anyFraction, fc.integer({ min: 1, max: 4 })), {
  minLength: 2,
  maxLength: 8,
});

/** Every value by itself. */
const oneByOne = (given: readonly (readonly [Fraction, number])[]) =>
  given.flatMap(([value, count]) => Array.from({ length: count }, () => value));
const plainMean = (values: readonly Fraction[]) =>
  divide(
    values.reduce((total, value) => add(total, value)),
    fraction(values.length),
  );
function equal(one: Fraction | null, other: Fraction) {
  expect(one && compare(one, other)).toBe(0);
}

describe('measures of counted values', () => {
  const integers = (...values: number[]) => countValues(values.map((value) => [fraction(value), 1]));

  it('[scoring] the median of an even count is the mean of the middle two; of nothing there is none', () => {
    expect(toNumber(medianOf(integers(3, 1, 2, 10)) ?? fraction(0))).toBe(2.5);
    expect(toNumber(medianOf(integers(3, 1, 10)) ?? fraction(0))).toBe(3);
    expect([medianOf(integers()), meanOf(integers())]).toEqual([null, null]);
  });

  it('[scoring] a spread, a variance and a difference need two', () => {
    for (const measure of [spreadOf, sampleVarianceOf, meanPairwiseDifferenceOf])
      expect([measure(integers()), measure(integers(7))]).toEqual([null, null]);
    equal(spreadOf(integers(4, -1, 2)), fraction(5));
  });

  it('[C8] the mean is that of every value, the median the one in the middle', () => {
    fc.assert(
      fc.property(several, (given) => {
        const values = oneByOne(given).sort(compare);
        equal(meanOf(countValues(given)), plainMean(values));
        const middle = [values[Math.floor((values.length - 1) / 2)], values[Math.floor(values.length / 2)]];
        equal(medianOf(countValues(given)), plainMean(middle.flatMap((value) => value ?? [])));
      }),
    );
  });

  it('[C8] the mean pairwise difference is that of every pair, one by one', () => {
    fc.assert(
      fc.property(several, (given) => {
        const values = oneByOne(given);
        const pairs = values.flatMap((one, index) =>
          values
            .slice(index + 1)
            .map((other) => (compare(one, other) < 0 ? subtract(other, one) : subtract(one, other))),
        );
        equal(meanPairwiseDifferenceOf(countValues(given)), plainMean(pairs));
      }),
    );
  });

  it('[C8] the sample variance is the mean square of the differences from the mean', () => {
    fc.assert(
      fc.property(several, (given) => {
        const values = oneByOne(given);
        const middle = plainMean(values);
        const squares = values
          .map((value) => subtract(value, middle))
          .map((difference) => multiply(difference, difference));
        const total = squares.reduce((sum, square) => add(sum, square));
        equal(sampleVarianceOf(countValues(given)), divide(total, fraction(values.length - 1)));
      }),
    );
  });
});
