import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from './answer.ts';
import { buildBoard } from './build-board.ts';
import { divergenceOf } from './divergence.ts';
import { toPercent } from './points.ts';
import {
  binary,
  checklist,
  choice,
  choices,
  fail,
  givenBy,
  na,
  pass,
  rubric,
  scale,
  scorecardOf,
  value,
} from './questions.fixture.ts';
import type { Question } from './scorecard.ts';
import { tallyOf } from './tally.ts';

const ten = 1_000;
const over = (question: Question, answers: readonly (Answer | null)[], threshold = ten) =>
  divergenceOf(tallyOf(question, givenBy(...answers)), threshold);
const spreadOf = (divergence: ReturnType<typeof over>) => divergence.spread && toPercent(divergence.spread);

describe('worked examples', () => {
  it('[scoring 2] scale 0-10: 3 and 4 are exactly at the threshold and not flagged; 3 and 5 are flagged', () => {
    const question = scale('q', 0, 10);
    expect(over(question, [value(3), value(4)])).toMatchObject({ n: 2, flagged: false });
    expect(spreadOf(over(question, [value(3), value(4)]))).toBe(10);
    expect(over(question, [value(3), value(5)]).flagged).toBe(true);
  });

  it('[scoring 2] scale 1-5: 4, 4, 5 spread 25, mean 83.3, median 75, flagged', () => {
    const result = over(scale('q', 1, 5), [value(4), value(4), value(5)]);
    expect(spreadOf(result)).toBe(25);
    expect(result.mean && toPercent(result.mean)).toBeCloseTo(250 / 3, 9);
    expect(result.median && toPercent(result.median)).toBe(75);
    expect(result.flagged).toBe(true);
  });

  it('[scoring 2] binary: pass, pass, N/A is not flagged, N/A mixed 1 of 3', () => {
    const result = over(binary('q'), [pass, pass, na]);
    expect(result).toMatchObject({ n: 2, flagged: false, na: { count: 1, of: 3, mixed: true } });
    expect(spreadOf(result)).toBe(0);
  });

  it('[scoring 2] binary: pass, N/A, N/A is one score: no spread, not flagged, N/A mixed 2 of 3', () => {
    expect(over(binary('q'), [pass, na, na])).toMatchObject({
      n: 1,
      spread: null,
      flagged: false,
      notComparable: 'one-score',
      na: { count: 2, of: 3, mixed: true },
    });
  });

  it('[scoring 2] points 10 / 8 / 5: 10 and 8 spread 20, flagged on 10 and not on 20', () => {
    const question = rubric('q', { a: 10, b: 8, c: 5 });
    expect(spreadOf(over(question, [choice('a'), choice('b')]))).toBe(20);
    expect(over(question, [choice('a'), choice('b')]).flagged).toBe(true);
    expect(over(question, [choice('a'), choice('b')], 2_000).flagged).toBe(false);
  });

  it('[scoring 2] unscored choice: a, a, b diverges by 33.3 and is flagged', () => {
    const result = over(rubric('q', { a: null, b: null, c: null }), [choice('a'), choice('a'), choice('b')]);
    expect(result).toMatchObject({ measure: 'mode-share', flagged: true, spread: null });
    expect(result.divergence && toPercent(result.divergence)).toBeCloseTo(100 / 3, 9);
  });

  it('[scoring 2] unscored checklist: mean pairwise Jaccard, two empty sets being alike', () => {
    const question = checklist('q', { a: null, b: null, c: null });
    const result = over(question, [choices('a', 'b'), choices('a')]);
    expect(result.measure).toBe('jaccard');
    expect(result.divergence && toPercent(result.divergence)).toBe(50);
    expect(over(question, [choices(), choices()])).toMatchObject({ flagged: false });
  });

  it('[scoring 2] a scored checklist with equal q and other choices is marked, not flagged', () => {
    const question = checklist('q', { a: 1, b: 1 });
    expect(over(question, [choices('a'), choices('b')])).toMatchObject({
      flagged: false,
      sameScoreDifferentChoices: true,
    });
  });

  it('[E14] a tolerance of its own counts in the place of the threshold, strictly, and for choices without points', () => {
    const strict = scale('q', 0, 10, { toleranceHundredths: 500 });
    const lenient = scale('q', 0, 10, { toleranceHundredths: 2_000 });
    expect(over(strict, [value(3), value(4)]).flagged).toBe(true);
    expect(over(lenient, [value(3), value(5)]).flagged).toBe(false);
    expect(over(lenient, [value(3), value(6)]).flagged).toBe(true);
    expect(over(binary('q', { toleranceHundredths: 10_000 }), [pass, fail]).flagged).toBe(false);
    expect(over(binary('q', { toleranceHundredths: 0 }), [pass, fail], 10_000).flagged).toBe(true);
    const unscored = rubric('q', { a: null, b: null }, { toleranceHundredths: 4_000 });
    expect(over(unscored, [choice('a'), choice('a'), choice('b')]).flagged).toBe(false);
    expect(over(unscored, [choice('a'), choice('b')]).flagged).toBe(true);
  });

  it('[scoring 2] all N/A, nobody answering and text say why nothing is compared', () => {
    expect(over(binary('q'), [na, na]).notComparable).toBe('all-na');
    expect(over(binary('q'), [null, null]).notComparable).toBe('no-answers');
    const text: Question = { ...binary('q'), type: 'text' };
    expect(
      over(text, [
        { kind: 'text', text: 'x' },
        { kind: 'text', text: 'y' },
      ]),
    ).toMatchObject({
      notComparable: 'text',
      flagged: false,
    });
  });

  it('[scoring 2] some failing a critical question and some not is a critical split', () => {
    const question = binary('q', { critical: 'scorecard' });
    expect(over(question, [pass, fail]).criticalSplit).toBe(true);
    expect(over(question, [fail, fail]).criticalSplit).toBe(false);
  });

  const table = JSON.parse(
    readFileSync(new URL('../../../test/data/reliability/dispersion.json', import.meta.url), 'utf8'),
  );
  for (const row of table.cases) {
    it(`[scoring 2] dispersion.json: ${row.answers} on ${row.scale}`, () => {
      const [min, max] = row.scale;
      const result = over(scale('q', min, max), row.answers.map(value));
      const inPoints = (share: number) => share * (max - min);
      expect(spreadOf(result)).toBeCloseTo(row.spread, 3);
      expect(result.meanPairwiseDifference && toPercent(result.meanPairwiseDifference)).toBeCloseTo(
        row.meanPairDifference,
        3,
      );
      expect(inPoints((result.standardDeviation ?? Number.NaN) / 100)).toBeCloseTo(row.sd, 3);
      expect(
        min + inPoints(toPercent(result.mean ?? result.median ?? { numerator: 0n, denominator: 1n }) / 100),
      ).toBeCloseTo(row.mean, 3);
    });
  }
});

const scaleValue = fc.integer({ min: 0, max: 10 }).map(value);
const answers = fc.array(fc.oneof(scaleValue, fc.constant(na)), { minLength: 0, maxLength: 8 });
const threshold = fc.integer({ min: 0, max: 10_000 });

describe('properties', () => {
  it('[scoring 2] the order of participants never matters', () => {
    const question = scale('q', 0, 10);
    fc.assert(
      fc.property(
        answers.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        threshold,
        ([one, other], limit) => {
          const numbers = (list: readonly Answer[]) => {
            const { divergence, mean, median, flagged, standardDeviation } = over(question, list, limit);
            return [
              divergence && toPercent(divergence),
              mean && toPercent(mean),
              median && toPercent(median),
              flagged,
              standardDeviation,
            ];
          };
          expect(numbers(one)).toEqual(numbers(other));
        },
      ),
    );
  });

  it('[scoring 2] an N/A more changes no number', () => {
    const question = scale('q', 0, 10);
    fc.assert(
      fc.property(answers, threshold, (list, limit) => {
        const { na: _, notComparable: _reason, ...numbers } = over(question, list, limit);
        const { na: _more, notComparable: _other, ...same } = over(question, [...list, na], limit);
        expect(same).toEqual(numbers);
      }),
    );
  });

  it('[scoring 2] raising the threshold never flags more', () => {
    const question = scale('q', 0, 10);
    fc.assert(
      fc.property(answers, threshold, threshold, (list, one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        if (over(question, list, high).flagged) expect(over(question, list, low).flagged).toBe(true);
      }),
    );
  });

  it('[E14] a tolerance decides as a threshold of that size would, whatever the session’s is', () => {
    fc.assert(
      fc.property(answers, threshold, threshold, (list, tolerance, limit) => {
        const own = scale('q', 0, 10, { toleranceHundredths: tolerance });
        expect(over(own, list, limit)).toEqual(over(scale('q', 0, 10), list, tolerance));
      }),
    );
  });

  it('[scoring 2] a spread exactly at the threshold is never flagged, on any scale and any threshold', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000, max: 10_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        threshold,
        (minHundredths, factor, limit) => {
          // A scale 10,000 × factor wide has a value exactly `limit` hundredths of a percent above its lowest.
          const question = scale('q', 0, 1, {
            minHundredths,
            maxHundredths: minHundredths + 10_000 * factor,
            stepHundredths: 1,
          });
          const at = (offset: number): Answer => ({ kind: 'scale', valueHundredths: minHundredths + offset });
          const exact = limit * factor;
          expect(over(question, [at(0), at(exact)], limit).flagged).toBe(false);
          if (limit < 10_000) expect(over(question, [at(0), at(exact + 1)], limit).flagged).toBe(true);
        },
      ),
    );
  });

  it('[scoring 2] an equal answer more never raises the spread; 0 flags any difference and 100 none', () => {
    const question = scale('q', 0, 10);
    fc.assert(
      fc.property(fc.array(scaleValue, { minLength: 2, maxLength: 8 }), (list) => {
        const again = list[0] ?? value(0);
        expect(spreadOf(over(question, [...list, again]))).toBe(spreadOf(over(question, list)));
        const differ = new Set(list.map((answer) => JSON.stringify(answer))).size > 1;
        expect(over(question, list, 0).flagged).toBe(differ);
        expect(over(question, list, 10_000).flagged).toBe(false);
      }),
    );
  });
});

describe('the board', () => {
  const sheet = (entries: Record<string, Answer>) =>
    Object.fromEntries(
      Object.entries(entries).map(([id, answer]) => [id, { answer, comment: '', evidence: [] }]),
    );

  it('[C8] puts flagged questions first by divergence, ties by pairwise difference, then N/A splits, then the rest', () => {
    const scorecard = scorecardOf(
      scale('calm', 0, 10),
      binary('split'),
      scale('outlier', 0, 10),
      scale('torn', 0, 10),
      scale('widest', 0, 10),
    );
    const rows: [number, Answer, number, number, number][] = [
      [5, pass, 0, 0, 0],
      [5, pass, 5, 5, 10],
      [5, na, 5, 0, 5],
      [5, pass, 5, 5, 5],
    ];
    const board = buildBoard({
      scorecard,
      thresholdHundredths: ten,
      participants: rows.map(([calm, split, outlier, torn, widest], index) => ({
        id: `p${index}`,
        sheet: sheet({
          calm: value(calm),
          split,
          outlier: value(outlier),
          torn: value(torn),
          widest: value(widest),
        }),
      })),
    });
    expect(board.order).toEqual(['widest', 'torn', 'outlier', 'split', 'calm']);
    expect(board).toMatchObject({ flaggedCount: 3, agreement: { comparable: 5, notFlagged: 2 } });
  });

  it('[scoring 1] a failed critical question sets the score to 0 and keeps the one before; no answers give no score', () => {
    const scorecard = scorecardOf(scale('a', 0, 10), binary('b', { critical: 'scorecard' }));
    const board = buildBoard({
      scorecard,
      thresholdHundredths: ten,
      participants: [
        { id: 'p1', sheet: sheet({ a: value(10), b: fail }) },
        { id: 'p2', sheet: sheet({ a: na, b: na }) },
      ],
    });
    expect(board.participants[0]?.total).toEqual({ score: 0, beforeCritical: 50 });
    expect(board.participants[1]?.total).toEqual({ score: null, beforeCritical: null });
    expect(board.totals).toMatchObject({ n: 1, spread: null, mean: 0 });
  });
});
