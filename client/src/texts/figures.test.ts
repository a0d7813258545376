import { type Answer, buildBoard, type Question } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import { figures } from './figures.ts';

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
const scale = (min: number, max: number, step = 1): Question => ({
  ...base,
  type: 'scale',
  minHundredths: min * 100,
  maxHundredths: max * 100,
  stepHundredths: step * 100,
  anchors: [],
});
const binary: Question = { ...base, type: 'binary' };
const withPoints = (type: 'rubric' | 'checklist', ...points: (number | null)[]): Question => ({
  ...base,
  type,
  options: points.map((value, at) => ({
    id: `o${at}`,
    label: `Option ${at}`,
    pointsHundredths: value === null ? null : value * 100,
  })),
});
const value = (points: number): Answer => ({ kind: 'scale', valueHundredths: points * 100 });
const pass: Answer = { kind: 'binary', pass: true };
const fail: Answer = { kind: 'binary', pass: false };

/** The numbers of one question with these answers. */
function numbersOf(question: Question, answers: readonly (Answer | null)[], thresholdHundredths = 1_000) {
  const board = buildBoard({
    scorecard: {
      name: 'Voice',
      description: '',
      passMarkHundredths: null,
      disputeWindowHours: 72,
      sections: [{ id: 's', title: 'S', weightHundredths: 100, questions: [question] }],
    },
    thresholdHundredths,
    participants: answers.map((answer, at) => ({
      id: `p${at}`,
      sheet: { q: { answer, comment: '', evidence: [] } },
    })),
  });
  const [numbers] = board.questions;
  if (!numbers) throw new Error('no numbers');
  return numbers;
}

const mean = (question: Question, ...answers: Answer[]) =>
  figures.score(question, numbersOf(question, answers).mean ?? -1);
const median = (question: Question, ...answers: Answer[]) =>
  figures.median(question, numbersOf(question, answers).median ?? -1);

describe('a number and its unit', () => {
  it('[C8b] mean and median of a scale are values of the scale, exact, with one decimal', () => {
    expect(mean(scale(1, 5), value(2), value(3), value(3), value(3))).toBe('2.8');
    expect(mean(scale(1, 5), value(4), value(4), value(5))).toBe('4.3');
    expect(median(scale(1, 5), value(4), value(4), value(5))).toBe('4');
    expect(mean(scale(0, 10), value(3), value(4))).toBe('3.5');
    expect(mean(scale(-5, 5), value(-5), value(0))).toBe('−2.5');
  });

  it('[C8b] a value of a finer scale is told as it was chosen', () => {
    expect(figures.score(scale(0, 1, 0.25), 25)).toBe('0.25');
    expect(figures.score(scale(0, 10, 0.5), 75)).toBe('7.5');
  });

  it('[C8b] of pass and fail the mean is the share that passed, the median one of them', () => {
    expect(mean(binary, pass, pass, pass, pass, pass, fail)).toBe('83.3\u202f% passed');
    expect([
      median(binary, pass, pass, fail),
      median(binary, fail, fail, pass),
      median(binary, pass, fail),
    ]).toEqual(['Pass', 'Fail', 'Between pass and fail']);
  });

  it('[C8b] points are what options earn, of as many as there are', () => {
    const rubric = withPoints('rubric', 10, 8, 5);
    expect(mean(rubric, option(0), option(1))).toBe('9 of 10 points');
    expect(figures.earned(rubric, 80)).toBe('8 of 10 points');
    const list = withPoints('checklist', 1, 1, 0.5);
    expect(figures.earned(list, 60)).toBe('1.5 of 2.5 points');
    expect(figures.earned(withPoints('rubric', 1, 0), 0)).toBe('0 of 1 point');
    const unscored = withPoints('rubric', null, null);
    expect([
      figures.earned(unscored, null),
      figures.earned(scale(1, 5), 50),
      figures.earned(binary, 100),
    ]).toEqual([null, null, null]);
  });

  it('[C8b] how far apart is said in percent with its n, whatever it was measured by', () => {
    const apart = (question: Question, answers: Answer[], threshold?: number) =>
      figures.apart(question, numbersOf(question, answers, threshold), threshold ?? 1_000);
    expect(apart(scale(1, 5), [value(4), value(4), value(5)])).toBe('25\u202f% apart, n = 3');
    expect(apart(withPoints('rubric', 10, 3), [option(0), option(1)])).toBe('70\u202f% apart, n = 2');
    expect(apart(withPoints('rubric', null, null), [option(0), option(0), option(1)])).toBe(
      '33.3\u202f% apart, n = 3',
    );
    expect(apart(binary, [{ kind: 'na' }, { kind: 'na' }])).toBe('all N/A');
  });

  it('[C8b] a third over a threshold of 33.33 % is told as 33.333 %, not as less than it', () => {
    const third = numbersOf(scale(0, 3), [value(0), value(1)], 3_333);
    expect(third.flagged).toBe(true);
    expect([figures.divergence(scale(0, 3), third, 3_333), figures.threshold(3_333)]).toEqual([
      '33.333\u202f%',
      '33.33\u202f%',
    ]);
  });

  it('[E14] beside a tolerance of the question’s own it has the decimals that needs', () => {
    const own: Question = { ...base, type: 'binary', toleranceHundredths: 6_667 };
    const numbers = numbersOf(own, [pass, fail]);
    const third = { ...numbers, divergence: 200 / 3 };
    expect(figures.apart(own, third, 1_000)).toBe('66.667\u202f% apart, n = 2');
  });

  it('[C13] a movement tells both rounds in percent, and why one has none', () => {
    const before = numbersOf(scale(1, 5), [value(1), value(5)]);
    const after = numbersOf(scale(1, 5), [value(4), value(4)]);
    expect(figures.movement(before, after)).toEqual(['100\u202f%', '0\u202f%']);
    expect(figures.movement(before, numbersOf(scale(1, 5), [value(4), { kind: 'na' }]))).toEqual([
      '100\u202f%',
      'one score',
    ]);
  });
});

function option(at: number): Answer {
  return { kind: 'rubric', optionId: `o${at}` };
}
