import { type BinaryQuestion, canonicalJson, type Scorecard } from '@attune/domain';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { commentKey, readSheet } from './sealed-doc.ts';
import { sheetSchema } from './views/answers.ts';

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

const read = (comment: string) => {
  const doc = new Y.Doc();
  doc.getText(commentKey('greeting')).insert(0, comment);
  return readSheet(doc, scorecard);
};

it('[C5] a comment with what no database holds is read as it can be kept, so that it cannot block the reveal', () => {
  expect(read('a\u0000b 😀 \ud83d')).toEqual({
    greeting: { answer: null, comment: 'a\ufffdb 😀 \ufffd', evidence: [] },
  });
});

it('[X1] whatever is typed, what is committed to can be said, stored, and read back the same', () => {
  const typed = fc.string({
    unit: fc.constantFrom('a', '\u0000', '\ud83d', '\ude00', '\n', '😀'),
    maxLength: 30,
  });
  fc.assert(
    fc.property(typed, (comment) => {
      const sheet = read(comment);
      expect(JSON.parse(canonicalJson(sheet))).toEqual(sheet);
      expect(sheetSchema.parse(sheet)).toEqual(sheet);
    }),
  );
});
