// Layout of a sealed score document, and the only way answers are ever read out of one. Only top-level types are used, so
// that two devices of one person can never create the same part twice:
//   map `answers`: question id → answer; text `text:{id}`: narrative; text `comment:{id}`; array `evidence:{id}`.
import {
  type Answer,
  type Evidence,
  questionsOf,
  type Scorecard,
  type Sheet,
  type SheetEntry,
} from '@attune/domain';
import type * as Y from 'yjs';
import { readAnswer, readEvidence } from './answer-reading.ts';
import { toStorable } from './storable.ts';

/** Largest encoded sealed document, after applying an update. */
export const sealedDocumentLimitBytes = 256 * 1024;

export const answersKey = 'answers';
export const textKey = (questionId: string) => `text:${questionId}`;
export const commentKey = (questionId: string) => `comment:${questionId}`;
export const evidenceKey = (questionId: string) => `evidence:${questionId}`;

/** Whether a top-level name belongs to the layout; others are refused by the server. */
export function isSealedDocumentKey(name: string): boolean {
  return name === answersKey || /^(text|comment|evidence):./.test(name);
}

/**
 * The document's content for the scorecard, whatever else it holds left out. Unreadable values count as unanswered; what no
 * database can hold is read as U+FFFD, here and nowhere later, so that sheet, commitment and record agree on it.
 */
export function readSheet(doc: Y.Doc, scorecard: Scorecard): Sheet {
  const answers = doc.getMap(answersKey);
  const sheet: Record<string, SheetEntry> = {};
  for (const question of questionsOf(scorecard)) {
    let answer: Answer | null = readAnswer(answers.get(question.id));
    if (question.type === 'text' && answer?.kind !== 'na') {
      const text = toStorable(doc.getText(textKey(question.id)).toString());
      answer = text.trim() === '' ? null : { kind: 'text', text };
    }
    if (question.type === 'checklist' && answer?.kind === 'checklist') {
      const chosen = new Set(answer.optionIds);
      const order = question.options.map((option) => option.id);
      const known = order.filter((id) => chosen.has(id));
      answer = { kind: 'checklist', optionIds: known };
    }
    const comment = toStorable(doc.getText(commentKey(question.id)).toString());
    const evidence: Evidence[] = [];
    for (const item of doc.getArray(evidenceKey(question.id))) {
      const cited = readEvidence(item);
      if (cited && !evidence.some((other) => JSON.stringify(other) === JSON.stringify(cited))) {
        evidence.push(cited);
      }
    }
    if (answer !== null || comment !== '' || evidence.length > 0)
      sheet[question.id] = { answer, comment, evidence };
  }
  return sheet;
}
