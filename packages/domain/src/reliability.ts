// How reliably a group scores: Krippendorff's alpha and Gwet's AC1, with a jackknife interval (scoring.md 3). What cannot be
// computed is a value that says why, never 1 or NaN.
import { alphaOfPoints, pointsApart, pointsOnLine } from './alpha.ts';
import type { Coefficient } from './board.ts';

/** Coders by units: what each participant gave on each question; `null` where nothing or N/A. */
export type Ratings = readonly (readonly (number | null)[])[];

/** Boards ask for the first two. */
export type Metric = 'nominal' | 'interval' | PairedMetric;

/** Metrics that have to look at each pair of different values. */
type PairedMetric = 'ordinal' | 'ratio';

/** Fewer units than this are shown with "too little data to trust". */
export const enoughUnits = 5;

/** The values of a unit, or of several together, by how often each was given; in order of size. Counted once, used by all. */
interface Counted {
  readonly total: number;
  readonly counts: readonly (readonly [value: number, count: number])[];
}

function inOrder(counts: ReadonlyMap<number, number>): Counted {
  const values = [...counts].sort(([one], [other]) => one - other);
  return { total: values.reduce((total, [, count]) => total + count, 0), counts: values };
}

function together(units: readonly Counted[]): Counted {
  const counts = new Map<number, number>();
  for (const unit of units)
    for (const [value, count] of unit.counts) counts.set(value, (counts.get(value) ?? 0) + count);
  return inOrder(counts);
}

/** The values given to each unit. */
function unitsOf(ratings: Ratings): Counted[] {
  const units = Math.max(0, ...ratings.map((row) => row.length));
  return Array.from({ length: units }, (_, unit) => {
    const counts = new Map<number, number>();
    for (const row of ratings) {
      const value = row[unit];
      if (value !== null && value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return inOrder(counts);
  });
}

const isPairable = ({ total }: Counted) => total >= 2;

/**
 * Krippendorff's alpha (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"): 1 - observed / expected
 * disagreement. Units with fewer than two values form no pair and drop out.
 */
export function krippendorffAlpha(ratings: Ratings, metric: Metric): Coefficient {
  const units = unitsOf(ratings).filter(isPairable);
  return withInterval(units, units.length, alphaBy(metric, units));
}

/** Alpha over all units, or over all but the one at a place; `null` where expected disagreement is 0. */
function alphaBy(metric: Metric, units: readonly Counted[]): (left: number | null) => number | null {
  const counts = units.map((unit) => unit.counts);
  switch (metric) {
    case 'nominal':
      return alphaOfPoints(pointsApart(counts));
    case 'interval':
      return alphaOfPoints(pointsOnLine(counts));
    case 'ordinal':
    case 'ratio':
      return (left) => alphaOfPairs(without(units, left), metric);
  }
}

const without = <T>(units: readonly T[], left: number | null): readonly T[] =>
  left === null ? units : units.filter((_, index) => index !== left);

function alphaOfPairs(units: readonly Counted[], metric: PairedMetric): number | null {
  const all = together(units);
  const distance = distanceOf(metric, all);
  let observed = 0;
  for (const unit of units) {
    observed += pairSum(unit, distance) / (unit.total - 1);
  }
  const expected = pairSum(all, distance) / (all.total - 1);
  return expected === 0 ? null : 1 - observed / expected;
}

/** Sum over ordered pairs, by counts of equal values, so that it costs the square of the distinct values alone. */
function pairSum({ counts }: Counted, distance: (one: number, other: number) => number): number {
  let total = 0;
  for (const [one, many] of counts) {
    for (const [other, others] of counts) {
      if (one !== other) total += many * others * distance(one, other);
    }
  }
  return total;
}

/** Squared difference of two different values under the metric (Krippendorff 2011, section 5). */
function distanceOf(metric: PairedMetric, { counts }: Counted): (one: number, other: number) => number {
  switch (metric) {
    case 'ratio':
      return (one, other) => ((one - other) / (one + other)) ** 2;
    case 'ordinal': {
      return (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const between = counts.filter(([value]) => value >= low && value <= high);
        const ends = counts.filter(([value]) => value === low || value === high);
        const sum = (part: typeof counts) => part.reduce((total, [, count]) => total + count, 0);
        return (sum(between) - sum(ends) / 2) ** 2;
      };
    }
  }
}

/**
 * Gwet's AC1 (Gwet 2008, with missing values as in irrCAC): units with one value count in the categories' prevalence, not in
 * the observed agreement.
 *
 * @param categories how many answers there could have been; at least those that were given
 */
export function gwetAc1(ratings: Ratings, categories: number): Coefficient {
  const rated = unitsOf(ratings).filter(({ total }) => total > 0);
  const pairable = rated.filter(isPairable).length;
  return withInterval(rated, pairable, (left) => ac1Of(without(rated, left), categories));
}

function ac1Of(rated: readonly Counted[], categories: number): number | null {
  const pairable = rated.filter(isPairable);
  const prevalence = new Map<number, number>();
  for (const unit of rated) {
    for (const [value, count] of unit.counts) {
      prevalence.set(value, (prevalence.get(value) ?? 0) + count / unit.total / rated.length);
    }
  }
  if (pairable.length === 0 || prevalence.size < 2) return null;
  const agreement = pairable.map((unit) => {
    const agreeing = unit.counts.reduce((total, [, count]) => total + count * (count - 1), 0);
    return agreeing / (unit.total * (unit.total - 1));
  });
  const observed = agreement.reduce((total, share) => total + share, 0) / pairable.length;
  const chance =
    [...prevalence.values()].reduce((total, share) => total + share * (1 - share), 0) /
    (Math.max(categories, prevalence.size) - 1);
  return (observed - chance) / (1 - chance);
}

/** @param compute the coefficient over all units, or over all but the one at a place; `null` where there is none */
function withInterval(
  units: readonly Counted[],
  pairable: number,
  compute: (left: number | null) => number | null,
): Coefficient {
  if (pairable === 0) return { kind: 'no-pairs' };
  const value = compute(null);
  if (value === null) return { kind: 'no-variation', units: pairable };
  return {
    kind: 'value',
    value,
    units: pairable,
    tooLittleData: pairable < enoughUnits,
    interval: jackknife(units.length, value, compute),
  };
}

/**
 * 95 % interval by the delete-one jackknife over units (Efron 1982), Student's t with units - 1 degrees of freedom; `null`
 * under 3 units, or where leaving one out leaves nothing to compute.
 */
function jackknife(
  units: number,
  value: number,
  compute: (left: number) => number | null,
): { low: number; high: number } | null {
  if (units < 3) return null;
  const partials: number[] = [];
  for (let left = 0; left < units; left += 1) {
    const partial = compute(left);
    if (partial === null) return null;
    partials.push(partial);
  }
  const middle = partials.reduce((total, partial) => total + partial, 0) / units;
  const squares = partials.reduce((total, partial) => total + (partial - middle) ** 2, 0);
  const error = Math.sqrt(((units - 1) / units) * squares);
  const reach = studentT975(units - 1) * error;
  return { low: value - reach, high: Math.min(1, value + reach) };
}

const t975 = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604,
  2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555,
  2.0518, 2.0484, 2.0452, 2.0423,
];

/** The 97.5 % quantile of Student's t: tabulated to 30 degrees of freedom, then Cornish and Fisher's expansion (1938). */
export function studentT975(degrees: number): number {
  const tabulated = t975[degrees - 1];
  if (tabulated !== undefined) return tabulated;
  const z = 1.959963984540054;
  return (
    z +
    (z ** 3 + z) / (4 * degrees) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3)
  );
}
