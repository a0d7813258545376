import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  divide,
  exactly,
  exceedsThreshold,
  type Fraction,
  fraction,
  fromHundredths,
  multiply,
  roundedBeside,
  roundedForDisplay,
  subtract,
  sum,
  toHundredths,
  toNumber,
  toPercent,
} from './points.ts';

const fractions = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }))
  .map(([numerator, denominator]) => fraction(numerator, denominator));

describe('fractions', () => {
  it('[scoring] adding and subtracting, multiplying and dividing take each other back', () => {
    fc.assert(
      fc.property(fractions, fractions, (one, other) => {
        expect(compare(subtract(add(one, other), other), one)).toBe(0);
        if (other.numerator !== 0n) expect(compare(divide(multiply(one, other), other), one)).toBe(0);
      }),
    );
  });

  it('[scoring] a double is the nearest one there is to the fraction', () => {
    fc.assert(
      fc.property(fractions, (value) => {
        const nearest = toNumber(value);
        const error = (double: number) => {
          const away = subtract(exactly(double), value);
          return away.numerator < 0n ? fraction(-away.numerator, away.denominator) : away;
        };
        const step = Math.abs(nearest) * 2 ** -52 || 2 ** -200;
        expect(compare(error(nearest), error(nearest + step))).toBeLessThanOrEqual(0);
        expect(compare(error(nearest), error(nearest - step))).toBeLessThanOrEqual(0);
      }),
    );
    expect(toNumber(fraction(1, 3))).toBe(1 / 3);
    expect(toPercent(fraction(2, 3))).toBe(200 / 3);
    expect(toNumber(fraction(-1333, 2000))).toBe(-0.6665);
  });

  it('[scoring] nothing is divided by nothing', () => {
    expect(() => fraction(1, 0)).toThrow(RangeError);
  });

  it('[scoring] a threshold is exceeded strictly, and never through a division', () => {
    expect(exceedsThreshold(fraction(1, 10), 1_000)).toBe(false);
    expect(exceedsThreshold(fraction(100_000_000_000_000_001n, 10n ** 18n), 1_000)).toBe(true);
    // 7 hundredths out of 70 is one tenth, which doubles miss: 0.07 / 0.7 > 0.1.
    expect(0.07 / 0.7 > 0.1).toBe(true);
    expect(exceedsThreshold(fraction(7, 70), 1_000)).toBe(false);
  });
});

describe('hundredths', () => {
  it('[S7] every decimal with two places goes to hundredths and back unchanged', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (hundredths) => {
        expect(toHundredths(fromHundredths(hundredths))).toBe(hundredths);
      }),
    );
    expect(['7', '7.5', '-0.25', '1.10', '-0'].map(toHundredths)).toEqual([700, 750, -25, 110, 0]);
    expect([0.29, 1.15, 4.35, 8.2].map(toHundredths)).toEqual([29, 115, 435, 820]);
  });

  it('[S7] refuses a third decimal place and what is no decimal, rather than rounding', () => {
    for (const bad of [
      1.005,
      0.001,
      1e-7,
      1e21,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '',
      '1.',
      '.5',
      '1e2',
      ' 1',
      '01',
      '+1',
    ]) {
      expect(() => toHundredths(bad), String(bad)).toThrow(RangeError);
    }
    expect(() => fromHundredths(0.5)).toThrow(RangeError);
  });
});

describe('of many values at once', () => {
  const anyFraction = fc
    .tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 40 }))
    .map(([numerator, denominator]) => fraction(numerator, denominator));
  const several = fc.array(anyFraction, { minLength: 2, maxLength: 12 });
  const equal = (one: Fraction, other: Fraction) => expect(compare(one, other)).toBe(0);

  it('[C8] a sum over one denominator is that of adding one by one', () => {
    fc.assert(
      fc.property(several, (values) => {
        equal(
          sum(values),
          values.reduce((total, value) => add(total, value)),
        );
      }),
    );
  });
});

describe('what is shown', () => {
  it('[scoring] has one decimal, half away from zero, and no sign on nothing', () => {
    const values = [33.333333333333336, 66.65, -66.65, 0.04, -0.04, 100];
    expect(values.map((value) => roundedForDisplay(value))).toEqual([33.3, 66.7, -66.7, 0, 0, 100]);
    expect(Object.is(roundedForDisplay(-0.04), 0)).toBe(true);
  });

  it('[C8] never contradicts a comparison with a limit', () => {
    expect([33.3, 33.33, 30, 40].map((limit) => roundedBeside(100 / 3, limit))).toEqual([
      33.33, 33.333, 33.3, 33.3,
    ]);
    expect(roundedBeside(10, 10)).toBe(10);
  });
});
