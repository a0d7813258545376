// One participant's answers on a scorecard, and what makes each of them legal (C6).

import { type Question, questionsOf, type Scorecard } from './scorecard.ts';

/** An answer as scored. Checklists list the chosen options in the scorecard's order. */
export type Answer =
  | { readonly kind: 'na' }
  | { readonly kind: 'binary'; readonly pass: boolean }
  | { readonly kind: 'scale'; readonly valueHundredths: number }
  | { readonly kind: 'rubric'; readonly optionId: string }
  | { readonly kind: 'checklist'; readonly optionIds: readonly string[] }
  | { readonly kind: 'text'; readonly text: string };

/** What an answer rests on: a line of the transcript (0-based), or a second of the recording. */
export type Evidence =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'second'; readonly second: number };

/** One question's part of a sheet. `answer` is `null` while unanswered. */
export interface SheetEntry {
  readonly answer: Answer | null;
  readonly comment: string;
  readonly evidence: readonly Evidence[];
}

/** All of one participant's entries by question id. A question without an entry is unanswered. */
export type Sheet = Readonly<Record<string, SheetEntry>>;

/** Why an entry keeps a sheet from being submitted. */
export type EntryProblem =
  | { readonly code: 'unanswered' }
  | { readonly code: 'illegal-answer' }
  | { readonly code: 'na-not-eligible' }
  | { readonly code: 'comment-required' }
  | { readonly code: 'evidence-out-of-range' }
  | { readonly code: 'comment-too-long' }
  | { readonly code: 'too-much-evidence' };

export interface SheetProblem {
  readonly questionId: string;
  readonly problem: EntryProblem;
}

/** Longest narrative and longest comment, in UTF-16 code units. */
export const longestText = 20_000;
/** Most places one entry cites. */
export const mostCitations = 200;
/** Most options a question has, and a checklist's answer names. */
export const mostOptions = 100;

/**
 * Whether the answer is a legal value of the question; `null` when it is. Unanswered is legal here: completeness is
 * `missing`'s business.
 */
export function checkAnswer(question: Question, answer: Answer | null): EntryProblem | null {
  if (answer === null) return null;
  if (answer.kind === 'na') return question.naEligible ? null : { code: 'na-not-eligible' };
  if (answer.kind !== question.type) return { code: 'illegal-answer' };
  return isLegal(question, answer) ? null : { code: 'illegal-answer' };
}

function isLegal(question: Question, answer: Answer): boolean {
  switch (answer.kind) {
    case 'na':
      return question.naEligible;
    case 'binary':
      return typeof answer.pass === 'boolean';
    case 'scale': {
      if (question.type !== 'scale' || !Number.isInteger(answer.valueHundredths)) return false;
      const offset = answer.valueHundredths - question.minHundredths;
      return (
        offset >= 0 &&
        answer.valueHundredths <= question.maxHundredths &&
        offset % question.stepHundredths === 0
      );
    }
    case 'rubric':
      return question.type === 'rubric' && question.options.some((option) => option.id === answer.optionId);
    case 'checklist': {
      if (question.type !== 'checklist') return false;
      const order = question.options.map((option) => option.id);
      const places = answer.optionIds.map((id) => order.indexOf(id));
      return places.every((place, index) => place >= 0 && (index === 0 || place > (places[index - 1] ?? -1)));
    }
    case 'text':
      return answer.text.length <= longestText;
  }
}

/** Whether the entry counts as answered: a blank text and an absent answer do not; an empty checklist does. */
export function isAnswered(entry: SheetEntry | undefined): boolean {
  if (!entry?.answer) return false;
  return entry.answer.kind !== 'text' || entry.answer.text.trim() !== '';
}

/** Questions answered, n of m; m counts every question of the scorecard, required or not. */
export function progressOf(scorecard: Scorecard, sheet: Sheet): { answered: number; questions: number } {
  const questions = questionsOf(scorecard);
  return {
    answered: questions.filter((question) => isAnswered(sheet[question.id])).length,
    questions: questions.length,
  };
}
