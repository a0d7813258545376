// What a session of the bench is about: binary, scale and rubric questions in turn, and what each person answers. Nothing is random,
// so that two versions are asked the same.
import type { Answer, Question, Scorecard } from '@attune/domain';
import { binary, rubric, scale, scorecardOf } from '../../packages/domain/src/questions.fixture.ts';

const kinds = ['binary', 'scale', 'rubric'] as const;
const kindOf = (question: number) => kinds[question % kinds.length] ?? 'binary';
const points = { full: 10, part: 5, none: 0 };
const options = ['full', 'part', 'none'];

export const questionId = (question: number) => `q${question + 1}`;
/** Every tenth question has a comment of everyone's. */
export const isCommented = (question: number) => question % 10 === 0;
export const comment = 'The agent named the refund and the date, and asked whether anything else was open.';

/** What a person answers, both counted from 0. */
export function answerOf(person: number, question: number): Answer {
  switch (kindOf(question)) {
    case 'binary':
      return { kind: 'binary', pass: (person * 7 + question) % 5 !== 0 };
    case 'scale':
      return { kind: 'scale', valueHundredths: 100 * (1 + ((person * 13 + question * 7) % 5)) };
    case 'rubric':
      return { kind: 'rubric', optionId: options[(person * 5 + question) % options.length] ?? 'full' };
  }
}

/** The scorecard as the domain has it. */
export function scorecardOfSize(questions: number): Scorecard {
  return scorecardOf(
    ...Array.from({ length: questions }, (_, question): Question => {
      const id = questionId(question);
      switch (kindOf(question)) {
        case 'binary':
          return binary(id);
        case 'scale':
          return scale(id, 1, 5);
        case 'rubric':
          return rubric(id, points);
      }
    }),
  );
}

/** The same scorecard as a document to import. */
export function importDocument(questions: number): object {
  const choices = Object.entries(points).map(([id, worth]) => ({ id, label: id, points: worth }));
  const more = { binary: {}, scale: { min: 1, max: 5 }, rubric: { options: choices } };
  return {
    format: 'attune-scorecard/1',
    name: 'Bench',
    sections: [
      {
        id: 'section',
        title: 'Section',
        questions: Array.from({ length: questions }, (_, question) => ({
          id: questionId(question),
          type: kindOf(question),
          prompt: `Question ${question + 1}: did the agent do what the standard asks here?`,
          naEligible: true,
          ...more[kindOf(question)],
        })),
      },
    ],
  };
}
