// The record as CSV, a row for each answer (C12), each with the question's numbers, its participant's scores and the session's facts:
// a spreadsheet filters rows, and knows no table beside them. Numbers are rounded as they are shown (scoring.md). The words of the
// export stand here and nowhere else: columns are named as the record's fields, causes as its codes.
import {
  type AgreedAnswer,
  type BoardQuestion,
  type CalibrationRecord,
  type Evidence,
  fromHundredths,
  questionsOf,
  type RecordQuestion,
  readableRecord,
  roundedBeside,
  roundedForDisplay,
  type Scorecard,
  standingOf,
  toleranceOf,
} from '@attune/domain';
import { type Cell, tableToCsv } from '../csv/csv-table.ts';

const words = {
  na: 'N/A',
  pass: 'Pass',
  fail: 'Fail',
  nothingChosen: 'None',
  scorecardNeedsChanging: 'Scorecard needs changing',
  yes: 'yes',
  no: 'no',
  critical: 'critical',
  line: (line: number) => `line ${line + 1}`,
  second: (second: number) => `second ${second}`,
  erased: 'erased',
  guest: (name: string, admittedBy: string | null) =>
    `${name} (guest)${admittedBy === null ? '' : `, admitted by ${admittedBy}`}, identity not checked`,
} as const;

/** An answer in few words: labels of options; a scale value is a number. Empty for none. */
export function answerCell(scorecard: Scorecard, questionId: string, answer: AgreedAnswer | null): Cell {
  if (answer === null) return null;
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
      return fromHundredths(answer.valueHundredths);
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

/**
 * First whose answer it is; then the question's numbers, the participant's scores, and what holds for the whole session. Questions of
 * every type share a column: what is a share of the question's range says so in its name.
 */
const columns = [
  'section',
  'question',
  'round',
  'participant',
  'answer',
  'scorePercent',
  'comment',
  'offAgreedPercent',
  'mismatch',
  'spreadPercent',
  'flagged',
  'agreed',
  'cause',
  'note',
  'evidence',
  'n',
  'meanPercent',
  'medianPercent',
  'standardDeviationPercent',
  'meanPairwiseDifferencePercent',
  'divergencePercent',
  'naCount',
  'answered',
  'standing',
  'sectionScorePercent',
  'sectionScoreBeforeCriticalPercent',
  'sectionScoreMeanPercent',
  'sectionScoreMedianPercent',
  'sectionScoreSpreadPercent',
  'totalPercent',
  'totalBeforeCriticalPercent',
  'passed',
  'alignmentPercent',
  'alignmentN',
  'naMismatches',
  'criticalMismatches',
  'totalMeanPercent',
  'totalMedianPercent',
  'totalSpreadPercent',
  'session',
  'status',
  'scorecard',
  'scorecardVersion',
  'thresholdPercent',
  'tolerancePercent',
  'passMarkPercent',
  'agreedQuestions',
  'scoredQuestions',
  'facilitator',
  'organisation',
  'client',
  'lob',
  'interactionReference',
  'interactionDate',
  'agent',
  'recordingUrl',
  'createdAt',
  'scoringAt',
  'reviewAt',
  'resolvedAt',
  'closedAt',
] as const;

type Cells<Name extends (typeof columns)[number]> = Readonly<Record<Name, Cell>>;

const shown = (value: number | null | undefined): Cell =>
  value === null || value === undefined ? null : roundedForDisplay(value);

const evidenceCell = (evidence: readonly Evidence[]): Cell =>
  evidence.map((one) => (one.kind === 'line' ? words.line(one.line) : words.second(one.second))).join(', ');

/** Percent; `null` where the scorecard has none. */
const passMarkOf = ({ scorecard }: Pick<CalibrationRecord, 'scorecard'>): number | null =>
  scorecard.passMarkHundredths === null ? null : fromHundredths(scorecard.passMarkHundredths);

/** What holds for the whole session, in every row. */
const sessionCells = ({ settings, scope, board, instants, figures, ...record }: CalibrationRecord) => ({
  session: settings.name,
  status: record.status,
  scorecard: record.scorecard.name,
  scorecardVersion: record.scorecardVersion,
  thresholdPercent: fromHundredths(board.thresholdHundredths),
  passMarkPercent: passMarkOf(record),
  agreedQuestions: figures?.agreed ?? null,
  scoredQuestions: figures?.of ?? null,
  facilitator: record.facilitator,
  organisation: record.organisation,
  client: scope.client,
  lob: scope.lob,
  interactionReference: settings.interactionReference,
  interactionDate: settings.interactionDate,
  agent: settings.agentName,
  recordingUrl: settings.recordingUrl,
  ...instants,
});

/**
 * The figures of one round of a question. `divergence` and `spread` are told exactly enough not to contradict `flagged`.
 *
 * @param limit the question's tolerance, else the session's threshold, in percent
 */
const questionCells = (numbers: BoardQuestion | undefined, limit: number) => ({
  n: numbers?.n ?? null,
  meanPercent: shown(numbers?.mean),
  medianPercent: shown(numbers?.median),
  standardDeviationPercent: shown(numbers?.standardDeviation),
  meanPairwiseDifferencePercent: shown(numbers?.meanPairwiseDifference),
  spreadPercent: besideLimit(numbers?.spread, limit),
  divergencePercent: besideLimit(numbers?.divergence, limit),
  flagged: numbers?.flagged ? words.yes : words.no,
  naCount: numbers?.na.count ?? null,
  answered: numbers?.na.of ?? null,
  standing: numbers ? standingOf(numbers) : null,
});

const yesOrNo = (value: boolean | null): Cell => (value === null ? null : value ? words.yes : words.no);

const besideLimit = (value: number | null | undefined, limit: number): Cell =>
  value === null || value === undefined ? null : roundedBeside(value, limit);

/**
 * The participant's scores and the group's beside them, and what follows from them: of the sealed scoring, so that a re-vote's row has
 * none. A total is told exactly enough not to contradict `passed`.
 */
function scoreCells(record: CalibrationRecord, participantId: string, sectionId: string | undefined) {
  const { board, figures } = record;
  const passMark = passMarkOf(record);
  const stands = figures?.people.find((one) => one.participantId === participantId);
  const person = board.participants.find((one) => one.participantId === participantId);
  const section = person?.sections.find((one) => one.sectionId === sectionId);
  const group = board.sectionTotals.find((one) => one.sectionId === sectionId);
  return {
    sectionScorePercent: shown(section?.score),
    sectionScoreBeforeCriticalPercent: shown(section?.beforeCritical),
    sectionScoreMeanPercent: shown(group?.mean),
    sectionScoreMedianPercent: shown(group?.median),
    sectionScoreSpreadPercent: shown(group?.spread),
    totalPercent: passMark === null ? shown(person?.total.score) : besideLimit(person?.total.score, passMark),
    totalBeforeCriticalPercent: shown(person?.total.beforeCritical),
    passed: yesOrNo(stands?.passed ?? null),
    // 100 is said only of whoever gave the agreed answers, and 0 only of the agreed answer itself.
    alignmentPercent: besideLimit(stands?.alignment, 100),
    alignmentN: stands?.n ?? null,
    naMismatches: stands?.naMismatches ?? null,
    criticalMismatches: stands?.criticalMismatches ?? null,
    totalMeanPercent: shown(board.totals.mean),
    totalMedianPercent: shown(board.totals.median),
    totalSpreadPercent: shown(board.totals.spread),
  };
}

const noScores: Cells<keyof ReturnType<typeof scoreCells>> = {
  sectionScorePercent: null,
  sectionScoreBeforeCriticalPercent: null,
  sectionScoreMeanPercent: null,
  sectionScoreMedianPercent: null,
  sectionScoreSpreadPercent: null,
  totalPercent: null,
  totalBeforeCriticalPercent: null,
  passed: null,
  alignmentPercent: null,
  alignmentN: null,
  naMismatches: null,
  criticalMismatches: null,
  totalMeanPercent: null,
  totalMedianPercent: null,
  totalSpreadPercent: null,
};

/** How far an answer of the sealed scoring is off the agreed one, in percent of the question's points, and what is counted apart. */
function agreedCells({ figures }: CalibrationRecord, questionId: string, participantId: string) {
  const from = figures?.questions
    .find((one) => one.questionId === questionId)
    ?.answers.find((one) => one.participantId === participantId);
  const mismatch = from?.kind === 'na-mismatch' ? words.na : from?.critical ? words.critical : null;
  return { offAgreedPercent: besideLimit(from?.off, 0), mismatch };
}

const notBeside: Cells<keyof ReturnType<typeof agreedCells>> = { offAgreedPercent: null, mismatch: null };

/** Round 1 is the sealed scoring, the others are re-votes, which have neither comments nor evidence. */
const roundsOf = (record: CalibrationRecord, { questionId, answers, revotes }: RecordQuestion) => [
  { round: 1, answers, numbers: record.board.questions.find((one) => one.questionId === questionId) },
  ...revotes.map(({ round, votes, numbers }) => ({
    round,
    answers: votes.map((vote) => ({ ...vote, comment: '', evidence: [] })),
    numbers,
  })),
];

/** One row for each question, round and participant. */
export function recordToCsv(exported: CalibrationRecord): string {
  const record = readableRecord(exported, words.erased);
  const names = new Map(
    record.people.map(({ participantId, name, guest, admittedBy }) => [
      participantId,
      guest ? words.guest(name, admittedBy) : name,
    ]),
  );
  const places = new Map(
    record.scorecard.sections.flatMap((section) =>
      section.questions.map((question) => [question.id, { section, question }] as const),
    ),
  );
  const session = sessionCells(record);
  const rows = record.questions.flatMap((asked) => {
    const place = places.get(asked.questionId);
    const tolerance = place ? toleranceOf(place.question) : null;
    const tolerancePercent = tolerance === null ? null : fromHundredths(tolerance);
    const outcome = {
      agreed: answerCell(record.scorecard, asked.questionId, asked.agreed),
      cause: asked.cause,
      note: asked.note?.text ?? null,
    };
    return roundsOf(record, asked).flatMap(({ round, answers, numbers }) => {
      const figures = questionCells(numbers, tolerancePercent ?? session.thresholdPercent);
      return answers.map(({ participantId, answer, comment, evidence }) => ({
        section: place?.section.title ?? null,
        question: place?.question.prompt ?? null,
        round,
        participant: names.get(participantId) ?? null,
        answer: answerCell(record.scorecard, asked.questionId, answer),
        scorePercent: shown(numbers?.answers.find((one) => one.participantId === participantId)?.q),
        comment,
        evidence: evidenceCell(evidence),
        ...figures,
        ...outcome,
        ...(round === 1 ? agreedCells(record, asked.questionId, participantId) : notBeside),
        ...(round === 1 ? scoreCells(record, participantId, place?.section.id) : noScores),
        ...session,
        tolerancePercent,
      }));
    });
  });
  return tableToCsv(columns, rows);
}
