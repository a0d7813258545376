import fc from 'fast-check';
import { expect, it } from 'vitest';
import { referenceOf } from './board-reference.fixture.ts';
import { buildBoard } from './build-board.ts';
import { binary, checklist, rubric, scale } from './questions.fixture.ts';
import { anySheetOf, inTwoSections } from './sheets.fixture.ts';

const questions = [
  scale('wide', 0, 100),
  scale('narrow', 1, 8, { weightHundredths: 250 }),
  binary('first'),
  binary('second'),
  binary('third', { weightHundredths: 0 }),
  rubric('rubric', { a: 10, b: 8, c: 5, d: 0 }),
  checklist('checklist', { a: 1, b: 1, c: 3 }),
  rubric('choice', { a: null, b: null, c: null }),
  checklist('tags', { a: null, b: null, c: null }),
];
const scorecard = inTwoSections(questions, 4);
const anySheet = anySheetOf(questions);

it('[scoring] every number of a board is, to the last bit, the one of the plain formulas, pair by pair', () => {
  fc.assert(
    fc.property(fc.array(anySheet, { minLength: 1, maxLength: 9 }), (sheets) => {
      const participants = sheets.map((sheet, index) => ({ id: `p${index}`, sheet }));
      const input = { scorecard, thresholdHundredths: 1_000, participants };
      const board = buildBoard(input);
      const plain = referenceOf(input);
      board.questions.forEach((question, at) => expect(question).toMatchObject(plain.questions[at] ?? {}));
      board.participants.forEach((person, at) => {
        expect(person).toMatchObject(plain.deviations[at] ?? {});
        expect(person.total.score).toBe(plain.scores[at]);
      });
      expect(board.totals).toEqual(plain.totals);
      board.sectionTotals.forEach((section, at) =>
        expect(section).toMatchObject(plain.sectionTotals[at] ?? {}),
      );
      expect(board.reliability.alphaInterval).toEqual(plain.alphaInterval);
      expect(board.reliability.binaryAlphaNominal).toEqual(plain.binaryAlphaNominal);
    }),
  );
});
