import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviations } from './evaluator.ts';
import { fraction } from './points.ts';
import { gwetAc1, krippendorffAlpha, type Metric, type Ratings, studentT975 } from './reliability.ts';

const published = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../test/data/reliability/${name}`, import.meta.url), 'utf8'));

const figureOf = (coefficient: ReturnType<typeof krippendorffAlpha>) =>
  coefficient.kind === 'value' ? coefficient.value : coefficient.kind;

describe('published tables', () => {
  for (const name of ['krippendorff-2011.json', 'three-coders.json']) {
    const table = published(name);
    for (const [metric, expected] of Object.entries<number>(table.expected.alpha)) {
      it(`[scoring 3] ${name}: ${metric} alpha is ${expected}`, () => {
        const alpha = krippendorffAlpha(table.coders_by_units, metric as Metric);
        expect(Math.abs(Number(figureOf(alpha)) - expected)).toBeLessThan(table.tolerance);
      });
    }
  }

  it('[scoring 3] krippendorff-2011.json: AC1 is 0.77544, the single value counting in the prevalence', () => {
    const table = published('krippendorff-2011.json');
    const ac1 = gwetAc1(table.coders_by_units, 5);
    expect(Math.abs(Number(figureOf(ac1)) - table.expected.gwet_ac1)).toBeLessThan(table.tolerance);
    expect(ac1).toMatchObject({ units: 11, tooLittleData: false });
  });

  it('[scoring 3] shrout-fleiss-1979.json: severity of each judge against the others', () => {
    const table = published('shrout-fleiss-1979.json');
    const targets: number[][] = table.targets_by_judges;
    const judges = [0, 1, 2, 3].map((judge) => targets.map((row) => fraction(row[judge] ?? 0)));
    deviations(judges).forEach(({ severity }, judge) => {
      const expected = table.expected.leave_one_out_severity.judges[judge];
      expect(Math.abs((severity ?? Number.NaN) - expected)).toBeLessThan(table.tolerance);
    });
  });

  for (const { coders_by_units, expected, metric, why } of published('undefined.json').cases) {
    it(`[scoring 3] degenerate input: ${why ?? `${metric} alpha is ${expected}`}`, () => {
      const alpha = krippendorffAlpha(coders_by_units as Ratings, metric ?? 'interval');
      if (expected === 'undefined')
        expect(alpha.kind).toBe(why.includes('variation') ? 'no-variation' : 'no-pairs');
      else expect(alpha).toMatchObject({ kind: 'value', value: expected });
    });
  }
});

describe('what cannot be trusted says so', () => {
  it('[X5] under five units there is too little data', () => {
    const ratings = [
      [1, 2, 3, 4],
      [1, 2, 3, 5],
    ];
    expect(krippendorffAlpha(ratings, 'interval')).toMatchObject({
      kind: 'value',
      units: 4,
      tooLittleData: true,
    });
  });

  it('[X5] AC1 where everyone passed everything has no variation, never 1', () => {
    expect(
      gwetAc1(
        [
          [100, 100],
          [100, 100],
        ],
        2,
      ),
    ).toEqual({ kind: 'no-variation', units: 2 });
  });

  it('[X5] the jackknife interval holds the value and ends at 1', () => {
    const alpha = krippendorffAlpha(published('krippendorff-2011.json').coders_by_units, 'interval');
    if (alpha.kind !== 'value' || !alpha.interval) throw new Error('no interval');
    expect(alpha.interval.low).toBeLessThan(alpha.value);
    expect(alpha.interval.high).toBeGreaterThan(alpha.value);
    expect(alpha.interval.high).toBeLessThanOrEqual(1);
  });
});

/** Alpha out of the coincidence matrix, as Krippendorff (2011) computes it by hand. */
function alphaByCoincidences(ratings: Ratings, distance: (one: number, other: number) => number): number {
  const coincidences = new Map<string, { one: number; other: number; count: number }>();
  const margins = new Map<number, number>();
  const units = ratings[0]?.length ?? 0;
  for (let unit = 0; unit < units; unit += 1) {
    const values = ratings.flatMap((row) => row[unit] ?? []);
    values.forEach((one, first) =>
      values.forEach((other, second) => {
        if (first === second) return;
        const key = `${one} ${other}`;
        const share = 1 / (values.length - 1);
        coincidences.set(key, { one, other, count: (coincidences.get(key)?.count ?? 0) + share });
        margins.set(one, (margins.get(one) ?? 0) + share);
      }),
    );
  }
  const total = [...margins.values()].reduce((sum, count) => sum + count, 0);
  let observed = 0;
  for (const { one, other, count } of coincidences.values()) observed += count * distance(one, other);
  let expected = 0;
  for (const [one, many] of margins) {
    for (const [other, others] of margins) expected += (many * others * distance(one, other)) / (total - 1);
  }
  return 1 - observed / expected;
}

const anyRatings = fc.array(
  fc.array(fc.option(fc.integer({ min: 1, max: 5 })), { minLength: 8, maxLength: 8 }),
  { minLength: 2, maxLength: 5 },
);

describe('properties', () => {
  it('[scoring 3] alpha equals the one out of the coincidence matrix', () => {
    const metrics: readonly [Metric, (one: number, other: number) => number][] = [
      ['nominal', (one, other) => (one === other ? 0 : 1)],
      ['interval', (one, other) => (one - other) ** 2],
      ['ratio', (one, other) => ((one - other) / (one + other)) ** 2],
    ];
    fc.assert(
      fc.property(anyRatings, (ratings) => {
        for (const [metric, distance] of metrics) {
          const alpha = krippendorffAlpha(ratings, metric);
          if (alpha.kind === 'value')
            expect(alpha.value).toBeCloseTo(alphaByCoincidences(ratings, distance), 9);
          else expect(alphaByCoincidences(ratings, distance)).toBeNaN();
        }
      }),
    );
  });

  it('[scoring 3] interval alpha is the same on any scale, so that percent and points agree', () => {
    fc.assert(
      fc.property(anyRatings, (ratings) => {
        const inPercent = ratings.map((row) => row.map((value) => value && (value - 1) * 25));
        const [points, percent] = [ratings, inPercent].map((table) => krippendorffAlpha(table, 'interval'));
        expect(percent?.kind).toBe(points?.kind);
        if (points?.kind === 'value' && percent?.kind === 'value') {
          expect(percent.value).toBeCloseTo(points.value, 9);
        }
      }),
    );
  });

  it('[X5] no input makes a coefficient above 1 or NaN, and none has an interval without its value in it', () => {
    fc.assert(
      fc.property(anyRatings, (ratings) => {
        for (const coefficient of [krippendorffAlpha(ratings, 'interval'), gwetAc1(ratings, 5)]) {
          if (coefficient.kind !== 'value') continue;
          const { value, interval, units, tooLittleData } = coefficient;
          expect(value).toBeLessThanOrEqual(1);
          expect(tooLittleData).toBe(units < 5);
          if (!interval) continue;
          expect(interval.low).toBeLessThanOrEqual(value);
          expect(interval.high).toBeGreaterThanOrEqual(value);
        }
      }),
    );
  });

  it('[scoring 3] the jackknife leaves out one unit after the other', () => {
    const table = published('krippendorff-2011.json').coders_by_units as (number | null)[][];
    const alphaValue = (ratings: Ratings) => Number(figureOf(krippendorffAlpha(ratings, 'interval')));
    // Unit 12 forms no pair, so eleven are left out in turn; t on 10 degrees of freedom is 2.2281.
    const partial = Array.from({ length: 11 }, (_, left) =>
      alphaValue(table.map((row) => row.filter((_value, unit) => unit !== left))),
    );
    const middle = partial.reduce((sum, value) => sum + value, 0) / 11;
    const error = Math.sqrt((10 / 11) * partial.reduce((sum, value) => sum + (value - middle) ** 2, 0));
    const alpha = krippendorffAlpha(table, 'interval');
    if (alpha.kind !== 'value' || !alpha.interval) throw new Error('no interval');
    expect(alpha.interval.low).toBeCloseTo(alphaValue(table) - 2.2281 * error, 9);
    expect(alpha.interval.high).toBeCloseTo(Math.min(1, alphaValue(table) + 2.2281 * error), 9);
  });

  it('[scoring 3] where nearly all pass, alpha collapses and AC1 does not', () => {
    const rows = [Array.from({ length: 20 }, () => 100), [...Array.from({ length: 19 }, () => 100), 0]];
    expect(Number(figureOf(krippendorffAlpha(rows, 'nominal')))).toBeCloseTo(0, 9);
    // 19 of 20 agree; passes have prevalence 0.975, so chance agreement is 2 · 0.975 · 0.025.
    expect(Number(figureOf(gwetAc1(rows, 2)))).toBeCloseTo((0.95 - 0.04875) / (1 - 0.04875), 9);
  });

  it('[scoring 3] the quantile of t: tables to 30 degrees of freedom, published values beyond', () => {
    expect(studentT975(1)).toBeCloseTo(12.7062, 4);
    expect(studentT975(31)).toBeCloseTo(2.039513, 5);
    expect(studentT975(40)).toBeCloseTo(2.021075, 5);
    expect(studentT975(60)).toBeCloseTo(2.000298, 5);
    expect(studentT975(120)).toBeCloseTo(1.97993, 5);
    expect(studentT975(1e6)).toBeCloseTo(1.959966, 5);
  });
});
