import { describe, expect, it } from 'vitest';
import { type Answer, checkAnswer, isAnswered, progressOf, type SheetEntry } from './answer.ts';
import {
  binary,
  checklist,
  choice,
  choices,
  na,
  pass,
  rubric,
  scale,
  scorecardOf,
  value,
} from './questions.fixture.ts';
import type { Question } from './scorecard.ts';

const entry = (answer: Answer | null): SheetEntry => ({ answer, comment: '', evidence: [] });
const text: Question = { ...binary('t'), type: 'text' };
const half = scale('s', 0, 1, { stepHundredths: 50 });

describe('legal answers', () => {
  const cases: readonly [string, Question, Answer | null, string | null][] = [
    ['nothing yet', binary('q'), null, null],
    ['N/A where eligible', binary('q'), na, null],
    ['N/A where not eligible', binary('q', { naEligible: false }), na, 'na-not-eligible'],
    ['a step of the scale', half, { kind: 'scale', valueHundredths: 50 }, null],
    ['between two steps', half, { kind: 'scale', valueHundredths: 25 }, 'illegal-answer'],
    ['above the scale', half, value(2), 'illegal-answer'],
    ['below the scale', half, value(-1), 'illegal-answer'],
    ['no number', half, { kind: 'scale', valueHundredths: Number.NaN }, 'illegal-answer'],
    ['a level', rubric('q', { a: 1, b: 0 }), choice('a'), null],
    ['an unknown level', rubric('q', { a: 1, b: 0 }), choice('c'), 'illegal-answer'],
    ['no item', checklist('q', { a: 1, b: 1 }), choices(), null],
    ['items in order', checklist('q', { a: 1, b: 1 }), choices('a', 'b'), null],
    ['items out of order', checklist('q', { a: 1, b: 1 }), choices('b', 'a'), 'illegal-answer'],
    ['an item twice', checklist('q', { a: 1, b: 1 }), choices('a', 'a'), 'illegal-answer'],
    ['an unknown item', checklist('q', { a: 1 }), choices('z'), 'illegal-answer'],
    ['the answer of another type', binary('q'), choice('a'), 'illegal-answer'],
    ['a text', text, { kind: 'text', text: 'Well done.' }, null],
    ['an endless text', text, { kind: 'text', text: 'x'.repeat(20_001) }, 'illegal-answer'],
  ];
  for (const [name, question, answer, code] of cases) {
    it(`[C6] ${name}: ${code ?? 'legal'}`, () => {
      expect(checkAnswer(question, answer)?.code ?? null).toBe(code);
    });
  }
});

it('[C5] progress counts answers of the scorecard alone, N/A among them', () => {
  const card = scorecardOf(binary('a'), binary('b'), text, checklist('d', { a: 1 }));
  const sheet = {
    a: entry(na),
    zzz: entry(pass),
    t: entry({ kind: 'text', text: ' ' }),
    d: entry(choices()),
  };
  expect(progressOf(card, sheet)).toEqual({ answered: 2, questions: 4 });
  expect(isAnswered(undefined)).toBe(false);
});
