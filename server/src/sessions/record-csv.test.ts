import type { Question, Scorecard } from '@attune/domain';
import { expect, it } from 'vitest';
import { answerCell } from './record-csv.ts';

const common = {
  prompt: 'Asked',
  guidance: '',
  weightHundredths: 100,
  required: true,
  naEligible: true,
  critical: 'none',
  comment: 'offered',
} as const;
const options = ['a', 'b'].map((id) => ({ id, label: id.toUpperCase(), pointsHundredths: 100 }));
const questions: Question[] = [
  {
    ...common,
    id: 's',
    type: 'scale',
    minHundredths: 0,
    maxHundredths: 100,
    stepHundredths: 25,
    anchors: [],
  },
  { ...common, id: 'r', type: 'rubric', options },
  { ...common, id: 'c', type: 'checklist', options },
  { ...common, id: 'b', type: 'binary' },
  { ...common, id: 't', type: 'text' },
];
const card: Scorecard = {
  name: 'Card',
  description: '',
  passMarkHundredths: null,
  disputeWindowHours: 72,
  sections: [{ id: 'all', title: 'All', weightHundredths: 100, questions }],
};

it('[C12] answers read as people gave them', () => {
  expect([
    answerCell(card, 's', { kind: 'scale', valueHundredths: 75 }),
    answerCell(card, 'r', { kind: 'rubric', optionId: 'b' }),
    answerCell(card, 'c', { kind: 'checklist', optionIds: ['a', 'b'] }),
    answerCell(card, 'c', { kind: 'checklist', optionIds: [] }),
    answerCell(card, 'b', { kind: 'binary', pass: true }),
    answerCell(card, 'b', { kind: 'binary', pass: false }),
    answerCell(card, 't', { kind: 'text', text: 'Warm.' }),
    answerCell(card, 's', { kind: 'na' }),
    answerCell(card, 's', null),
    answerCell(card, 's', { kind: 'scorecard-needs-changing' }),
  ]).toEqual(['0.75', 'B', 'A, B', 'None', 'Pass', 'Fail', 'Warm.', 'N/A', '', 'Scorecard needs changing']);
});
