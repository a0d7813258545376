// Krippendorff's alpha without looking at pairs: values as points of a space in which squared distance is the metric. What pairs
// differ by follows from sums that can be joined and parted, so that leaving one unit out of all costs that unit alone. Exact.
import { exactly, fraction, leastCommonMultiple, onCommonDenominator, toNumber } from './points.ts';

/** A unit's values as points: how many, the sum of their squared lengths, and the sum of the points by coordinate. */
export interface PointSums {
  readonly n: bigint;
  readonly squares: bigint;
  readonly sums: ReadonlyMap<number, bigint>;
}

type CountedValues = readonly (readonly [value: number, count: number])[];

/** Interval: points on a line, the values as integers over one denominator. Alpha is the same in any unit of measure. */
export function pointsOnLine(units: readonly CountedValues[]): PointSums[] {
  const { numerators } = onCommonDenominator(
    units.flatMap((counts) => counts.map(([value]) => exactly(value))),
  );
  let at = 0;
  return units.map((counts) => {
    let [n, squares, sum] = [0n, 0n, 0n];
    for (const [, count] of counts) {
      const value = numerators[at] ?? 0n;
      const many = BigInt(count);
      at += 1;
      n += many;
      sum += many * value;
      squares += many * value * value;
    }
    return { n, squares, sums: new Map([[0, sum]]) };
  });
}

/** Nominal: a direction for each value, all different ones equally far from each other. */
export function pointsApart(units: readonly CountedValues[]): PointSums[] {
  return units.map((counts) => {
    const n = BigInt(counts.reduce((total, [, count]) => total + count, 0));
    return { n, squares: n, sums: new Map(counts.map(([value, count]) => [value, BigInt(count)])) };
  });
}

/**
 * Alpha = 1 - observed / expected disagreement (Krippendorff 2011). Over the pairs of n points, Σ |x - y|² = n Σ |x|² - |Σ x|². With
 * D for that, of unit u and of all N values together: observed = Σ D(u) / (n(u) - 1), expected = D(all) / (N - 1).
 *
 * @param units of at least two values each
 * @returns alpha over all units, or over all but one; `null` where expected disagreement is 0
 */
export function alphaOfPoints(units: readonly PointSums[]): (left: number | null) => number | null {
  const denominator = leastCommonMultiple(units.map(({ n }) => n - 1n));
  const observedIn = units.map((unit) => (pairSum(unit, squaredSum(unit)) * denominator) / (unit.n - 1n));
  const observed = observedIn.reduce((total, part) => total + part, 0n);
  const all = together(units);
  const allSquared = squaredSum(all);
  return (left) => {
    const unit = left === null ? undefined : units[left];
    const own = (left === null ? undefined : observedIn[left]) ?? 0n;
    const n = all.n - (unit?.n ?? 0n);
    const rest = { n, squares: all.squares - (unit?.squares ?? 0n) };
    const expected = pairSum(
      rest,
      unit ? allSquared + squaredSum(unit) - 2n * product(all, unit) : allSquared,
    );
    if (expected === 0n) return null;
    const over = expected * denominator;
    return toNumber(fraction(over - (observed - own) * (n - 1n), over));
  };
}

const pairSum = ({ n, squares }: Pick<PointSums, 'n' | 'squares'>, squared: bigint) => n * squares - squared;

const squaredSum = (unit: PointSums) => product(unit, unit);

/** The scalar product of two sums of points, by the coordinates of the second. */
function product({ sums }: PointSums, other: PointSums): bigint {
  let total = 0n;
  for (const [coordinate, sum] of other.sums) total += sum * (sums.get(coordinate) ?? 0n);
  return total;
}

function together(units: readonly PointSums[]): PointSums {
  const sums = new Map<number, bigint>();
  let [n, squares] = [0n, 0n];
  for (const unit of units) {
    n += unit.n;
    squares += unit.squares;
    for (const [coordinate, sum] of unit.sums) sums.set(coordinate, (sums.get(coordinate) ?? 0n) + sum);
  }
  return { n, squares, sums };
}
