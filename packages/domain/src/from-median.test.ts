import { describe, expect, it } from 'vitest';
import type { Answer } from './answer.ts';
import { buildBoard } from './build-board.ts';
import { distancesFromMedian } from './from-median.ts';
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
import type { Question } from './scorecard.ts';

/** A board of one sheet a person, each with these answers in the questions' order. */
const boardOf = (questions: readonly Question[], ...people: readonly (readonly (Answer | null)[])[]) =>
  buildBoard({
    scorecard: scorecardOf(...questions),
    thresholdHundredths: 1_000,
    participants: people.map((answers, index) => ({
      id: `p${index + 1}`,
      sheet: Object.fromEntries(
        questions.map(({ id }, at) => [id, { answer: answers[at] ?? null, comment: '', evidence: [] }]),
      ),
    })),
  });

function distances(question: Question, ...answers: readonly (Answer | null)[]) {
  const [numbers] = boardOf([question], ...answers.map((answer) => [answer])).questions;
  const found = numbers ? distancesFromMedian(numbers) : new Map();
  return answers.map((_, index) => found.get(`p${index + 1}`)?.by ?? null);
}

describe('how far an answer lies from the middle', () => {
  it('[C8] one outlier of four is one, whichever side it is on', () => {
    expect(distances(binary('b'), pass, pass, pass, fail)).toEqual([0, 0, 0, -100]);
    expect(distances(binary('b'), fail, fail, fail, pass)).toEqual([0, 0, 0, 100]);
    expect(distances(scale('s', 1, 5), value(4), value(4), value(2), value(5))).toEqual([0, 0, -50, 25]);
  });

  it('[C8] a room split in halves is half off, each to its side', () => {
    expect(distances(binary('b'), pass, pass, fail, fail)).toEqual([50, 50, -50, -50]);
  });

  it('[C8] N/A, no answer, texts and single scores are not placed', () => {
    expect(distances(binary('b'), pass, na, fail, null)).toEqual([50, null, -50, null]);
    expect(distances(binary('b'), pass, na, na)).toEqual([null, null, null]);
  });

  it('[C8] a choice without points has no side: the outlier is off, a split room half', () => {
    const why = rubric('r', { x: null, y: null });
    expect(distances(why, choice('x'), choice('x'), choice('x'), choice('y'))).toEqual([0, 0, 0, 100]);
    expect(distances(why, choice('x'), choice('y'))).toEqual([50, 50]);
    const tags = checklist('c', { x: null, y: null, z: null });
    expect(distances(tags, choices('x', 'y'), choices('x', 'y'), choices('x'), na)).toEqual([0, 0, 50, null]);
  });
});
