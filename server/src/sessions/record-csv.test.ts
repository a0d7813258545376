import {
  type Answer,
  buildBoard,
  buildRecord,
  type CalibrationRecord,
  type Question,
  questionsOf,
  type Scorecard,
  type Sheet,
  sectionWeightsOf,
  withFigures,
} from '@attune/domain';
import { expect, it } from 'vitest';
import { answerCell, recordToCsv } from './record-csv.ts';

const common = {
  prompt: 'Asked',
  guidance: '',
  weightHundredths: 100,
  required: true,
  naEligible: true,
  critical: 'none',
  comment: 'offered',
} as const;
const options = ['a', 'b'].map((id) => ({ id, label: id.toUpperCase(), pointsHundredths: 100 }));
const questions: Question[] = [
  {
    ...common,
    id: 's',
    type: 'scale',
    minHundredths: -50,
    maxHundredths: 100,
    stepHundredths: 25,
    anchors: [],
  },
  { ...common, id: 'r', type: 'rubric', options },
  { ...common, id: 'c', type: 'checklist', options },
  { ...common, id: 'b', type: 'binary' },
  { ...common, id: 't', type: 'text' },
];
const card: Scorecard = {
  name: 'Card',
  description: '',
  passMarkHundredths: null,
  disputeWindowHours: 72,
  sections: [{ id: 'all', title: 'All', weightHundredths: 100, questions }],
};

it('[C12] answers read as people gave them', () => {
  expect([
    answerCell(card, 's', { kind: 'scale', valueHundredths: 75 }),
    answerCell(card, 'r', { kind: 'rubric', optionId: 'b' }),
    answerCell(card, 'c', { kind: 'checklist', optionIds: ['a', 'b'] }),
    answerCell(card, 'c', { kind: 'checklist', optionIds: [] }),
    answerCell(card, 'b', { kind: 'binary', pass: true }),
    answerCell(card, 'b', { kind: 'binary', pass: false }),
    answerCell(card, 't', { kind: 'text', text: 'Warm.' }),
    answerCell(card, 's', { kind: 'na' }),
    answerCell(card, 's', null),
    answerCell(card, 's', { kind: 'scorecard-needs-changing' }),
  ]).toEqual([0.75, 'B', 'A, B', 'None', 'Pass', 'Fail', 'Warm.', 'N/A', null, 'Scorecard needs changing']);
});

const now = '2026-03-02T10:00:00.000Z';
const sheetOf = (valueHundredths: number, comment: string): Sheet => {
  const given: Record<string, Answer> = {
    s: { kind: 'scale', valueHundredths },
    r: { kind: 'rubric', optionId: 'a' },
    c: { kind: 'checklist', optionIds: ['a'] },
    b: { kind: 'na' },
    t: { kind: 'text', text: 'Warm.' },
  };
  return Object.fromEntries(
    Object.entries(given).map(([id, answer]) => [
      id,
      { answer, comment, evidence: [{ kind: 'line', line: 3 }] },
    ]),
  );
};
const sheets: Readonly<Record<string, Sheet>> = {
  p1: sheetOf(-50, 'Two\nlines, "quoted"'),
  p2: sheetOf(0, ''),
  p3: sheetOf(0, ''),
};
const person = (participantId: string) => ({
  participantId,
  memberId: `member-${participantId}`,
  name: participantId,
  guest: false,
  admittedBy: null,
  late: false,
  state: 'submitted' as const,
  submittedAt: now,
  excusedReason: null,
  commitment: 'aa',
  salt: 'bb',
  openedByLinkAt: null,
});

/** Three people on the card above, a third of the scale apart on the first question; its note has two paragraphs. */
const record = buildRecord({
  sessionId: 'session',
  status: 'closed',
  organisation: 'Centre',
  facilitator: 'Lea',
  settings: {
    name: 'March voice',
    scorecardVersionId: 'version',
    thresholdHundredths: 3_330,
    scope: { kind: 'organisation' },
    interactionReference: 'C-1',
    interactionDate: '2026-03-01',
    recordingUrl: null,
    transcript: [],
    meetingAt: null,
    dueAt: null,
    questionIds: null,
    agentName: 'Noor',
    agentNameHidden: false,
  },
  client: null,
  lob: null,
  scorecard: card,
  scorecardVersion: 2,
  people: Object.keys(sheets).map(person),
  answers: Object.entries(sheets).flatMap(([participantId, sheet]) =>
    Object.entries(sheet).map(([questionId, entry]) => ({ participantId, questionId, ...entry })),
  ),
  revotes: [],
  outcomes: new Map([
    ['s', { agreed: { kind: 'na' }, cause: 'wording', note: { json: {}, text: 'We count it\n\n=1+1' } }],
  ]),
  board: buildBoard({
    scorecard: card,
    thresholdHundredths: 3_330,
    participants: Object.entries(sheets).map(([id, sheet]) => ({ id, sheet })),
  }),
  instants: { createdAt: now, scoringAt: now, reviewAt: now, resolvedAt: now, closedAt: now },
  log: [],
  auditHead: '',
});

/** The names of the columns, and every row: texts as texts, numbers as numbers, nothing as NaN. */
function tableOf(of: CalibrationRecord) {
  const cells = /"((?:[^"]|"")*)"|[^",\r\n]+|(?<=^|,)(?=,|\r\n)/gm;
  const [names = [], ...rows] = recordToCsv(of)
    .replace('\uFEFF', '')
    .split('\r\n')
    .slice(0, -1)
    .map((row) => [...row.matchAll(cells)].map(([cell, quoted]) => quoted ?? Number(cell || Number.NaN)));
  return { names, rows };
}

it('[C12 C8b] a row for each answer says all its numbers as numbers, rounded as they are shown, percentages by name', () => {
  const { names, rows } = tableOf(record);
  expect(rows.map((row) => row.length)).toEqual(
    questionsOf(card).flatMap(() => Object.keys(sheets).map(() => names.length)),
  );
  const first = Object.fromEntries(names.map((name, index) => [String(name), rows[0]?.[index]]));
  expect(first).toMatchObject({
    section: 'All',
    round: 1,
    participant: 'p1',
    answer: -0.5,
    scorePercent: 0,
    comment: 'Two\nlines, ""quoted""',
    evidence: 'line 4',
    n: 3,
    meanPercent: 22.2,
    medianPercent: 33.3,
    spreadPercent: 33.33,
    thresholdPercent: 33.3,
    flagged: 'yes',
    standing: 'flagged',
    agreed: 'N/A',
    note: "We count it\n\n'=1+1",
    sectionScorePercent: 50,
    totalPercent: 50,
    totalMeanPercent: 57.4,
    session: 'March voice',
    scorecardVersion: 2,
    agent: 'Noor',
    interactionDate: '2026-03-01',
    closedAt: now,
  });
});

it('[E14 C12] a row says its question’s tolerance, and how far apart exactly enough for that', () => {
  const withTolerance = (question: Question): Question =>
    question.type === 'scale' ? { ...question, toleranceHundredths: 3_333 } : question;
  const scorecard = {
    ...card,
    sections: card.sections.map((section) => ({
      ...section,
      questions: section.questions.map(withTolerance),
    })),
  };
  const { names, rows } = tableOf({ ...record, scorecard });
  const cell = (row: number, name: string) => rows[row]?.[names.indexOf(name)];
  expect([cell(0, 'tolerancePercent'), cell(0, 'thresholdPercent')]).toEqual([33.33, 33.3]);
  expect(cell(0, 'spreadPercent')).toBe(33.333);
  expect(cell(Object.keys(sheets).length, 'tolerancePercent')).toBeNaN();
});

it('[C8c C12] a row says who passed, how far its answer is off the agreed one, and its participant’s alignment', () => {
  // The total of the second is 61.111…, which one decimal would put below the mark.
  const scorecard = { ...card, passMarkHundredths: 6_111 };
  const agreedOn: Readonly<Record<string, Answer>> = {
    s: { kind: 'scale', valueHundredths: -25 },
    b: { kind: 'binary', pass: true },
  };
  const questions = record.questions.map((question) => ({
    ...question,
    agreed: agreedOn[question.questionId] ?? null,
  }));
  const { names, rows } = tableOf(withFigures({ ...record, scorecard, questions }, sectionWeightsOf(card)));
  const row = (question: number, person: number) =>
    Object.fromEntries(names.map((name, at) => [String(name), rows[3 * question + person]?.[at]]));
  expect(row(0, 0)).toMatchObject({
    offAgreedPercent: 16.7,
    mismatch: Number.NaN,
    passed: 'no',
    totalPercent: 50,
    passMarkPercent: 61.11,
    // Off by a sixth on the scale; what everyone chose alike counts as agreed.
    alignmentPercent: 94.4,
    alignmentN: 3,
    naMismatches: 1,
    criticalMismatches: 0,
    agreedQuestions: 4,
    scoredQuestions: 4,
  });
  expect(row(0, 1)).toMatchObject({ passed: 'yes', totalPercent: 61.111 });
  expect(row(3, 1)).toMatchObject({ answer: 'N/A', mismatch: 'N/A', offAgreedPercent: Number.NaN });
  expect(row(1, 0)).toMatchObject({ offAgreedPercent: Number.NaN, mismatch: Number.NaN });
});
