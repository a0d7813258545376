import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Sheet } from './answer.ts';
import { acrossSessions, alignmentWith, deviations, summariseEvaluator } from './evaluator.ts';
import { fraction } from './points.ts';
import { binary, checklist, fail, na, pass, rubric, scale, scorecardOf, value } from './questions.fixture.ts';
import { studentT975 } from './reliability.ts';
import type { AgreedAnswer } from './session.ts';

const ratings = (...rows: (number | null)[][]) =>
  rows.map((row) => row.map((cell) => (cell === null ? null : fraction(cell))));
const sheetOf = (answers: Readonly<Record<string, Answer | null>>): Sheet =>
  Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => [id, { answer, comment: '', evidence: [] }]),
  );

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

describe('alignment with the agreed answers', () => {
  const card = {
    ...scorecardOf(),
    sections: [
      {
        id: 'one',
        title: 'One',
        weightHundredths: 100,
        questions: [scale('a', 0, 10, { weightHundredths: 300 }), binary('b')],
      },
      {
        id: 'two',
        title: 'Two',
        weightHundredths: 200,
        questions: [binary('c'), rubric('d', { x: null, y: null })],
      },
    ],
  };
  const agreed = (answers: Readonly<Record<string, AgreedAnswer>>) => new Map(Object.entries(answers));

  it('[scoring 3] is weighted by section times question: 90, 0 and 100 by 3, 1 and 2 make 78.3', () => {
    const own = sheetOf({ a: value(7), b: fail, c: pass });
    const result = alignmentWith(card, own, agreed({ a: value(8), b: pass, c: pass }));
    expect(result).toEqual({ alignment: (90 * 3 + 0 + 100 * 2) / 6, n: 3, naMismatches: 0 });
  });

  it('[scoring 3] counts N/A on one side as a mismatch apart from the mean, N/A on both as nothing', () => {
    const own = sheetOf({ a: na, b: na, c: pass });
    expect(alignmentWith(card, own, agreed({ a: na, b: pass, c: na }))).toEqual({
      alignment: null,
      n: 0,
      naMismatches: 2,
    });
  });

  it('[scoring 3] leaves out what was not agreed, not answered, unscored, or agreed to be a fault of the scorecard', () => {
    const own = sheetOf({ a: value(7), b: null, c: pass, d: { kind: 'rubric', optionId: 'x' } });
    const standard = agreed({
      a: { kind: 'scorecard-needs-changing' },
      b: pass,
      d: { kind: 'rubric', optionId: 'y' },
    });
    expect(alignmentWith(card, own, standard)).toEqual({ alignment: null, n: 0, naMismatches: 0 });
  });

  it('[scoring 3] lies in 0 to 100, and is 100 exactly where every answer is the agreed one', () => {
    const points = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 });
    const three = scorecardOf(scale('a', 0, 3), scale('b', 0, 3), checklist('c', { x: 1, y: 1, z: 1 }));
    const answers = ([a = 0, b = 0, c = 0]: readonly number[]) => ({
      a: value(a),
      b: value(b),
      c: { kind: 'checklist', optionIds: ['x', 'y', 'z'].slice(0, c) } as const,
    });
    fc.assert(
      fc.property(points, points, (own, standard) => {
        const { alignment, n } = alignmentWith(three, sheetOf(answers(own)), agreed(answers(standard)));
        expect(n).toBe(3);
        expect(alignment).toBeGreaterThanOrEqual(0);
        expect(alignment).toBeLessThanOrEqual(100);
        expect(alignment === 100).toBe(own.join() === standard.join());
      }),
    );
  });
});

describe('across sessions', () => {
  it('[scoring 4] from five sessions on there is a t-interval; below, the plain figure with too little data', () => {
    expect(acrossSessions([])).toEqual({ n: 0, mean: null, interval: null, tooLittleData: true });
    expect(acrossSessions([80, 90, 100, 90])).toEqual({
      n: 4,
      mean: 90,
      interval: null,
      tooLittleData: true,
    });
    const five = acrossSessions([80, 85, 90, 95, 100]);
    // Standard deviation 7.9057, its error 3.5355, t on 4 degrees of freedom 2.7764.
    expect(five).toMatchObject({ n: 5, mean: 90, tooLittleData: false });
    expect(five.interval?.low).toBeCloseTo(90 - 2.7764 * 3.535534, 4);
    expect(five.interval?.high).toBeCloseTo(90 + 2.7764 * 3.535534, 4);
  });

  it('[scoring 4] each figure rests on the sessions that have it, in any order', () => {
    const session = (alignment: number | null, severity: number) => ({
      alignment,
      severity,
      erraticness: null,
      distance: Math.abs(severity),
    });
    const sessions = [
      session(null, -3.1),
      session(90, 4.7),
      session(80, 0.3),
      session(85, 2.2),
      session(70, 1.9),
    ];
    const summary = summariseEvaluator(sessions);
    expect(summary.alignment).toEqual({ n: 4, mean: 81.25, interval: null, tooLittleData: true });
    expect(summary.severity).toMatchObject({ n: 5, tooLittleData: false });
    expect(summary.erraticness).toMatchObject({ n: 0, mean: null });
    expect(summariseEvaluator([...sessions].reverse())).toEqual(summary);
  });

  it('[scoring 4] the quantile of t: tables to 30 degrees of freedom, published values beyond', () => {
    expect(studentT975(1)).toBeCloseTo(12.7062, 4);
    expect(studentT975(31)).toBeCloseTo(2.039513, 5);
    expect(studentT975(40)).toBeCloseTo(2.021075, 5);
    expect(studentT975(60)).toBeCloseTo(2.000298, 5);
    expect(studentT975(120)).toBeCloseTo(1.97993, 5);
    expect(studentT975(1e6)).toBeCloseTo(1.959966, 5);
  });
});
