import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, type Fraction, fraction } from './points.ts';
import { pointsLost } from './points-lost.ts';
import { binary, scorecardOf } from './questions.fixture.ts';
import { scoreExactly } from './score.ts';
import { questionsOf, type Scorecard } from './scorecard.ts';

/** The card of the worked examples: section 1 (W 60) with q1 (w 1) and q2 (w 1); section 2 (W 40) with q3 (w 3). */
const card = (critical: 'none' | 'scorecard' = 'none'): Scorecard => ({
  ...scorecardOf(),
  sections: [
    {
      id: 's1',
      title: 'One',
      weightHundredths: 6_000,
      questions: [
        binary('q1', { weightHundredths: 100 }),
        binary('q2', { weightHundredths: 100, naEligible: true, critical }),
      ],
    },
    { id: 's2', title: 'Two', weightHundredths: 4_000, questions: [binary('q3', { weightHundredths: 300 })] },
  ],
});

/** Percentages as shares; `null` is N/A. */
const answers =
  (...percent: (number | null)[]) =>
  ({ id }: { readonly id: string }): Fraction | null => {
    const value = percent[['q1', 'q2', 'q3'].indexOf(id)] ?? null;
    return value === null ? null : fraction(value, 100);
  };
const million = 1_000_000;
const lostBy = (...percent: (number | null)[]) =>
  pointsLost(card(), answers(...percent)).answers.map(({ lost }) => (lost === null ? null : lost / million));
const shares = (...evaluations: (number | null)[][]) => {
  const sums = [0, 1, 2].map((at) => evaluations.reduce((total, one) => total + (one[at] ?? 0), 0));
  const all = sums.reduce((total, one) => total + one, 0);
  return sums.map((one) => Math.round((100_000 * one) / all) / 1_000);
};

describe('points lost', () => {
  const [a, b] = [lostBy(50, 100, 0), lostBy(100, null, 60)];

  it('[E5] are those of the vectors, and so are their shares', () => {
    expect(a).toEqual([15, 0, 40]);
    expect(b).toEqual([0, null, 16]);
    expect(shares(a, b)).toEqual([21.127, 0, 78.873]);
    const revised = lostBy(50, 100, 100);
    expect(shares(revised, b)).toEqual([48.387, 0, 51.613]);
    expect(shares(a)).toEqual([27.273, 0, 72.727]);
  });

  it('[E5] say apart what a critical failure took beyond them', () => {
    const { answers: points, byCriticalFailure } = pointsLost(card('scorecard'), answers(100, 0, 100));
    expect(points.map(({ lost }) => (lost ?? 0) / million)).toEqual([0, 30, 0]);
    expect(byCriticalFailure).toBe(70 * million);
  });

  it('[E5] add up to what is missing from the total before critical failures, but for their rounding', () => {
    const share = fc.option(
      fc.integer({ min: 0, max: 997 }).map((part) => fraction(part, 997)),
      { nil: null },
    );
    fc.assert(
      fc.property(fc.tuple(share, share, share), (given) => {
        const qOf = ({ id }: { readonly id: string }) => given[['q1', 'q2', 'q3'].indexOf(id)] ?? null;
        const { beforeCritical } = scoreExactly(card(), qOf).total;
        const points = pointsLost(card(), qOf).answers;
        const sum = points.reduce((total, { lost }) => total + (lost ?? 0), 0);
        if (beforeCritical === null) return sum === 0;
        const off = Math.abs(
          sum - 100 * million * (1 - Number(beforeCritical.numerator) / Number(beforeCritical.denominator)),
        );
        return off <= questionsOf(card()).length / 2 + 0.01 && compare(beforeCritical, fraction(1)) <= 0;
      }),
    );
  });
});
