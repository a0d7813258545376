import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deviations } from './evaluator.ts';
import { fraction } from './points.ts';
import { gwetAc1, krippendorffAlpha, type Metric, type Ratings } from './reliability.ts';

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
      if (expected === 'undefined') expect(['no-variation', 'no-pairs']).toContain(alpha.kind);
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
