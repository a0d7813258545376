import { buildBoard, type Question, type Scorecard } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import { board } from './board.ts';

describe('what decided a flag', () => {
  const question: Question = {
    id: 'q',
    type: 'binary',
    prompt: 'Greets',
    guidance: '',
    weightHundredths: 100,
    required: true,
    naEligible: false,
    critical: 'none',
    comment: 'offered',
  };
  const tolerant: Question = { ...question, id: 't', toleranceHundredths: 1_050 };
  const scorecard: Scorecard = {
    name: 'Voice',
    description: '',
    passMarkHundredths: null,
    disputeWindowHours: 72,
    sections: [{ id: 's', title: 'S', weightHundredths: 100, questions: [question, tolerant] }],
  };
  const entry = (pass: boolean) => ({ answer: { kind: 'binary' as const, pass }, comment: '', evidence: [] });
  const of = buildBoard({
    scorecard,
    thresholdHundredths: 2_500,
    participants: [
      { id: 'one', sheet: { q: entry(true), t: entry(true) } },
      { id: 'two', sheet: { q: entry(true), t: entry(false) } },
    ],
  });
  const [first, second] = of.questions;
  if (!first || !second) throw new Error('no numbers');

  it('[E14] a verdict names the question’s tolerance, or the session’s threshold', () => {
    expect(board.verdict(question, first, 2_500)).toBe('within the threshold of 25\u202f%');
    expect(board.verdict(tolerant, second, 2_500)).toBe('over the question’s tolerance of 10.5\u202f%');
    expect(board.verdict(tolerant, first, 2_500)).toBe('within the question’s tolerance of 10.5\u202f%');
  });

  it('[E14] a board in a line says how many have a tolerance of their own, where any has', () => {
    expect(board.summary(of, scorecard)).toBe(
      '1 of 2 questions flagged · threshold 25\u202f%, 1 question has its own tolerance',
    );
    expect(board.summary(of, { sections: [] })).toBe('1 of 2 questions flagged · threshold 25\u202f%');
  });
});

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
