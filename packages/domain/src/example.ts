// Examples of an answer (E14): what earns it, in words or as lines of a transcript. They stand with the question's guidance.
import type { Example, ExampleOf, Question, TextQuestion } from './scorecard.ts';
import { scaleValues } from './scorecard.ts';

/** Most examples a question has. */
export const mostExamples = 30;
/** Longest text of one, in UTF-16 code units. */
export const longestExample = 2_000;
/** Most lines of a transcript in one. */
export const mostExampleLines = 20;

/** The question's examples, in the order in which they are shown. */
export const examplesOf = (question: Question): readonly Example[] =>
  question.type === 'text' ? [] : (question.examples ?? []);

/** The question with other examples; without any it has no such field, as questions from before there were any (E13). */
export function withExamples(
  question: Exclude<Question, TextQuestion>,
  examples: readonly Example[],
): Exclude<Question, TextQuestion> {
  const { examples: _, ...rest } = question;
  return examples.length === 0 ? rest : { ...rest, examples };
}

/** Every answer that an example can be of, in the control's order. */
export function answersWithExamples(question: Question): ExampleOf[] {
  switch (question.type) {
    case 'binary':
      return [
        { kind: 'binary', pass: true },
        { kind: 'binary', pass: false },
      ];
    case 'scale':
      return scaleValues(question).map((valueHundredths) => ({ kind: 'scale', valueHundredths }));
    case 'rubric':
    case 'checklist':
      return question.options.map(({ id }) => ({ kind: 'option', optionId: id }));
    case 'text':
      return [];
  }
}

/** Equal texts are equal answers. */
export function exampleKey(of: ExampleOf): string {
  switch (of.kind) {
    case 'binary':
      return of.pass ? 'pass' : 'fail';
    case 'scale':
      return String(of.valueHundredths);
    case 'option':
      return `option:${of.optionId}`;
  }
}

/** Whether nothing is in it. */
export const isBlankExample = ({ text, lines }: Example): boolean =>
  text.trim() === '' && lines.every((line) => line.text.trim() === '');

/** The examples by the answer they are of, in the control's order; what is of no answer the question has is in none. */
export function examplesByAnswer(
  question: Question,
): { readonly answer: ExampleOf; readonly examples: readonly Example[] }[] {
  const given = examplesOf(question);
  if (given.length === 0) return [];
  return answersWithExamples(question).flatMap((answer) => {
    const examples = given.filter(({ of }) => exampleKey(of) === exampleKey(answer));
    return examples.length > 0 ? [{ answer, examples }] : [];
  });
}
