import { describe, expect, it } from 'vitest';
import { board } from './board.ts';

describe('the words of a coefficient', () => {
  const value = { kind: 'value', value: -0.004, units: 3, tooLittleData: false, interval: null } as const;

  it('[X5] what rounds to nothing has no sign', () => {
    expect(board.coefficient(value)).toBe('0.00');
    expect(board.coefficient({ ...value, value: -0.014 })).toBe('−0.01');
    expect(board.coefficient({ ...value, value: 0.849 })).toBe('0.85');
  });

  it('[X5] so it is with the ends of its interval', () => {
    const interval = { low: -0.85, high: -0.001 };
    expect(board.coefficientAbout({ ...value, interval })).toBe('95 % interval −0.85 to 0.00, 3 questions');
  });
});
