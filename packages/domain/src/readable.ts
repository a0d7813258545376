// A record for reading: words where its log has hashes, and one word where a text is erased. Never for verifying.
import type { CalibrationRecord, RecordAnswer } from './record.ts';

/**
 * The record with words where a log of version 2 has hashes, and this word where a text is erased: for reading, not for verifying.
 */
export function readableRecord(record: CalibrationRecord, erased: string): CalibrationRecord {
  if (record.format === 'attune-record/1') return record;
  const values = new Map(record.held.map(({ hash, value }) => [hash, value]));
  const nameOf = (hash: string) => (hash === '' ? '' : String(values.get(hash) ?? erased));
  const said = (text: string) => text || erased;
  const saidOrNull = (text: string | null) => (text === null ? null : said(text));
  const withWords = <T extends Pick<RecordAnswer, 'answer' | 'comment'>>(
    given: T,
    texts: RecordAnswer['texts'],
  ): T => ({
    ...given,
    answer:
      texts?.text?.salt === null && given.answer?.kind === 'text'
        ? { ...given.answer, text: erased }
        : given.answer,
    comment: texts?.comment?.salt === null ? erased : given.comment,
  });
  const textsOf = new Map(
    record.questions.flatMap(({ questionId, answers }) =>
      answers.map(({ participantId, texts }) => [`${questionId} ${participantId}`, texts]),
    ),
  );
  const { settings } = record;
  return {
    ...record,
    facilitator: said(record.facilitator),
    settings: {
      ...settings,
      name: said(settings.name),
      interactionReference: saidOrNull(settings.interactionReference),
      agentName: settings.agentName === '' ? erased : settings.agentName,
    },
    people: record.people.map((person) => ({
      ...person,
      name: said(person.name),
      admittedBy: person.admittedBy === '' ? erased : person.admittedBy,
      excusedReason: person.excusedReason === '' ? erased : person.excusedReason,
    })),
    questions: record.questions.map((question) => ({
      ...question,
      note: question.note && { ...question.note, text: said(question.note.text) },
      answers: question.answers.map((given) => withWords(given, given.texts)),
    })),
    board: {
      ...record.board,
      questions: record.board.questions.map((question) => ({
        ...question,
        answers: question.answers.map((given) =>
          withWords(given, textsOf.get(`${question.questionId} ${given.participantId}`)),
        ),
      })),
    },
    log: record.log.map((entry) => ({
      ...entry,
      byName: nameOf(entry.byName),
      event: sayHeld(entry.event, values, erased),
    })),
  };
}

/** The same of any value of a log: each hash in it gives way to what it is of. */
export function sayHeld(value: unknown, values: ReadonlyMap<string, unknown>, erased: string): unknown {
  if (Array.isArray(value)) return value.map((member) => sayHeld(member, values, erased));
  if (typeof value !== 'object' || value === null) return value;
  if ('held' in value && typeof value.held === 'string') return values.get(value.held) ?? erased;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, sayHeld(member, values, erased)]),
  );
}
