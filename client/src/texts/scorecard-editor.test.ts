import { type PublishProblem, publishProblems, type Question, type Scorecard } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import { m } from '../paraglide/messages.js';
import { collisionText, fieldText, placeOfPointer, problemAt } from './scorecard-editor.ts';
import { importProblems, placeInDocument } from './scorecard-import.ts';

/** Every code there is; the compiler sees to it. */
const codes: Record<PublishProblem['code'], true> = {
  'name-missing': true,
  'no-sections': true,
  'title-missing': true,
  'no-questions': true,
  'prompt-missing': true,
  'id-repeated': true,
  'id-reserved': true,
  'weight-negative': true,
  'weights-all-zero': true,
  'scale-empty': true,
  'step-does-not-fit': true,
  'too-many-steps': true,
  'anchor-off-scale': true,
  'anchor-repeated': true,
  'too-few-options': true,
  'option-label-missing': true,
  'option-label-repeated': true,
  'points-mixed': true,
  'points-negative': true,
  'points-all-equal': true,
  'example-empty': true,
  'example-of-nothing': true,
  'critical-unscored': true,
  'comment-rule-unscored': true,
};

const question: Question = {
  id: 'q2',
  type: 'rubric',
  prompt: 'Probes',
  guidance: '',
  weightHundredths: 150,
  required: true,
  naEligible: false,
  critical: 'section',
  comment: 'offered',
  options: [
    { id: 'x', label: 'Openly', pointsHundredths: 250 },
    { id: 'y', label: '', pointsHundredths: 0 },
  ],
};
const card: Scorecard = {
  name: 'Calls',
  description: '',
  passMarkHundredths: null,
  disputeWindowHours: 72,
  sections: [
    {
      id: 's1',
      title: 'Opening',
      weightHundredths: 100,
      questions: [{ ...question, id: 'q1', prompt: ' ' }],
    },
    { id: 's2', title: '', weightHundredths: 100, questions: [question] },
  ],
};

describe('a draft in words', () => {
  it('[E12] whatever keeps it from being published has a sentence of its own', () => {
    const sentences = Object.keys(codes).map((code) => m.editor_problem({ code }));
    expect(sentences.filter((sentence) => sentence === '')).toEqual([]);
    expect(new Set(sentences).size).toBeGreaterThan(sentences.length - 2);
  });

  it('[E12] a problem’s pointer leads to what is in hand there, and is said at its field alone', () => {
    const problems = publishProblems(card);
    expect(problems.map(({ pointer }) => [pointer, placeOfPointer(card, pointer)])).toEqual([
      ['/sections/0/questions/0/prompt', { id: 'q1', title: 'Question 1' }],
      ['/sections/0/questions/0/options/1/label', { id: 'q1', title: 'Question 1, option 2' }],
      ['/sections/1/title', { id: 's2', title: 'Untitled section' }],
      ['/sections/1/questions/0/options/1/label', { id: 'q2', title: 'Question 2, option 2' }],
    ]);
    expect(problemAt(problems, '/sections/0/questions/0/prompt')).toBe('Write the question.');
    expect(problemAt(problems, '/sections/0/questions/0')).toBeNull();
    expect(placeOfPointer(card, '/name')).toEqual({ id: '', title: 'The scorecard' });
  });

  it('[E13] a field is read as people say it', () => {
    expect(fieldText(question, 'answers')).toBe('Openly (2.5 points)\n (0 points)');
    expect(fieldText({ ...question, toleranceHundredths: 1_250 }, 'tolerance')).toBe('12.5\u202f%');
    expect(fieldText(question, 'tolerance')).toBe('None: the calibration’s threshold applies');
    expect([fieldText(question, 'weight'), fieldText(question, 'guidance')]).toEqual(['1.5', 'None']);
    expect(fieldText(question, 'critical')).toBe('For the section');
  });

  it('[E11] what both changed names question and field', () => {
    expect(collisionText({ of: 'question', id: 'q2', field: 'prompt' }, card)).toBe('Probes: Question');
    expect(collisionText({ of: 'card', field: 'passMark' }, card)).toBe('The scorecard: Pass mark');
  });

  it('[S7] an import’s problems stand at their place in the file, never in a schema’s words', () => {
    expect(placeInDocument('/sections/0/questions/2/options/1/points')).toBe(
      'Section 1, question 3, option 2, points',
    );
    expect(placeInDocument('')).toBe('The file');
    expect(importProblems({ code: 'prompt-missing' })).toBe('Write the question.');
    expect(importProblems({ code: 'of-tomorrow' })).toBe('Check what you entered.');
  });
});
