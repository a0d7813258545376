import type { BoardQuestion, Question } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import { columnsOf, isNamed, stepText } from './scale.ts';

const base = {
  id: 'q',
  prompt: 'How well?',
  guidance: '',
  weightHundredths: 100,
  required: true,
  naEligible: true,
  critical: 'none',
  comment: 'offered',
} as const;
const scale = (max: number): Question => ({
  ...base,
  type: 'scale',
  minHundredths: 100,
  maxHundredths: max * 100,
  stepHundredths: 100,
  anchors: [],
});
const binary: Question = { ...base, type: 'binary' };
const scored = (...scores: (number | null)[]) =>
  ({ answers: scores.map((q, at) => ({ participantId: String(at), q })) }) as unknown as BoardQuestion;

describe('the scale line of the meeting screen', () => {
  it('[J4] tells how far somebody moved in steps of the scale, and where its labels name a score', () => {
    expect([stepText(scale(5), 75, 25), stepText(binary, 0, 100)]).toEqual(['2', null]);
    expect([isNamed(scale(5), 25), isNamed(scale(5), 30), isNamed(scale(101), 30)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('[J4] groups more people than tiles by where they stand, N/A apart, with the round before', () => {
    const columns = columnsOf(scale(5), scored(0, 0, 25, 100, null), scored(100, 100, 25));
    expect(columns.map(({ q, count, before }) => [q, count, before])).toEqual([
      [0, 2, 0],
      [25, 1, 1],
      [50, 0, 0],
      [75, 0, 0],
      [100, 1, 2],
    ]);
    expect(columnsOf(binary, scored(0, 100, 100), null).map(({ count }) => count)).toEqual([1, 2]);
  });

  it('[J4] draws ranges where a scale has more places than columns, and loses nobody', () => {
    const everyone = Array.from({ length: 101 }, (_, q) => q);
    const columns = columnsOf(scale(101), scored(...everyone), null);
    expect(columns.map(({ count }) => count)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 11]);
    expect(Math.max(...columns.map(({ width }) => width))).toBeLessThan(10);
  });
});
