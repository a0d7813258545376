// One participant's answers on a scorecard, and what makes them legal and complete (C6). The same rules serve the
// scoring page, the server's check at submission, and evaluations.

import { shareOf } from './score.ts';
import { isScored, type Question, questionsOf, type Scorecard } from './scorecard.ts';

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

/** Whether the answer earned less than everything, as far as the comment rule goes. N/A and unscored lose nothing. */
export function lostPoints(question: Question, answer: Answer | null): boolean {
  if (!answer || !isScored(question)) return false;
  const share = shareOf(question, answer);
  return share !== null && share.part < share.whole;
}

/**
 * Everything that keeps the sheet from being submitted, in scorecard order (C6): required questions unanswered, illegal
 * values, N/A where not eligible, required comments absent, comments too long, evidence outside the transcript or more of it
 * than anyone reads. Empty when complete.
 *
 * @param transcriptLines number of lines of the session's transcript; evidence may cite 0 to this minus 1
 */
export function missing(scorecard: Scorecard, sheet: Sheet, transcriptLines: number): SheetProblem[] {
  const problems: SheetProblem[] = [];
  for (const question of questionsOf(scorecard)) {
    const entry = sheet[question.id];
    const problem = entryProblem(question, entry, transcriptLines);
    if (problem) problems.push({ questionId: question.id, problem });
  }
  return problems;
}

function entryProblem(
  question: Question,
  entry: SheetEntry | undefined,
  transcriptLines: number,
): EntryProblem | null {
  if (!entry) return question.required ? { code: 'unanswered' } : null;
  const answered = isAnswered(entry);
  if (!answered && question.required) return { code: 'unanswered' };
  const illegal = checkAnswer(question, entry.answer);
  if (illegal) return illegal;
  const wantsComment =
    question.comment === 'required' ||
    (question.comment === 'required-when-points-lost' && lostPoints(question, entry.answer));
  if (answered && wantsComment && entry.comment.trim() === '') return { code: 'comment-required' };
  // What is written and cited is shown on the board, answered or not.
  if (entry.comment.length > longestText) return { code: 'comment-too-long' };
  if (entry.evidence.length > mostCitations) return { code: 'too-much-evidence' };
  return entry.evidence.every((evidence) => isInRange(evidence, transcriptLines))
    ? null
    : { code: 'evidence-out-of-range' };
}

function isInRange(evidence: Evidence, transcriptLines: number): boolean {
  return evidence.kind === 'line'
    ? Number.isInteger(evidence.line) && evidence.line >= 0 && evidence.line < transcriptLines
    : Number.isFinite(evidence.second) && evidence.second >= 0;
}
