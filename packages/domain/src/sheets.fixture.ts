// Any sheet that could be handed in for some questions, for properties of boards.
import fc from 'fast-check';
import type { Answer, Sheet } from './answer.ts';
import { choice, choices, fail, na, pass, scorecardOf, value } from './questions.fixture.ts';
import type { Question, Scorecard } from './scorecard.ts';

function answersTo(question: Question): fc.Arbitrary<Answer> {
  switch (question.type) {
    case 'binary':
      return fc.constantFrom(pass, fail);
    case 'scale':
      return fc.integer({ min: question.minHundredths / 100, max: question.maxHundredths / 100 }).map(value);
    case 'rubric':
      return fc.constantFrom(...question.options.map(({ id }) => choice(id)));
    case 'checklist':
      return fc.subarray(question.options.map(({ id }) => id)).map((ids) => choices(...ids));
    case 'text':
      return fc.string({ minLength: 1 }).map((text) => ({ kind: 'text', text }));
  }
}

const orNot = (answers: fc.Arbitrary<Answer>) =>
  fc.oneof(
    { weight: 5, arbitrary: answers },
    fc.constant<Answer | null>(na),
    fc.constant<Answer | null>(null),
  );

/** Sheets with an answer, N/A or nothing for each question. */
export const anySheetOf = (questions: readonly Question[]): fc.Arbitrary<Sheet> =>
  fc
    .record(Object.fromEntries(questions.map((question) => [question.id, orNot(answersTo(question))])))
    .map((answers) =>
      Object.fromEntries(
        Object.entries(answers).map(([id, answer]) => [id, { answer, comment: '', evidence: [] }]),
      ),
    );

/** The questions in two sections, the second two and a half times as heavy. @param first how many are in the first */
export const inTwoSections = (questions: readonly Question[], first: number): Scorecard => ({
  ...scorecardOf(),
  sections: [
    { id: 'one', title: 'One', weightHundredths: 100, questions: questions.slice(0, first) },
    { id: 'two', title: 'Two', weightHundredths: 250, questions: questions.slice(first) },
  ],
});
