import { describe, expect, it } from 'vitest';
import { board } from './board.ts';

describe('the words of a coefficient', () => {
  const value = { kind: 'value', value: -0.004, units: 3, tooLittleData: false, interval: null } as const;

  it('[X5] what rounds to nothing has no sign', () => {
    expect(board.coefficient(value)).toBe('0.00');
    expect(board.coefficient({ ...value, value: -0.014 })).toBe('−0.01');
    expect(board.coefficient({ ...value, value: 0.849 })).toBe('0.85');
  });

  const nothing = { ratings: 9, questions: 4 };

  it('[X5] so it is with the ends of its interval', () => {
    const interval = { low: -0.85, high: -0.001 };
    expect(board.coefficientAbout({ ...value, units: 5, interval }, nothing)).toBe(
      '95 % interval −0.85 to 0.00, 5 questions',
    );
  });

  it('[C8b] no interval under five questions, also of a board that holds one', () => {
    const frozen = { ...value, tooLittleData: true, interval: { low: -0.25, high: -0.18 } };
    expect(board.coefficientAbout(frozen, nothing)).toBe('3 questions. Too little data to trust');
  });

  it('[C8b] says what a coefficient rests on where that is one rating, or few', () => {
    const of = { ...value, units: 5, value: 0 };
    const about = (ratings: number, questions: number) => board.coefficientAbout(of, { ratings, questions });
    expect(about(1, 1)).toBe('5 questions. Rests on one differing rating: all others agree');
    expect(about(2, 2)).toBe('5 questions. Rests on 2 differing ratings: all others agree');
    expect(about(4, 1)).toBe('5 questions. Rests on 4 differing ratings, all on one question');
    expect(about(6, 3)).toBe('5 questions');
  });
});
