// Exact numbers: fractions over big integers, compared by cross-multiplication, and the one rounding there is, for display
// (scoring.md). A threshold is never compared through a floating-point division.

/** numerator / denominator; the denominator is positive. Not necessarily reduced. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const fraction = (numerator: bigint | number, denominator: bigint | number = 1): Fraction => {
  const under = BigInt(denominator);
  if (under === 0n) throw new RangeError('a fraction over zero');
  return under > 0n
    ? { numerator: BigInt(numerator), denominator: under }
    : { numerator: -BigInt(numerator), denominator: -under };
};

const zero = fraction(0);

export const add = (one: Fraction, other: Fraction): Fraction =>
  one.denominator === other.denominator
    ? fraction(one.numerator + other.numerator, one.denominator)
    : fraction(
        one.numerator * other.denominator + other.numerator * one.denominator,
        one.denominator * other.denominator,
      );

export const subtract = (one: Fraction, other: Fraction): Fraction =>
  add(one, fraction(-other.numerator, other.denominator));

export const multiply = (one: Fraction, other: Fraction): Fraction =>
  fraction(one.numerator * other.numerator, one.denominator * other.denominator);

/** @throws {RangeError} when `other` is zero */
export const divide = (one: Fraction, other: Fraction): Fraction =>
  fraction(one.numerator * other.denominator, one.denominator * other.numerator);

export const absolute = (value: Fraction): Fraction =>
  value.numerator < 0n ? fraction(-value.numerator, value.denominator) : value;

/** Negative, zero or positive as `one` is below, equal to or above `other`; exact. */
export function compare(one: Fraction, other: Fraction): number {
  const difference = one.numerator * other.denominator - other.numerator * one.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const sum = (values: readonly Fraction[]): Fraction => values.reduce(add, zero);

/** Arithmetic mean. @throws {RangeError} of nothing */
export const mean = (values: readonly Fraction[]): Fraction => divide(sum(values), fraction(values.length));

/** Median; of an even count the mean of the middle two. @throws {RangeError} of nothing */
export function median(values: readonly Fraction[]): Fraction {
  const sorted = [...values].sort(compare);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!upper || !lower) throw new RangeError('the median of nothing');
  return mean([lower, upper]);
}

/** The double nearest to 100 times the fraction: percent out of a share. */
export const toPercent = (share: Fraction): number => toNumber(multiply(share, fraction(100)));

/** A double of the fraction, from 15 decimals rounded half up. */
export function toNumber({ numerator, denominator }: Fraction): number {
  const size = numerator < 0n ? -numerator : numerator;
  const scaled = ((size * 10n ** 15n + denominator / 2n) / denominator).toString().padStart(16, '0');
  return Number(`${numerator < 0n ? '-' : ''}${scaled.slice(0, -15)}.${scaled.slice(-15)}`);
}

/** Whether a share, as a percentage, is strictly above a threshold in hundredths of a percent. Exact. */
export const exceedsThreshold = (share: Fraction, thresholdHundredths: number): boolean =>
  share.numerator * 10_000n > BigInt(thresholdHundredths) * share.denominator;

/**
 * A value as it is displayed: one decimal, half away from zero. The only rounding there is. A double within 15 significant
 * digits of a half counts as that half, so that 66.65 shows as 66.7.
 */
export function displayPercent(value: number): string {
  const size = Number(Math.abs(value).toPrecision(15));
  const [whole = '0', decimals = ''] = size.toFixed(12).split('.');
  const tenths =
    BigInt(whole) * 10n + BigInt(decimals[0] ?? '0') + (Number(decimals[1] ?? '0') >= 5 ? 1n : 0n);
  const sign = value < 0 && tenths > 0n ? '-' : '';
  return `${sign}${tenths / 10n}.${tenths % 10n}`;
}
