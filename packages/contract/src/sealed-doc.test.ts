import type { BinaryQuestion, Scorecard } from '@attune/domain';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { commentKey, readSheet } from './sealed-doc.ts';

const question: BinaryQuestion = {
  id: 'greeting',
  type: 'binary',
  prompt: 'Greets the caller',
  guidance: '',
  weightHundredths: 100,
  required: true,
  naEligible: false,
  critical: 'none',
  comment: 'offered',
};
const scorecard: Scorecard = {
  name: 'Voice',
  description: '',
  passMarkHundredths: null,
  disputeWindowHours: 72,
  sections: [{ id: 'opening', title: 'Opening', weightHundredths: 100, questions: [question] }],
};

it('[C5] a comment with what no database holds is read as it can be kept, so that it cannot block the reveal', () => {
  const doc = new Y.Doc();
  doc.getText(commentKey('greeting')).insert(0, 'a\u0000b 😀 \ud83d');
  expect(readSheet(doc, scorecard)).toEqual({
    greeting: { answer: null, comment: 'ab 😀 \ufffd', evidence: [] },
  });
});
