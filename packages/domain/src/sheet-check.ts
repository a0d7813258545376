// What keeps a sheet from being submitted (C6). The same rules serve the scoring page, the server's check at submission, and
// evaluations.
import {
  type Answer,
  checkAnswer,
  type EntryProblem,
  type Evidence,
  isAnswered,
  longestText,
  mostCitations,
  type Sheet,
  type SheetEntry,
  type SheetProblem,
} from './answer.ts';
import { shareOf } from './score.ts';
import { isScored, type Question, questionsOf, type Scorecard } from './scorecard.ts';

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
