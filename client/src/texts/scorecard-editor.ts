// What an editor says of a draft: where a problem is, what a field holds, who changed what.
import {
  type CardField,
  type Collision,
  type ComparedQuestion,
  examplesOf,
  type PublishProblem,
  placedQuestions,
  type Question,
  type QuestionField,
  type Scorecard,
  type Section,
  toleranceOf,
} from '@attune/domain';
import { hundredths, isolated, percentAsSet } from '../lib/format.ts';
import { writeTranscript } from '../lib/transcript.ts';
import { m } from '../paraglide/messages.js';
import { exampleAnswer } from './examples.ts';
import { scorecards } from './scorecards.ts';

/** Where a problem is: what is in hand there (the empty text: the scorecard), and in words. */
export interface Place {
  readonly id: string;
  readonly title: string;
}

const isWritten = (text: string) => text.trim() !== '';

export const titleOf = {
  section: ({ title }: Pick<Section, 'title'>): string =>
    isWritten(title) ? title : m.editor_untitledSection(),
  question: ({ prompt }: Pick<Question, 'prompt'>): string =>
    isWritten(prompt) ? prompt : m.editor_untitledQuestion(),
} as const;

/** What is numbered within a question. */
const parts: Readonly<Record<string, (part: { number: number }) => string>> = {
  options: m.scorecards_import_option,
  anchors: m.scorecards_import_anchor,
  examples: m.scorecards_import_example,
};

/** What a pointer of `publishProblems` leads to. */
export function placeOfPointer(content: Scorecard, pointer: string): Place {
  const [, section, question] = /^\/sections\/(\d+)(?:\/questions\/(\d+))?/.exec(pointer) ?? [];
  const inSection = section === undefined ? undefined : content.sections[Number(section)];
  const found = question === undefined ? undefined : inSection?.questions[Number(question)];
  if (found) {
    const number = placedQuestions(content).get(found.id)?.place ?? 0;
    const [, list, index] = /\/(options|anchors|examples)\/(\d+)/.exec(pointer) ?? [];
    const part = { number: Number(index) + 1 };
    const inside = list && parts[list]?.(part);
    const title = m.editor_questionNumber({ number });
    return { id: found.id, title: inside ? `${title}, ${inside}` : title };
  }
  if (inSection) return { id: inSection.id, title: isolated(titleOf.section(inSection)) };
  return { id: '', title: m.editor_theScorecard() };
}

/** The sentence for the first problem at one of these places below a pointer; `null` where nothing is wrong. */
export const problemAt = (
  problems: readonly PublishProblem[],
  ...pointers: readonly string[]
): string | null => {
  const found = problems.find(({ pointer }) => pointers.includes(pointer));
  return found ? m.editor_problem({ code: found.code }) : null;
};

const yesNo = (value: boolean) => (value ? m.editor_yes() : m.editor_no());

function answersText(question: Question): string {
  switch (question.type) {
    case 'scale': {
      const range = m.editor_rangeBySteps({
        range: scorecards.range(question),
        step: hundredths(question.stepHundredths),
      });
      const anchors = question.anchors.map(
        ({ valueHundredths, label }) => `${hundredths(valueHundredths)}: ${isolated(label)}`,
      );
      return [range, ...anchors].join('\n');
    }
    case 'rubric':
    case 'checklist':
      return question.options
        .map(({ label, pointsHundredths }) =>
          pointsHundredths === null
            ? isolated(label)
            : `${isolated(label)} (${scorecards.points(pointsHundredths)})`,
        )
        .join('\n');
    case 'binary':
    case 'text':
      return m.scorecards_type(question);
  }
}

/** An answer and what is an example of it, one after the other. */
const examplesText = (question: Question): string =>
  examplesOf(question)
    .map((example) => {
      const answer = exampleAnswer(question, example.of) ?? m.editor_exampleOfNothing();
      const words = example.text.trim() === '' ? [] : [isolated(example.text)];
      return [isolated(answer), ...words, writeTranscript(example.lines)].filter(Boolean).join('\n');
    })
    .join('\n\n') || m.editor_nothing();

/** A field of a question as it is read beside another version's. */
export function fieldText(question: Question, field: QuestionField): string {
  switch (field) {
    case 'prompt':
    case 'guidance':
      return question[field] || m.editor_nothing();
    case 'type':
      return m.scorecards_type(question);
    case 'answers':
      return answersText(question);
    case 'examples':
      return examplesText(question);
    case 'weight':
      return hundredths(question.weightHundredths);
    case 'tolerance': {
      const tolerance = toleranceOf(question);
      return tolerance === null ? m.editor_noTolerance() : percentAsSet(tolerance);
    }
    case 'required':
    case 'naEligible':
      return yesNo(question[field]);
    case 'critical':
      return m.editor_critical({ level: question.critical });
    case 'comment':
      return m.editor_comment({ rule: question.comment });
  }
}

/** A field of the scorecard as it is read beside another version's. */
export function cardText(card: Scorecard, field: CardField): string {
  switch (field) {
    case 'name':
    case 'description':
      return card[field] || m.editor_nothing();
    case 'passMark':
      return card.passMarkHundredths === null
        ? m.editor_noPassMark()
        : m.editor_percent({ value: hundredths(card.passMarkHundredths) });
    case 'disputeWindow':
      return m.editor_hours({ count: card.disputeWindowHours });
  }
}

/** What happened to a question, in a line: "reworded, moved". */
export const changesText = (changes: ComparedQuestion['changes']): string =>
  changes.map((change) => m.editor_change({ change })).join(', ');

/** What two people changed at once, in words: "Question 3, prompt". */
export function collisionText(collision: Collision, content: Scorecard): string {
  const what = m.editor_field({ field: collision.field });
  if (collision.of === 'card') return m.editor_fieldOf({ place: m.editor_theScorecard(), field: what });
  const section = content.sections.find(({ id }) => id === collision.id);
  const question = placedQuestions(content).get(collision.id)?.question;
  const place = question ? titleOf.question(question) : section ? titleOf.section(section) : '';
  return m.editor_fieldOf({ place: isolated(place), field: what });
}
