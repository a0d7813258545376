import { describe, expect, it } from 'vitest';
import type { Answer } from './answer.ts';
import type { Coefficient } from './board.ts';
import {
  choseNa,
  differingRatings,
  intervalToShow,
  naSplitsOf,
  readingOrder,
  restsOnFew,
  standingOf,
  verdictOf,
  whatIsLeft,
} from './board-reading.ts';
import { buildBoard } from './build-board.ts';
import { binary, fail, na, pass, scale, scorecardOf, value } from './questions.fixture.ts';
import type { Question } from './scorecard.ts';

const text: Question = { ...binary('t'), type: 'text' };
const written: Answer = { kind: 'text', text: 'Well done' };

/** A board on threshold 10: to each question one answer a participant. */
function boardOf(...asked: readonly (readonly [Question, ...(Answer | null)[]])[]) {
  const people = Math.max(...asked.map((one) => one.length - 1));
  return buildBoard({
    scorecard: scorecardOf(...asked.map(([question]) => question)),
    thresholdHundredths: 1_000,
    participants: Array.from({ length: people }, (_, at) => ({
      id: `p${at + 1}`,
      sheet: Object.fromEntries(
        asked.map(([{ id }, ...answers]) => [id, { answer: answers[at] ?? null, comment: '', evidence: [] }]),
      ),
    })),
  });
}

const board = boardOf(
  [text, written, written, written],
  [binary('none'), null, null, null],
  [binary('same'), pass, pass, null],
  [binary('split'), pass, pass, na],
  [binary('allNa'), na, na, na],
  [scale('apart', 0, 10), value(2), value(9), value(9)],
  [binary('one'), pass, null, null],
  [binary('oneOfThree'), pass, na, na],
);

describe('how a question stands', () => {
  it('[C8] what was never compared is not called agreed: all N/A, one score, nobody, written', () => {
    expect(Object.fromEntries(board.questions.map((one) => [one.questionId, standingOf(one)]))).toEqual({
      t: 'not-compared',
      none: 'not-compared',
      same: 'agreed',
      split: 'na-split',
      allNa: 'not-compared',
      apart: 'flagged',
      one: 'not-compared',
      oneOfThree: 'na-split',
    });
  });

  it('[C8] is read flagged first, then N/A splits, then agreed, then not compared, each in scorecard order', () => {
    expect(readingOrder(board)).toEqual([
      'apart',
      'split',
      'oneOfThree',
      'same',
      't',
      'none',
      'allNa',
      'one',
    ]);
  });

  it('[C12] an N/A split tells who chose it', () => {
    const of = (id: string) => board.questions.find(({ questionId }) => questionId === id);
    expect([of('oneOfThree'), of('same')].map((one) => one && choseNa(one))).toEqual([['p2', 'p3'], []]);
  });
});

describe('what is left', () => {
  const asked = { flaggedQuestionIds: ['apart'], naSplitIds: naSplitsOf(board) };
  const open = { agreed: null, cause: null, noted: false };

  it('[C11] flagged questions must be resolved, N/A splits may be left, and nothing else is left at all', () => {
    expect(whatIsLeft(asked, [])).toEqual({ mustResolve: ['apart'], mayLeave: ['split', 'oneOfThree'] });
  });

  it('[C11] a note or an agreed answer settles either, a cause alone neither', () => {
    const resolutions = [
      { ...open, questionId: 'apart', noted: true },
      { ...open, questionId: 'split', agreed: na },
      { ...open, questionId: 'oneOfThree', cause: 'na' as const },
    ];
    expect(whatIsLeft(asked, resolutions)).toEqual({ mustResolve: [], mayLeave: ['oneOfThree'] });
  });
});

describe('what a coefficient may say', () => {
  const coefficient = (units: number): Coefficient => ({
    kind: 'value',
    value: -0.21,
    units,
    tooLittleData: units < 5,
    interval: { low: -0.25, high: -0.18 },
  });

  it('[C8b] shows no interval under five questions, also of boards that hold one', () => {
    expect([3, 4, 5].map((units) => intervalToShow(coefficient(units)))).toEqual([
      null,
      null,
      { low: -0.25, high: -0.18 },
    ]);
    expect(intervalToShow({ kind: 'no-variation', units: 9 })).toBeNull();
  });

  it('[C8b] tells on how many ratings it rests: four questions alike, in the fifth one rating off', () => {
    const alike = ['a', 'b', 'c', 'd'].map((id) => [binary(id), pass, pass, pass] as const);
    const one = boardOf(...alike, [binary('e'), pass, fail, pass]);
    expect(differingRatings(one, 'scored')).toEqual({ ratings: 1, questions: 1 });
    expect(differingRatings(one, 'binary')).toEqual({ ratings: 1, questions: 1 });
    expect(one.reliability.alphaInterval).toMatchObject({ kind: 'value', value: 0 });
    expect(restsOnFew(differingRatings(one, 'scored'))).toBe(true);
  });

  it('[C8b] one question alone is few, whoever differs in it; several with several ratings are not; none is nothing', () => {
    const split = boardOf(
      [binary('a'), pass, pass, pass, pass],
      [scale('b', 0, 10), value(1), value(4), value(7), value(9)],
    );
    expect(differingRatings(split, 'scored')).toEqual({ ratings: 3, questions: 1 });
    expect(differingRatings(split, 'binary')).toEqual({ ratings: 0, questions: 0 });
    expect(restsOnFew({ ratings: 3, questions: 1 })).toBe(true);
    expect(restsOnFew({ ratings: 3, questions: 2 })).toBe(false);
    expect(restsOnFew({ ratings: 0, questions: 0 })).toBe(false);
  });
});

describe('the verdict', () => {
  it('[C8b] counts what was agreed on of what could be compared, and N/A splits apart', () => {
    // The last has one score: nothing to compare, but a split.
    const of = boardOf(
      [binary('a'), pass, pass, pass],
      [scale('b', 0, 10), value(3), value(9), value(9)],
      [binary('c'), pass, na, pass],
      [binary('d'), pass, na, na],
    );
    expect(verdictOf(of)).toEqual({ compared: 3, agreed: 2, flagged: 1, naSplits: 2 });
  });
});
