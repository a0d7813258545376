import type { Question, ScaleQuestion } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import { answerByDigit, hasButtons, scaleValueOf, toggled } from './answer-keys.ts';

const base = {
  id: 'q',
  prompt: '',
  guidance: '',
  weightHundredths: 100,
  required: true,
  naEligible: true,
  critical: 'none',
  comment: 'offered',
} as const;
const scale = (min: number, max: number, step = 1): ScaleQuestion => ({
  ...base,
  type: 'scale',
  minHundredths: min * 100,
  maxHundredths: max * 100,
  stepHundredths: step * 100,
  anchors: [],
});
const options = ['a', 'b', 'c'].map((id) => ({ id, label: id, pointsHundredths: null }));
const checklist: Question = { ...base, type: 'checklist', options };

describe('answering by digits', () => {
  it('[S2] chooses a value of a scale by the way it is written', () => {
    expect(scaleValueOf(scale(1, 5), 3)).toBe(300);
    expect(scaleValueOf(scale(0, 10), 0)).toBe(0);
    expect(scaleValueOf(scale(1, 10), 0)).toBe(1_000);
    expect(scaleValueOf(scale(1, 5), 6)).toBeNull();
  });

  it('[S2] chooses by place where no value is a digit', () => {
    expect(scaleValueOf(scale(20, 100, 20), 2)).toBe(4_000);
    expect(scaleValueOf(scale(20, 100, 20), 6)).toBeNull();
  });

  it('[S2] leaves a slider to its own keys', () => {
    expect(hasButtons(scale(0, 10))).toBe(true);
    expect(hasButtons(scale(0, 11))).toBe(false);
    expect(scaleValueOf(scale(0, 100), 5)).toBeNull();
  });

  it('[S2] passes with 1 and fails with 2, and nothing else', () => {
    const binary: Question = { ...base, type: 'binary' };
    expect(answerByDigit(binary, null, 1)).toEqual({ kind: 'binary', pass: true });
    expect(answerByDigit(binary, null, 2)).toEqual({ kind: 'binary', pass: false });
    expect(answerByDigit(binary, null, 3)).toBeNull();
  });

  it('[S2] keeps a checklist in the scorecard’s order, whatever the order of presses', () => {
    const first = toggled(checklist, null, 'c');
    expect(toggled(checklist, first, 'a')).toEqual({ kind: 'checklist', optionIds: ['a', 'c'] });
  });

  it('[S2] leaves an empty checklist answered when the last option is taken away', () => {
    const one = answerByDigit(checklist, null, 2);
    expect(answerByDigit(checklist, one, 2)).toEqual({ kind: 'checklist', optionIds: [] });
  });

  it('[S2] forgets N/A when an option is chosen', () => {
    expect(answerByDigit(checklist, { kind: 'na' }, 1)).toEqual({ kind: 'checklist', optionIds: ['a'] });
  });
});
