import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviations } from './evaluator.ts';
import { fraction } from './points.ts';

const ratings = (...rows: (number | null)[][]) =>
  rows.map((row) => row.map((cell) => (cell === null ? null : fraction(cell))));

describe('severity, erraticness and distance', () => {
  it('[scoring 3] compares with the mean of the others: 80 and 60 beside two at 50 and 40', () => {
    // d of the first: 80 - 50 = 30, 60 - 40 = 20; of the others: 50 - 65 = -15, 40 - 50 = -10.
    const [first, second] = deviations(ratings([80, 60], [50, 40], [50, 40]));
    expect(first).toEqual({ n: 2, severity: 25, erraticness: Math.sqrt(50), distance: 25 });
    expect(second).toEqual({ n: 2, severity: -12.5, erraticness: Math.sqrt(12.5), distance: 12.5 });
  });

  it('[scoring 3] one who swings is not severe but far, and erratic', () => {
    const [first] = deviations(ratings([70, 30], [50, 50]));
    expect(first).toEqual({ n: 2, severity: 0, erraticness: Math.sqrt(800), distance: 20 });
  });

  it('[scoring 3] counts only questions another one scored too; alone on all of them, one has no figure', () => {
    const none = { n: 0, severity: null, erraticness: null, distance: null };
    expect(deviations(ratings([70, null, 10], [null, 50, 30]))).toEqual([
      { n: 1, severity: -20, erraticness: null, distance: 20 },
      { n: 1, severity: 20, erraticness: null, distance: 20 },
    ]);
    expect(deviations(ratings([70, null], [null, 50]))).toEqual([none, none]);
    expect(deviations([])).toEqual([]);
  });

  it('[scoring 3] the order of the others changes no bit of any figure', () => {
    const cell = fc.option(
      fc
        .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 9 }))
        .map(([part, whole]) => fraction(part * 100, whole)),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 6 }),
        (rows) => {
          const [own = [], ...others] = rows;
          expect(deviations([own, ...others.reverse()])[0]).toEqual(deviations(rows)[0]);
        },
      ),
    );
  });
});
