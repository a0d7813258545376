import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, fraction, sum, toPercent } from './points.ts';
import type { Scorecard } from './scorecard.ts';
import { scorecardShares } from './scorecard-shares.ts';
import { draft } from './scorecards.fixture.ts';

const percentOf = (card: Scorecard) =>
  Object.fromEntries(
    scorecardShares(card).flatMap(({ sectionId, share, questions }) => [
      [sectionId, share && toPercent(share)],
      ...questions.map((one) => [one.questionId, one.share && toPercent(one.share)]),
    ]),
  );

describe('shares of the whole', () => {
  it('[E11] follow the weights within the section, and the section’s among sections; what is never scored has none', () => {
    expect(percentOf(draft)).toEqual({ one: 60, a: 15, b: 30, c: 15, two: 40, d: null, e: 40 });
  });

  it('[E11] a section in which nothing is scored leaves its weight to the others, as in a score', () => {
    const [one, two] = draft.sections;
    const narrative = {
      ...draft,
      sections: [one, { ...two, questions: two?.questions.slice(0, 1) }],
    } as Scorecard;
    expect(percentOf(narrative)).toMatchObject({ one: 100, a: 25, b: 50, c: 25, two: null, d: null });
  });

  it('[E11] all weights 0 share nothing', () => {
    const blank = {
      ...draft,
      sections: draft.sections.map((section) => ({ ...section, weightHundredths: 0 })),
    };
    expect(percentOf(blank)).toMatchObject({ one: 0, a: 0, two: 0, d: null });
  });

  it('[E11] those of the questions add up to exactly 1, whatever the weights', () => {
    const weight = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(weight, weight, weight, weight, weight, (a, b, c, d, e) => {
        const [one, two] = draft.sections;
        if (!one || !two) return;
        const weigh = (weights: number[], section: typeof one) =>
          section.questions.map((question, at) => ({ ...question, weightHundredths: weights[at] ?? 1 }));
        const card = {
          ...draft,
          sections: [
            { ...one, weightHundredths: a, questions: weigh([b, c, d], one) },
            { ...two, weightHundredths: e, questions: weigh([7, 13], two) },
          ],
        };
        const shares = scorecardShares(card).flatMap(({ questions }) =>
          questions.flatMap(({ share }) => share ?? []),
        );
        expect(compare(sum(shares), fraction(1))).toBe(0);
      }),
    );
  });
});
