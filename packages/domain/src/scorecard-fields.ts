// A scorecard taken apart into what people change one at a time: a field of the card, of a section, of a question. Comparing two
// versions and merging two drafts speak of the same fields.
import { isSame } from './canonical.ts';
import { examplesOf } from './example.ts';
import { type Example, type Question, type Scorecard, type Section, toleranceOf } from './scorecard.ts';

export const cardFields = ['name', 'description', 'passMark', 'disputeWindow'] as const;
export type CardField = (typeof cardFields)[number];

export const sectionFields = ['title', 'weight'] as const;
export type SectionField = (typeof sectionFields)[number];

/** `type`: which kind of answer is asked for; `answers`: its range and labels, or its options; `examples`: all of them. */
export const questionFields = [
  'prompt',
  'guidance',
  'type',
  'answers',
  'examples',
  'weight',
  'tolerance',
  'required',
  'naEligible',
  'critical',
  'comment',
] as const;
export type QuestionField = (typeof questionFields)[number];

/** What an answer can be, beside its type. */
function answersOf(question: Question) {
  switch (question.type) {
    case 'scale': {
      const { minHundredths, maxHundredths, stepHundredths, anchors } = question;
      return { minHundredths, maxHundredths, stepHundredths, anchors };
    }
    case 'rubric':
    case 'checklist':
      return { options: question.options };
    case 'binary':
    case 'text':
      return {};
  }
}

export const cardValue = (
  card: Scorecard,
  field: CardField,
): Scorecard['name' | 'passMarkHundredths' | 'disputeWindowHours'] =>
  ({
    name: card.name,
    description: card.description,
    passMark: card.passMarkHundredths,
    disputeWindow: card.disputeWindowHours,
  })[field];

export const sectionValue = (section: Section, field: SectionField): string | number =>
  field === 'title' ? section.title : section.weightHundredths;

/** A field's value as text: equal texts are equal values. */
export function questionText(question: Question, field: QuestionField): string {
  switch (field) {
    case 'answers':
      return JSON.stringify(plain(answersOf(question)));
    case 'examples':
      return JSON.stringify(plain(examplesOf(question)));
    case 'weight':
      return String(question.weightHundredths);
    case 'tolerance':
      return String(toleranceOf(question));
    case 'prompt':
    case 'guidance':
    case 'type':
    case 'required':
    case 'naEligible':
    case 'critical':
    case 'comment':
      return String(question[field]);
  }
}

/** An example as text: equal texts are equal examples. */
export const exampleText = (example: Example): string => JSON.stringify(plain(example));

/** Without the order that keys happen to have: a database gives them back in its own. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, inside]) => [key, plain(inside)]);
}

/** Whether two scorecards are the same, whatever order their keys have. Costs as much as they do not share. */
export const sameScorecard = (one: Scorecard, other: Scorecard): boolean => isSame(one, other);

/** The other scorecard with the questions of the first, where they are the same: what is compared or merged then costs what differs. */
export function sharing(one: Scorecard, other: Scorecard): Scorecard {
  const own = placedQuestions(one);
  const shared = (question: Question): Question => {
    const mine = own.get(question.id)?.question;
    return mine && isSame(mine, question) ? mine : question;
  };
  return {
    ...other,
    sections: other.sections.map((section) => ({ ...section, questions: section.questions.map(shared) })),
  };
}

/** The fields in which two questions differ. */
export const changedQuestionFields = (before: Question, after: Question): QuestionField[] =>
  before === after
    ? []
    : questionFields.filter((field) => questionText(before, field) !== questionText(after, field));

export const changedSectionFields = (before: Section, after: Section): SectionField[] =>
  sectionFields.filter((field) => sectionValue(before, field) !== sectionValue(after, field));

export const changedCardFields = (before: Scorecard, after: Scorecard): CardField[] =>
  cardFields.filter((field) => cardValue(before, field) !== cardValue(after, field));

/** A question with the section it stands in. */
export interface Placed {
  readonly question: Question;
  readonly section: Section;
  /** In the scorecard, from 1. */
  readonly place: number;
}

/** Every question by its id. */
export function placedQuestions(scorecard: Scorecard): Map<string, Placed> {
  const placed = scorecard.sections.flatMap((section) =>
    section.questions.map((question) => ({ question, section })),
  );
  return new Map(placed.map((one, index) => [one.question.id, { ...one, place: index + 1 }]));
}
