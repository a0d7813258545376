// The record as CSV, a row for each answer (C12). The words of the export stand here and nowhere else: columns are named as the
// record's fields, causes as its codes.
import {
  type AgreedAnswer,
  type CalibrationRecord,
  questionsOf,
  readableRecord,
  type Scorecard,
} from '@attune/domain';
import { stringify } from 'csv-stringify/sync';

const words = {
  na: 'N/A',
  pass: 'Pass',
  fail: 'Fail',
  nothingChosen: 'None',
  scorecardNeedsChanging: 'Scorecard needs changing',
  yes: 'yes',
  no: 'no',
  erased: 'erased',
  guest: (name: string, admittedBy: string | null) =>
    `${name} (guest)${admittedBy === null ? '' : `, admitted by ${admittedBy}`}, identity not checked`,
} as const;

/** An answer in few words: labels of options, plain decimals of scale values; empty for none. */
export function answerCell(scorecard: Scorecard, questionId: string, answer: AgreedAnswer | null): string {
  if (answer === null) return '';
  const question = questionsOf(scorecard).find(({ id }) => id === questionId);
  const labelOf = (optionId: string) =>
    question && 'options' in question
      ? (question.options.find(({ id }) => id === optionId)?.label ?? optionId)
      : optionId;
  switch (answer.kind) {
    case 'na':
      return words.na;
    case 'binary':
      return answer.pass ? words.pass : words.fail;
    case 'scale':
      return String(answer.valueHundredths / 100);
    case 'rubric':
      return labelOf(answer.optionId);
    case 'checklist':
      return answer.optionIds.map(labelOf).join(', ') || words.nothingChosen;
    case 'text':
      return answer.text;
    case 'scorecard-needs-changing':
      return words.scorecardNeedsChanging;
  }
}

/** Spreadsheets take a leading =, +, - or @ for a formula; an apostrophe before it makes it text. */
const asText = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** One row for each question, round and participant: round 1 is the sealed scoring, the others are re-votes. With a byte-order mark for spreadsheets. */
export function recordToCsv(exported: CalibrationRecord): string {
  const record = readableRecord(exported, words.erased);
  const names = new Map(
    record.people.map(({ participantId, name, guest, admittedBy }) => [
      participantId,
      guest ? words.guest(name, admittedBy) : name,
    ]),
  );
  const prompts = new Map(
    record.scorecard.sections.flatMap((section) =>
      section.questions.map(
        (question) => [question.id, { section: section.title, prompt: question.prompt }] as const,
      ),
    ),
  );
  const rows = record.questions.flatMap(({ questionId, answers, revotes, agreed, cause, note }) => {
    const board = record.board.questions.find((question) => question.questionId === questionId);
    const rounds = [
      { round: 1, answers, numbers: board },
      ...revotes.map(({ round, votes, numbers }) => ({
        round,
        answers: votes.map((vote) => ({ ...vote, comment: '' })),
        numbers,
      })),
    ];
    return rounds.flatMap(({ round, answers: given, numbers }) =>
      given.map(({ participantId, answer, comment }) => ({
        section: prompts.get(questionId)?.section ?? '',
        question: prompts.get(questionId)?.prompt ?? '',
        round,
        participant: names.get(participantId) ?? '',
        answer: answerCell(record.scorecard, questionId, answer),
        percent: numbers?.answers.find((one) => one.participantId === participantId)?.q ?? '',
        comment,
        spread: numbers?.spread ?? '',
        flagged: numbers?.flagged ? words.yes : words.no,
        agreed: answerCell(record.scorecard, questionId, agreed),
        cause: cause ?? '',
        note: note?.text ?? '',
      })),
    );
  });
  return stringify(rows, {
    header: true,
    bom: true,
    record_delimiter: 'windows',
    cast: { string: (cell) => asText(cell) },
  });
}
