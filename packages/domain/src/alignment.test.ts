import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignmentsOf, distanceFromAgreed, sectionWeightsOf } from './alignment.ts';
import type { Answer, Sheet } from './answer.ts';
import { sweepable } from './board-reading.ts';
import { buildBoard } from './build-board.ts';
import {
  binary,
  checklist,
  choice,
  choices,
  fail,
  na,
  pass,
  rubric,
  scale,
  scorecardOf,
  value,
} from './questions.fixture.ts';
import { narrowScorecard, type Scorecard, type TextQuestion } from './scorecard.ts';
import type { AgreedAnswer } from './session/state.ts';

const words: TextQuestion = { ...binary('words'), type: 'text' };

/** Shares of the full card: pace 0.3, greets 0.3, path 0.4. */
const card: Scorecard = {
  ...scorecardOf(),
  sections: [
    {
      id: 'one',
      title: 'One',
      weightHundredths: 6_000,
      questions: [scale('pace', 0, 10), binary('greets', { critical: 'section' })],
    },
    {
      id: 'two',
      title: 'Two',
      weightHundredths: 4_000,
      questions: [rubric('path', { a: 10, b: 8, c: 5 }, { weightHundredths: 300 })],
    },
  ],
};

type Answers = Readonly<Record<string, Answer | null>>;

const sheetOf = (answers: Answers): Sheet =>
  Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => [id, { answer, comment: '', evidence: [] }]),
  );

function align(
  scorecard: Scorecard,
  people: readonly Answers[],
  agreed: Readonly<Record<string, AgreedAnswer | null>>,
  { whole = scorecard, leftOut = [] as readonly string[] } = {},
) {
  const board = buildBoard({
    scorecard,
    thresholdHundredths: 1_000,
    participants: people.map((answers, index) => ({ id: `p${index + 1}`, sheet: sheetOf(answers) })),
  });
  return alignmentsOf({
    scorecard,
    board,
    weights: sectionWeightsOf(whole),
    agreed: new Map(Object.entries(agreed)),
    leftOut: new Set(leftOut),
  });
}

const own: Answers = { pace: value(7), greets: fail, path: choice('b') };
const other: Answers = { pace: value(2), greets: pass, path: choice('c') };
const standard = { pace: value(8), greets: pass, path: choice('a') };

describe('alignment with the agreed answers', () => {
  it('[scoring 3] weighs each question by its share of the card: 90, 0 and 80 by 0.3, 0.3 and 0.4 make 59', () => {
    const { people, ...counts } = align(card, [own, other], standard);
    expect(counts).toEqual({ agreed: 3, of: 3 });
    // The others: 40, 100 and 50.
    expect(people.map(({ alignment, n }) => [alignment, n])).toEqual([
      [59, 3],
      [62, 3],
    ]);
  });

  it('[scoring 3] counts a question of a session on some of them by its share of the whole card', () => {
    const some = narrowScorecard(card, ['pace', 'path']);
    // (0.3 · 90 + 0.4 · 80) / 0.7; by weights made whole again it would be 86.
    expect(align(some, [own, other], standard, { whole: card }).people[0]?.alignment).toBeCloseTo(
      59 / 0.7,
      12,
    );
  });

  it('[scoring 3] lets what is not agreed yet wait, and says how many are', () => {
    const { people, ...counts } = align(card, [own, other], { pace: value(8) });
    expect(counts).toEqual({ agreed: 1, of: 3 });
    expect(people[0]).toEqual({
      participantId: 'p1',
      alignment: 90,
      n: 1,
      naMismatches: 0,
      criticalMismatches: 0,
    });
    expect(align(card, [own, other], {}).people[0]).toMatchObject({ alignment: null, n: 0 });
  });

  it('[C8c] counts exactly one N/A apart from the mean, and two as nothing', () => {
    const mixed = align(card, [{ ...own, greets: na, path: na }, other], { ...standard, path: na });
    expect(mixed.people[0]).toMatchObject({ alignment: 90, n: 1, naMismatches: 1 });
    expect(mixed.people[1]).toMatchObject({ alignment: (40 + 100) / 2, n: 2, naMismatches: 1 });
    expect(mixed.agreed).toBe(3);
  });

  it('[C8c] counts a critical question that exactly one of the two failed apart, and keeps it in the mean', () => {
    expect(align(card, [own, other], standard).people).toMatchObject([
      { criticalMismatches: 1, alignment: 59 },
      { criticalMismatches: 0 },
    ]);
    // Failed by both: no mismatch.
    expect(align(card, [own, other], { ...standard, greets: fail }).people).toMatchObject([
      { criticalMismatches: 0 },
      { criticalMismatches: 1 },
    ]);
  });

  it('[scoring 3] takes what everyone answered alike as agreed, until the group agrees on something else', () => {
    const alike = [own, { ...other, pace: value(7) }];
    expect(align(card, alike, {})).toMatchObject({
      agreed: 1,
      of: 3,
      people: [{ alignment: 100, n: 1 }, {}],
    });
    expect(align(card, alike, { pace: value(9) }).people[0]).toMatchObject({ alignment: 80, n: 1 });
    // N/A of one, or an answer that is missing, is not unanimous.
    expect(align(card, [own, { ...other, pace: na }], {}).agreed).toBe(0);
    expect(align(card, [own, { ...other, pace: null }], {}).agreed).toBe(0);
  });

  it('[C13] tells nothing of a question that is voted on again, were it agreed or unanimous', () => {
    const without = align(card, [own, other], { path: choice('a') });
    for (const agreed of [pass, fail, na] as const) {
      const voting = align(
        card,
        [own, other],
        { path: choice('a'), greets: agreed },
        { leftOut: ['greets'] },
      );
      expect(voting).toEqual(without);
    }
    const alike = [own, { ...other, greets: fail }];
    expect(align(card, alike, {}, { leftOut: ['greets'] })).toEqual(align(card, [own, other], {}));
  });

  it('[scoring 3] leaves out what has no points, what is left unanswered and a scorecard that needs changing', () => {
    const plain = scorecardOf(rubric('why', { x: null, y: null }), words, scale('pace', 0, 10));
    const answers: Answers = { why: choice('x'), words: { kind: 'text', text: 'Warm.' }, pace: value(4) };
    const agreed = { why: choice('y'), words: na, pace: { kind: 'scorecard-needs-changing' } as const };
    const found = align(plain, [answers, { ...answers, pace: null }], agreed);
    expect(found).toMatchObject({ agreed: 0, of: 1 });
    for (const person of found.people) {
      expect(person).toMatchObject({ alignment: null, n: 0, naMismatches: 0, criticalMismatches: 0 });
    }
  });

  it('[scoring 3] a question without weight changes no mean', () => {
    const light = scorecardOf(scale('a', 0, 10), binary('b', { weightHundredths: 0, critical: 'scorecard' }));
    const found = align(
      light,
      [
        { a: value(9), b: fail },
        { a: value(1), b: pass },
      ],
      { a: value(9), b: pass },
    );
    expect(found.people[0]).toMatchObject({ alignment: 100, n: 1, criticalMismatches: 1 });
  });
});

describe('an answer beside the agreed one', () => {
  const steps = checklist('steps', { x: 1, y: 1, z: 2 });

  it('[C8c] says how far it is off, of what the question can earn', () => {
    const off = (kind: string, by: number | null) => ({ kind, off: by, critical: false });
    expect(distanceFromAgreed(scale('s', 1, 5), value(4), value(3))).toEqual(off('off', 25));
    expect(distanceFromAgreed(scale('s', 1, 5), value(3), value(3))).toEqual(off('same', 0));
    expect(distanceFromAgreed(steps, choices('x', 'y'), choices('z'))).toEqual(off('off', 0));
    expect(distanceFromAgreed(binary('b'), na, na)).toEqual(off('same', null));
    expect(distanceFromAgreed(binary('b'), na, pass)).toEqual(off('na-mismatch', null));
    expect(distanceFromAgreed(rubric('r', { x: null, y: null }), choice('x'), choice('y'))).toEqual(
      off('other', null),
    );
    expect(distanceFromAgreed(binary('b', { critical: 'section' }), fail, pass)).toEqual({
      kind: 'off',
      off: 100,
      critical: true,
    });
  });

  it('[C8c] says nothing where there is nothing to compare', () => {
    for (const [answer, agreed] of [
      [null, pass],
      [pass, null],
      [pass, { kind: 'scorecard-needs-changing' }],
    ] as const) {
      expect(distanceFromAgreed(binary('b'), answer, agreed)).toBeNull();
    }
  });
});

describe('properties of alignment', () => {
  const weights = fc.integer({ min: 0, max: 700 });
  const given = fc.constantFrom<Answer | null>(na, null, ...[0, 1, 2, 3, 4].map(value));
  const agreedOn = fc.constantFrom<AgreedAnswer | null>(null, na, value(0), value(2), value(4), {
    kind: 'scorecard-needs-changing',
  });
  const ids = ['a', 'b', 'c', 'd'];
  const session = fc.record({
    sections: fc.tuple(weights, weights),
    weights: fc.tuple(weights, weights, weights, weights),
    people: fc.array(fc.tuple(given, given, given, given), { minLength: 2, maxLength: 5 }),
    agreed: fc.tuple(agreedOn, agreedOn, agreedOn, agreedOn),
  });
  type Told = typeof session extends fc.Arbitrary<infer T> ? T : never;

  const cardOf = (told: Told): Scorecard => ({
    ...scorecardOf(),
    sections: told.sections.map((weightHundredths, at) => ({
      id: `s${at}`,
      title: '',
      weightHundredths,
      questions: [2 * at, 2 * at + 1].map((place) =>
        scale(ids[place] ?? '', 0, 4, {
          weightHundredths: told.weights[place] ?? 0,
          critical: place === 0 ? 'scorecard' : 'none',
        }),
      ),
    })),
  });
  const peopleOf = (told: Told): Answers[] =>
    told.people.map((answers) => Object.fromEntries(ids.map((id, at) => [id, answers[at] ?? null])));
  const agreedOf = (told: Told) => Object.fromEntries(ids.map((id, at) => [id, told.agreed[at] ?? null]));

  it('[scoring 3] sweeping changes nothing', () => {
    fc.assert(
      fc.property(session, (told) => {
        const scorecard = cardOf(told);
        const board = buildBoard({
          scorecard,
          thresholdHundredths: 1_000,
          participants: peopleOf(told).map((answers, at) => ({ id: `p${at + 1}`, sheet: sheetOf(answers) })),
        });
        const agreed = agreedOf(told);
        const resolutions = ids.map((questionId) => ({
          questionId,
          agreed: agreed[questionId] ?? null,
          cause: null,
          noted: false,
        }));
        const swept = Object.fromEntries(
          sweepable(board, resolutions).map(({ questionId, agreed: answer }) => [questionId, answer]),
        );
        expect(align(scorecard, peopleOf(told), { ...agreed, ...swept })).toEqual(
          align(scorecard, peopleOf(told), agreed),
        );
      }),
    );
  });

  it('[scoring 3] is what the formula says, taken word for word', () => {
    fc.assert(
      fc.property(session, (told) => {
        const scorecard = cardOf(told);
        const found = align(scorecard, peopleOf(told), agreedOf(told));
        for (const [at, person] of found.people.entries()) {
          expect(person.alignment === null).toBe(person.n === 0);
          const expected = byFormula(told, at);
          if (expected === null) expect(person.alignment).toBeNull();
          else expect(person.alignment).toBeCloseTo(expected, 9);
        }
      }),
    );
  });

  /** In doubles, with every share of the card written out. */
  function byFormula(told: Told, at: number): number | null {
    const all = told.sections[0] + told.sections[1];
    let [top, bottom] = [0, 0];
    for (const [place] of ids.entries()) {
      const section = place < 2 ? 0 : 1;
      const inSection = (told.weights[2 * section] ?? 0) + (told.weights[2 * section + 1] ?? 0);
      const answers = told.people.map((answers) => answers[place] ?? null);
      const given = answers.filter((one) => one !== null);
      const [first] = given;
      const isUnanimous =
        given.length >= 2 && first?.kind === 'scale' && given.every((one) => isEqual(one, first));
      const agreed = told.agreed[place] ?? (isUnanimous ? first : null);
      const own = answers[at];
      if (own?.kind !== 'scale' || agreed?.kind !== 'scale' || all === 0 || inSection === 0) continue;
      const v = ((told.sections[section] ?? 0) / all) * ((told.weights[place] ?? 0) / inSection);
      top += v * (100 - Math.abs(own.valueHundredths - agreed.valueHundredths) / 4);
      bottom += v;
    }
    return bottom === 0 ? null : top / bottom;
  }

  const isEqual = (one: Answer, other: Answer) =>
    one.kind === 'scale' && other.kind === 'scale' && one.valueHundredths === other.valueHundredths;
});
