import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Sheet } from './answer.ts';
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
import { percentOf, scoreSheet } from './score.ts';
import type { Question, Scorecard } from './scorecard.ts';

const sheetOf = (answers: Readonly<Record<string, Answer | null>>): Sheet =>
  Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => [id, { answer, comment: '', evidence: [] }]),
  );

const sectionOf = (id: string, weightHundredths: number, ...questions: readonly Question[]) => ({
  id,
  title: id,
  weightHundredths,
  questions,
});

const cardOf = (...sections: Scorecard['sections']): Scorecard => ({ ...scorecardOf(), sections });

const text: Question = { ...binary('text'), type: 'text' };

describe('q, the percentage of one question', () => {
  const cases: readonly [string, Question, Answer | null, number | null][] = [
    ['binary pass', binary('q'), pass, 100],
    ['binary fail', binary('q'), fail, 0],
    ['scale 1-5: 4', scale('q', 1, 5), value(4), 75],
    ['scale -5 to 5: 0', scale('q', -5, 5), value(0), 50],
    ['scale 0-3: 2', scale('q', 0, 3), value(2), 200 / 3],
    ['rubric 10 / 8 / 5: 8', rubric('q', { a: 10, b: 8, c: 5 }), choice('b'), 80],
    ['rubric whose lowest level earns points', rubric('q', { a: 10, b: 5 }), choice('b'), 50],
    ['checklist 3 + 1 of 3, 1, 4', checklist('q', { a: 3, b: 1, c: 4 }), choices('a', 'b'), 50],
    ['checklist with nothing chosen', checklist('q', { a: 3, b: 1 }), choices(), 0],
    ['N/A', binary('q'), na, null],
    ['unanswered', binary('q'), null, null],
    ['text', text, { kind: 'text', text: 'x' }, null],
    ['rubric without points', rubric('q', { a: null, b: null }), choice('a'), null],
    ['checklist without points', checklist('q', { a: null }), choices('a'), null],
    ['a value off the scale', scale('q', 1, 5), value(6), null],
    ['a value below the scale', scale('q', 1, 5), value(0), null],
    ['an unknown level', rubric('q', { a: 10, b: 8 }), choice('z'), null],
    ['an unknown item', checklist('q', { a: 1 }), choices('a', 'z'), null],
    ['the answer of another type', binary('q'), value(4), null],
  ];
  for (const [name, question, answer, expected] of cases) {
    it(`[scoring 1] ${name}: ${expected ?? 'none'}`, () => {
      expect(percentOf(question, answer)).toBe(expected);
    });
  }
});

describe('sections and total', () => {
  it('[scoring 1] a section is the weighted mean of its questions, the total that of its sections', () => {
    const card = cardOf(
      sectionOf('one', 100, scale('a', 0, 10, { weightHundredths: 300 }), scale('b', 0, 10)),
      sectionOf('two', 300, binary('c')),
    );
    expect(scoreSheet(card, sheetOf({ a: value(10), b: value(6), c: fail }))).toEqual({
      total: { score: 22.5, beforeCritical: 22.5 },
      sections: [
        { sectionId: 'one', score: 90, beforeCritical: 90 },
        { sectionId: 'two', score: 0, beforeCritical: 0 },
      ],
    });
  });

  it('[scoring 1] N/A, unanswered, unscored and weightless drop out of both sums; what has nothing left has no score', () => {
    const card = cardOf(
      sectionOf('one', 100, binary('a'), binary('b'), text, binary('free', { weightHundredths: 0 })),
      sectionOf('two', 900, binary('c'), binary('d')),
    );
    const scored = scoreSheet(card, sheetOf({ a: pass, b: na, free: fail, c: na, d: null }));
    expect(scored.total).toEqual({ score: 100, beforeCritical: 100 });
    expect(scored.sections[1]).toEqual({ sectionId: 'two', score: null, beforeCritical: null });
    expect(scoreSheet(card, {}).total).toEqual({ score: null, beforeCritical: null });
  });

  it('[scoring 1] a failed section-critical question sets its section to 0 and the total is the mean with that 0', () => {
    const card = cardOf(
      sectionOf('one', 100, binary('a', { critical: 'section' }), scale('b', 0, 10)),
      sectionOf('two', 100, scale('c', 0, 10)),
    );
    expect(scoreSheet(card, sheetOf({ a: fail, b: value(10), c: value(8) }))).toEqual({
      total: { score: 40, beforeCritical: 40 },
      sections: [
        { sectionId: 'one', score: 0, beforeCritical: 50 },
        { sectionId: 'two', score: 80, beforeCritical: 80 },
      ],
    });
  });

  it('[scoring 1] a failed scorecard-critical question sets the total to 0 and leaves its section', () => {
    const card = cardOf(
      sectionOf('one', 100, binary('a', { critical: 'scorecard' }), binary('b')),
      sectionOf('two', 100, binary('c')),
    );
    expect(scoreSheet(card, sheetOf({ a: fail, b: pass, c: pass }))).toEqual({
      total: { score: 0, beforeCritical: 75 },
      sections: [
        { sectionId: 'one', score: 50, beforeCritical: 50 },
        { sectionId: 'two', score: 100, beforeCritical: 100 },
      ],
    });
  });

  it('[scoring 1] a critical question counts though it weighs nothing; N/A on it, or part of it, fails nothing', () => {
    const critical = scale('a', 0, 10, { critical: 'scorecard', weightHundredths: 0 });
    const card = cardOf(sectionOf('one', 100, critical, binary('b')));
    expect(scoreSheet(card, sheetOf({ a: value(0), b: pass })).total).toEqual({
      score: 0,
      beforeCritical: 100,
    });
    for (const answer of [na, value(1), null]) {
      expect(scoreSheet(card, sheetOf({ a: answer, b: pass })).total.score).toBe(100);
    }
    expect(scoreSheet(card, sheetOf({ a: value(0) })).total).toEqual({ score: 0, beforeCritical: null });
  });
});

const anyWeight = fc.integer({ min: 0, max: 10_000 });
const anyCard = fc
  .array(
    fc.tuple(
      anyWeight,
      fc.array(
        fc.tuple(
          anyWeight,
          fc.constantFrom('none', 'section', 'scorecard'),
          fc.option(fc.integer({ min: 0, max: 7 })),
        ),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((sections) => ({
    card: cardOf(
      ...sections.map(([weight, questions], place) =>
        sectionOf(
          `s${place}`,
          weight,
          ...questions.map(([weightHundredths, critical], index) =>
            scale(`s${place}q${index}`, 0, 7, { weightHundredths, critical }),
          ),
        ),
      ),
    ),
    sheet: sheetOf(
      Object.fromEntries(
        sections.flatMap(([, questions], place) =>
          questions.map(([, , given], index) => [`s${place}q${index}`, given === null ? na : value(given)]),
        ),
      ),
    ),
  }));

describe('properties', () => {
  it('[scoring 1] every score lies in 0 to 100, and a critical failure never raises one', () => {
    fc.assert(
      fc.property(anyCard, ({ card, sheet }) => {
        const { total, sections } = scoreSheet(card, sheet);
        for (const { score, beforeCritical } of [total, ...sections]) {
          for (const figure of [score, beforeCritical]) {
            if (figure === null) continue;
            expect(figure).toBeGreaterThanOrEqual(0);
            expect(figure).toBeLessThanOrEqual(100);
          }
          if (score !== null && beforeCritical !== null) expect(score).toBeLessThanOrEqual(beforeCritical);
        }
      }),
    );
  });

  it('[scoring 1] multiplying every weight by the same changes no score', () => {
    fc.assert(
      fc.property(anyCard, fc.integer({ min: 1, max: 1_000 }), ({ card, sheet }, factor) => {
        const heavier: Scorecard = {
          ...card,
          sections: card.sections.map((section) => ({
            ...section,
            weightHundredths: section.weightHundredths * factor,
            questions: section.questions.map((question) => ({
              ...question,
              weightHundredths: question.weightHundredths * factor,
            })),
          })),
        };
        expect(scoreSheet(heavier, sheet)).toEqual(scoreSheet(card, sheet));
      }),
    );
  });
});
