// How reliably a group scores: Krippendorff's alpha and Gwet's AC1, with a jackknife interval (scoring.md 3). What cannot be
// computed is a value that says why, never 1 or NaN.
import type { Coefficient } from './board.ts';

/** Coders by units: what each participant gave on each question; `null` where nothing or N/A. */
export type Ratings = readonly (readonly (number | null)[])[];

export type Metric = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/** Fewer units than this are shown with "too little data to trust". */
export const enoughUnits = 5;

/** The values of a unit, or of several together, by how often each was given; in order of size. Counted once, used by all. */
interface Counted {
  readonly total: number;
  readonly counts: readonly (readonly [value: number, count: number])[];
}

function counted(parts: Iterable<readonly [number, number]>): Counted {
  const counts = new Map<number, number>();
  let total = 0;
  for (const [value, count] of parts) {
    counts.set(value, (counts.get(value) ?? 0) + count);
    total += count;
  }
  return { total, counts: [...counts].sort(([one], [other]) => one - other) };
}

const together = (units: readonly Counted[]): Counted => counted(units.flatMap(({ counts }) => counts));

/** The values given to each unit. */
function unitsOf(ratings: Ratings): Counted[] {
  const units = Math.max(0, ...ratings.map((row) => row.length));
  return Array.from({ length: units }, (_, unit) =>
    counted(
      ratings.flatMap((row): [number, number][] => {
        const value = row[unit];
        return value === null || value === undefined ? [] : [[value, 1]];
      }),
    ),
  );
}

const isPairable = ({ total }: Counted) => total >= 2;

/**
 * Krippendorff's alpha (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"): 1 - observed / expected
 * disagreement. Units with fewer than two values form no pair and drop out.
 */
export function krippendorffAlpha(ratings: Ratings, metric: Metric): Coefficient {
  const units = unitsOf(ratings).filter(isPairable);
  return withInterval(units, units.length, (kept) => alphaOf(kept, metric));
}

/** `null` where expected disagreement is 0. */
function alphaOf(units: readonly Counted[], metric: Metric): number | null {
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
function distanceOf(metric: Metric, { counts }: Counted): (one: number, other: number) => number {
  switch (metric) {
    case 'nominal':
      return () => 1;
    case 'interval':
      return (one, other) => (one - other) ** 2;
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
  return withInterval(rated, pairable, (kept) => ac1Of(kept, categories));
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

function withInterval(
  units: readonly Counted[],
  pairable: number,
  compute: (units: readonly Counted[]) => number | null,
): Coefficient {
  if (pairable === 0) return { kind: 'no-pairs' };
  const value = compute(units);
  if (value === null) return { kind: 'no-variation', units: pairable };
  return {
    kind: 'value',
    value,
    units: pairable,
    tooLittleData: pairable < enoughUnits,
    interval: jackknife(units, value, compute),
  };
}

/**
 * 95 % interval by the delete-one jackknife over units (Efron 1982), Student's t with units - 1 degrees of freedom; `null`
 * under 3 units, or where leaving one out leaves nothing to compute.
 */
function jackknife(
  units: readonly Counted[],
  value: number,
  compute: (units: readonly Counted[]) => number | null,
): { low: number; high: number } | null {
  if (units.length < 3) return null;
  const without: number[] = [];
  for (let left = 0; left < units.length; left += 1) {
    const kept = units.filter((_, index) => index !== left);
    const partial = kept.some(isPairable) ? compute(kept) : null;
    if (partial === null) return null;
    without.push(partial);
  }
  const middle = without.reduce((total, partial) => total + partial, 0) / without.length;
  const squares = without.reduce((total, partial) => total + (partial - middle) ** 2, 0);
  const error = Math.sqrt(((units.length - 1) / units.length) * squares);
  const reach = studentT975(units.length - 1) * error;
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
