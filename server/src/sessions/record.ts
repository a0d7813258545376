// The record as it is read and exported: JSON canonical, CSV a row an answer (C12). Both from the same rows.
import { type Actor, answerText, buildRecord, type CalibrationRecord, maySession } from '@attune/domain';
import { stringify } from 'csv-stringify/sync';
import type { CommandDeps } from './command.service.ts';
import { loadRecordRows } from './record.store.ts';
import { recordForViewer } from './stand-ins.ts';
import { loadSession } from './store.ts';
import { sessionToSubject } from './stored-session.ts';

/** The record, `null` where there is none yet or it is not the actor's to read. */
export function readRecord(
  { db, serverKey }: Pick<CommandDeps, 'db' | 'serverKey'>,
  actor: Actor,
  sessionId: string,
): Promise<CalibrationRecord | null> {
  return db.transaction(
    async (tx) => {
      const stored = await loadSession(tx, actor.organisationId, sessionId);
      if (!stored || !maySession(actor, 'record.read', sessionToSubject(stored))) return null;
      const rows = await loadRecordRows(tx, stored);
      return rows && recordForViewer(serverKey, stored, actor, buildRecord(rows));
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/** Spreadsheets take a leading =, +, - or @ for a formula; an apostrophe before it makes it text. */
const asText = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** One row for each question and participant, with a byte-order mark for spreadsheets. */
export function recordToCsv(record: CalibrationRecord): string {
  const names = new Map(record.people.map(({ participantId, name }) => [participantId, name]));
  const prompts = new Map(
    record.scorecard.sections.flatMap((section) =>
      section.questions.map(
        (question) => [question.id, { section: section.title, prompt: question.prompt }] as const,
      ),
    ),
  );
  const rows = record.questions.flatMap(({ questionId, answers, agreed, cause, note }) => {
    const numbers = record.board.questions.find((question) => question.questionId === questionId);
    return answers.map((given) => ({
      section: prompts.get(questionId)?.section ?? '',
      question: prompts.get(questionId)?.prompt ?? '',
      participant: names.get(given.participantId) ?? '',
      answer: answerText(record.scorecard, questionId, given.answer),
      percent: numbers?.answers.find(({ participantId }) => participantId === given.participantId)?.q ?? '',
      comment: given.comment,
      spread: numbers?.spread ?? '',
      flagged: numbers?.flagged ? 'yes' : 'no',
      agreed: answerText(record.scorecard, questionId, agreed),
      cause: cause ?? '',
      note: note?.text ?? '',
    }));
  });
  return stringify(rows, {
    header: true,
    bom: true,
    record_delimiter: 'windows',
    cast: { string: (cell) => asText(cell) },
  });
}
