// Exact numbers: fractions over big integers, compared by cross-multiplication, and the one rounding there is, for display
// (scoring.md). A threshold is never compared through a floating-point division.

/** numerator / denominator; the denominator is positive. Not necessarily reduced: compare with `compare`, never by parts. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** @throws {RangeError} over zero, and for numbers that are not integers */
export const fraction = (numerator: bigint | number, denominator: bigint | number = 1): Fraction => {
  const under = BigInt(denominator);
  if (under === 0n) throw new RangeError('a fraction over zero');
  return under > 0n
    ? { numerator: BigInt(numerator), denominator: under }
    : { numerator: -BigInt(numerator), denominator: -under };
};

/** A finite double as the fraction it is. */
export function exactly(value: number): Fraction {
  let size = value;
  let denominator = 1n;
  while (!Number.isInteger(size)) {
    size *= 2;
    denominator *= 2n;
  }
  return fraction(size, denominator);
}

/** In lowest terms: without it a sum over many denominators grows with each of them, and one value would be kept in many forms. */
export function reduced({ numerator, denominator }: Fraction): Fraction {
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [larger, smaller] = [one, other];
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

export const add = (one: Fraction, other: Fraction): Fraction =>
  one.denominator === other.denominator
    ? fraction(one.numerator + other.numerator, one.denominator)
    : reduced(
        fraction(
          one.numerator * other.denominator + other.numerator * one.denominator,
          one.denominator * other.denominator,
        ),
      );

export const subtract = (one: Fraction, other: Fraction): Fraction =>
  add(one, fraction(-other.numerator, other.denominator));

export const multiply = (one: Fraction, other: Fraction): Fraction =>
  fraction(one.numerator * other.numerator, one.denominator * other.denominator);

/** @throws {RangeError} when `other` is zero */
export const divide = (one: Fraction, other: Fraction): Fraction =>
  fraction(one.numerator * other.denominator, one.denominator * other.numerator);

/** Negative, zero or positive as `one` is below, equal to or above `other`; exact. */
export function compare(one: Fraction, other: Fraction): number {
  const difference = one.numerator * other.denominator - other.numerator * one.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function sum(values: readonly Fraction[]): Fraction {
  const { numerators, denominator } = onCommonDenominator(values);
  return fraction(
    numerators.reduce((total, numerator) => total + numerator, 0n),
    denominator,
  );
}

/** The numerators over one denominator, the least common one: then sums and comparisons are of integers alone. */
export function onCommonDenominator(values: readonly Fraction[]): {
  readonly numerators: bigint[];
  readonly denominator: bigint;
} {
  const denominator = leastCommonMultiple(values.map((value) => value.denominator));
  return {
    numerators: values.map((value) => value.numerator * (denominator / value.denominator)),
    denominator,
  };
}

/** Of positive integers; 1 of none. */
export const leastCommonMultiple = (values: readonly bigint[]): bigint =>
  [...new Set(values)].reduce(
    (multiple, value) => (multiple / greatestCommonDivisor(multiple, value)) * value,
    1n,
  );

/** The double nearest to 100 times the fraction: percent out of a share. */
export const toPercent = (share: Fraction): number => toNumber(multiply(share, fraction(100)));

/** Sample variance (n - 1) of numerators over one denominator: (n Σx² - (Σx)²) / (n (n - 1)). */
export function varianceOfNumerators(numerators: readonly bigint[], denominator: bigint): Fraction {
  const n = BigInt(numerators.length);
  let [total, squares] = [0n, 0n];
  for (const numerator of numerators) {
    total += numerator;
    squares += numerator * numerator;
  }
  return fraction(n * squares - total * total, n * (n - 1n) * denominator * denominator);
}

const bitsOf = (size: bigint): number => size.toString(16).length * 4;

/** Up to here doubles hold every integer, and a division of two is rounded once. */
const exactInDoubles = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * The double nearest to the fraction, ties to even: a quotient of more bits than a double holds, its last bit telling
 * whether anything was cut off, is rounded once by the conversion itself.
 */
export function toNumber({ numerator, denominator }: Fraction): number {
  const size = numerator < 0n ? -numerator : numerator;
  if (size === 0n) return 0;
  if (size <= exactInDoubles && denominator <= exactInDoubles) return Number(numerator) / Number(denominator);
  const shift = 72 - bitsOf(size) + bitsOf(denominator);
  const over = shift > 0 ? size << BigInt(shift) : size;
  const under = shift > 0 ? denominator : denominator << BigInt(-shift);
  const quotient = over / under;
  const nearest = Number(over % under === 0n ? quotient : quotient | 1n) * 2 ** -shift;
  return numerator < 0n ? -nearest : nearest;
}

/** Whether a share, as a percentage, is strictly above a threshold in hundredths of a percent. Exact. */
export const exceedsThreshold = (share: Fraction, thresholdHundredths: number): boolean =>
  share.numerator * 10_000n > BigInt(thresholdHundredths) * share.denominator;

/**
 * Hundredths of a plain decimal, as the import document writes points, weights and scale values: 7, 7.5, "7.25".
 *
 * @throws {RangeError} for more than two decimal places, and for what is no plain decimal
 */
export function toHundredths(decimal: number | string): number {
  const [matched, sign = '', whole = '', places = ''] =
    /^(-?)(0|[1-9]\d*)(?:\.(\d{1,2}))?$/.exec(String(decimal)) ?? [];
  const size = Number(whole + places.padEnd(2, '0'));
  if (matched === undefined || !Number.isSafeInteger(size)) {
    throw new RangeError('not a decimal with at most two places');
  }
  return sign === '-' && size !== 0 ? -size : size;
}

/**
 * The plain decimal of hundredths: 725 is 7.25. `toHundredths` takes it back.
 *
 * @throws {RangeError} for what is not a whole number of hundredths
 */
export function fromHundredths(hundredths: number): number {
  if (!Number.isSafeInteger(hundredths)) throw new RangeError('not a whole number of hundredths');
  return hundredths / 100;
}

/**
 * The value as it is shown: half a decimal goes away from zero. It rounds the decimal that the double stands for in 15 significant
 * digits: 66.65 is 66.7 though its double lies below. What rounds to nothing has no sign.
 */
export function roundedForDisplay(value: number, decimals = 1): number {
  const unit = 10 ** decimals;
  return (Math.sign(value) * Math.round(Number((Math.abs(value) * unit).toPrecision(15)))) / unit || 0;
}

/** Rounded, with as many more decimals as it takes to stand on the same side of the limit as the value itself does (C8). */
export function roundedBeside(value: number, limit: number): number {
  const side = Math.sign(value - limit);
  const shown = [1, 2, 3, 4, 5].map((decimals) => roundedForDisplay(value, decimals));
  return shown.find((rounded) => Math.sign(rounded - limit) === side) ?? value;
}
