// Drafts to change, compare and merge: two sections, every type of question.
import type { Question, Scorecard, Section } from './scorecard.ts';
import { blankQuestion, replaceQuestion } from './scorecard-edit.ts';

const question = (id: string, weight = 100): Question => ({
  ...blankQuestion(id),
  prompt: `About ${id}`,
  weightHundredths: weight,
});

const section = (id: string, weight: number, questions: readonly Question[]): Section => ({
  id,
  title: `Part ${id}`,
  weightHundredths: weight,
  questions,
});

const option = (id: string, pointsHundredths: number | null) => ({
  id,
  label: `Level ${id}`,
  pointsHundredths,
});

/** a, b and c in one; d and e in two. */
export const draft: Scorecard = {
  name: 'Calls',
  description: '',
  passMarkHundredths: 8_000,
  disputeWindowHours: 72,
  sections: [
    section('one', 6_000, [
      question('a'),
      {
        ...question('b', 200),
        type: 'scale',
        minHundredths: 100,
        maxHundredths: 500,
        stepHundredths: 100,
        anchors: [],
      },
      { ...question('c'), type: 'rubric', options: [option('x', 100), option('y', 0)] },
    ]),
    section('two', 4_000, [{ ...question('d'), type: 'text' }, question('e', 300)]),
  ],
};

/** The draft with one question changed. */
export const withQuestion = (
  id: string,
  change: (question: Question) => Question,
  card: Scorecard = draft,
): Scorecard => {
  const found = card.sections.flatMap(({ questions }) => questions).find((one) => one.id === id);
  return found ? replaceQuestion(card, change(found)) : card;
};
