// A calibration in review, as it would come over the wire: for looking at the board and the record, and for tests of them.
// Invented people, an invented call; the numbers are the domain's own.
import type { SessionView } from '@attune/contract';
import {
  type Answer,
  type Board,
  buildBoard,
  type Scorecard,
  type SheetEntry,
  sectionWeightsOf,
} from '@attune/domain';

const id = (n: number) => `0190a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const sessionId = id(1);
const names = ['Ana Ferreira', 'Ben Okafor', 'Chloé Martin', 'Dmitri Volkov', 'Esra Yıldız', 'Farah Haddad'];
export const people = names.map((name, at) => ({ id: id(0x100 + at), memberId: id(0x1003 + at * 7), name }));
export const facilitator = { memberId: id(0x200), name: 'Grace Lindqvist' };

const base = {
  weightHundredths: 100,
  required: true,
  naEligible: false,
  critical: 'none',
  comment: 'offered',
} as const;

export const scorecard: Scorecard = {
  name: 'Billing calls, voice',
  description: 'Inbound calls about invoices and payments.',
  passMarkHundredths: 8_000,
  disputeWindowHours: 72,
  sections: [
    {
      id: 'opening',
      title: 'Opening',
      weightHundredths: 2_000,
      questions: [
        {
          ...base,
          id: 'greeting',
          type: 'binary',
          prompt: 'Did the agent greet the caller by the standard opening?',
          guidance: 'Company, own name, and an offer to help, within the first ten seconds.',
        },
        {
          ...base,
          id: 'verification',
          type: 'binary',
          prompt: 'Did the agent verify the caller before opening the account?',
          guidance: 'Two of: date of birth, postcode, last invoice amount. A name alone is not enough.',
          critical: 'scorecard',
          comment: 'required-when-points-lost',
        },
      ],
    },
    {
      id: 'listening',
      title: 'Listening',
      weightHundredths: 4_000,
      questions: [
        {
          ...base,
          id: 'empathy',
          type: 'scale',
          prompt: 'How well did the agent acknowledge how the caller felt?',
          guidance: '1: ignored it. 3: named it once. 5: named it, and came back to it before closing.',
          minHundredths: 100,
          maxHundredths: 500,
          stepHundredths: 100,
          anchors: [
            { valueHundredths: 100, label: 'Ignored' },
            { valueHundredths: 300, label: 'Named once' },
            { valueHundredths: 500, label: 'Came back to it' },
          ],
        },
        {
          ...base,
          id: 'probing',
          type: 'rubric',
          prompt: 'How did the agent find out what the caller needed?',
          guidance: 'Open questions first; closed questions to confirm.',
          options: [
            { id: 'full', label: 'Asked openly, then confirmed', pointsHundredths: 1_000 },
            { id: 'part', label: 'Asked, but did not confirm', pointsHundredths: 600 },
            { id: 'none', label: 'Assumed', pointsHundredths: 0 },
          ],
        },
        {
          ...base,
          id: 'hold',
          type: 'binary',
          prompt: 'Did the agent ask before putting the caller on hold?',
          guidance: 'N/A when there was no hold.',
          naEligible: true,
        },
      ],
    },
    {
      id: 'solving',
      title: 'Solving',
      weightHundredths: 4_000,
      questions: [
        {
          ...base,
          id: 'steps',
          type: 'checklist',
          prompt: 'Which steps of the refund procedure were followed?',
          guidance: '',
          options: [
            { id: 'invoice', label: 'Opened the invoice', pointsHundredths: 100 },
            { id: 'reason', label: 'Named the reason', pointsHundredths: 100 },
            { id: 'amount', label: 'Read the amount back', pointsHundredths: 100 },
            { id: 'date', label: 'Gave a date', pointsHundredths: 100 },
          ],
        },
        {
          ...base,
          id: 'confidence',
          type: 'scale',
          prompt: 'How sure are you that the caller will not need to call again about the same invoice?',
          guidance: 'In percent, as you would bet.',
          minHundredths: 0,
          maxHundredths: 10_000,
          stepHundredths: 100,
          anchors: [],
        },
        {
          ...base,
          id: 'driver',
          type: 'rubric',
          prompt: 'What was the main reason for the call?',
          guidance: '',
          options: [
            { id: 'double', label: 'Charged twice', pointsHundredths: null },
            { id: 'late', label: 'Late refund', pointsHundredths: null },
            { id: 'unclear', label: 'Invoice not understood', pointsHundredths: null },
          ],
        },
        {
          ...base,
          id: 'tags',
          type: 'checklist',
          prompt: 'Which topics came up?',
          guidance: '',
          required: false,
          naEligible: true,
          options: [
            { id: 'refund', label: 'Refund', pointsHundredths: null },
            { id: 'tone', label: 'Tone', pointsHundredths: null },
            { id: 'app', label: 'The app', pointsHundredths: null },
          ],
        },
        {
          ...base,
          id: 'escalation',
          type: 'binary',
          prompt: 'Was the escalation path explained?',
          guidance: '',
          naEligible: true,
        },
        {
          ...base,
          id: 'close',
          type: 'binary',
          prompt: 'Did the agent close with a summary?',
          guidance: 'What was done, what happens next, and by when.',
        },
        {
          ...base,
          id: 'coaching',
          type: 'text',
          prompt: 'One thing to praise, one thing to practise',
          guidance: '',
          required: false,
        },
      ],
    },
  ],
};

const yes: Answer = { kind: 'binary', pass: true };
const no: Answer = { kind: 'binary', pass: false };
const na: Answer = { kind: 'na' };
const on = (value: number): Answer => ({ kind: 'scale', valueHundredths: value * 100 });
const one = (optionId: string): Answer => ({ kind: 'rubric', optionId });
const many = (...optionIds: string[]): Answer => ({ kind: 'checklist', optionIds });
const said = (text: string): Answer => ({ kind: 'text', text });

/** By question: what the six answered. */
const given: Readonly<Record<string, readonly (Answer | null)[]>> = {
  greeting: [yes, yes, yes, yes, yes, yes],
  verification: [yes, no, yes, no, yes, yes],
  empathy: [on(4), on(2), on(5), on(3), on(4), on(4)],
  probing: [one('full'), one('part'), one('full'), one('full'), one('part'), one('full')],
  hold: [yes, yes, na, yes, na, yes],
  steps: [
    many('invoice', 'reason'),
    many('invoice', 'amount'),
    many('reason', 'date'),
    many('invoice', 'reason'),
    many('invoice', 'amount'),
    many('amount', 'date'),
  ],
  confidence: [on(60), on(62), on(65), on(60), on(66), on(64)],
  driver: [one('double'), one('double'), one('late'), one('double'), one('unclear'), one('double')],
  tags: [many('refund', 'tone'), many('refund'), many('refund', 'app'), many(), many('refund'), null],
  escalation: [na, na, na, na, yes, na],
  close: [yes, yes, yes, yes, yes, yes],
  coaching: [
    said('Praise: stayed calm throughout. Practise: saying what happens next before being asked.'),
    said('Calm. Needs to verify before opening the account.'),
    null,
    said('Strong summary at the end.'),
    null,
    said('Listens well; interrupts once at 2:10.'),
  ],
};

const comments: Readonly<Record<string, readonly (Partial<SheetEntry> | null)[]>> = {
  verification: [
    {
      comment: 'Asked for postcode and amount, then opened the account.',
      evidence: [{ kind: 'line', line: 2 }],
    },
    {
      comment:
        'The account was open before the second question: the agent reads the balance out in the same breath. For me that is a fail, however friendly it was.',
      evidence: [
        { kind: 'line', line: 3 },
        { kind: 'second', second: 41 },
      ],
    },
    null,
    { comment: 'Only the postcode counts, the amount was offered by the caller.', evidence: [] },
    null,
    null,
  ],
  empathy: [
    null,
    { comment: 'Said “I understand” without saying what.', evidence: [{ kind: 'line', line: 5 }] },
    { comment: 'Named the worry about the overdraft, twice.', evidence: [] },
    null,
    null,
    null,
  ],
};

export const transcript: SessionView['detail']['settings']['transcript'] = [
  {
    speaker: 'Agent',
    second: 2,
    text: 'Good morning, Nordlight Energy, you are speaking with Sam. How can I help?',
  },
  { speaker: 'Caller', second: 9, text: 'I was charged twice this month and now I am overdrawn.' },
  {
    speaker: 'Agent',
    second: 24,
    text: 'May I have your postcode and the amount of the last invoice, please?',
  },
  { speaker: 'Agent', second: 41, text: 'Thank you. I can see a balance of 84 pounds 20 here.' },
  { speaker: 'Caller', second: 55, text: 'It is really worrying, the bank charges me for that as well.' },
  { speaker: 'Agent', second: 63, text: 'I understand. Let me look at it.' },
];

const sheetOf = (at: number): Record<string, SheetEntry> =>
  Object.fromEntries(
    Object.entries(given).map(([question, answers]) => [
      question,
      { answer: answers[at] ?? null, comment: '', evidence: [], ...comments[question]?.[at] },
    ]),
  );

export const board: Board = buildBoard({
  scorecard,
  thresholdHundredths: 1_000,
  participants: people.map((person, at) => ({ id: person.id, sheet: sheetOf(at) })),
});

export const view: SessionView = {
  number: 31,
  shared: {
    id: sessionId,
    status: 'review',
    name: 'Billing calls, week 47: the double charge',
    thresholdHundredths: 1_000,
    scope: { kind: 'organisation' },
    facilitator,
    participants: people.map((person) => ({
      ...person,
      guest: false,
      admittedBy: null,
      late: false,
      state: 'submitted',
      answered: 12,
      questions: 12,
      submittedAt: '2026-11-20T15:12:00.000Z',
      reason: null,
    })),
    resolutions: [{ questionId: 'probing', agreed: { kind: 'rubric', optionId: 'part' }, cause: 'wording' }],
    flaggedQuestionIds: board.order.filter((question) =>
      board.questions.some(({ questionId, flagged }) => flagged && questionId === question),
    ),
    discussion: { focusQuestionId: null, timers: [], speakFirst: true, undo: null },
    revotes: [],
    names: 'shown',
    observers: [],
    lobby: [],
    putOut: [],
    meetingAt: '2026-11-23T14:00:00.000Z',
    dueAt: '2026-11-23T12:00:00.000Z',
    detailRevision: 2,
    createdAt: '2026-11-18T09:30:00.000Z',
    scoringAt: '2026-11-18T10:00:00.000Z',
    reviewAt: '2026-11-23T14:02:00.000Z',
    resolvedAt: null,
    closedAt: null,
    deleted: false,
  },
  seat: {
    may: ['session.read', 'session.facilitate', 'board.read', 'notes.read', 'notes.write'],
    participantId: null,
  },
  detail: {
    settings: {
      name: 'Billing calls, week 47: the double charge',
      scorecardVersionId: id(0x300),
      thresholdHundredths: 1_000,
      scope: { kind: 'organisation' },
      interactionReference: 'CALL-2026-118834',
      interactionDate: '2026-11-16',
      recordingUrl: null,
      transcript,
      meetingAt: '2026-11-23T14:00:00.000Z',
      dueAt: '2026-11-23T12:00:00.000Z',
      questionIds: null,
      agentName: 'Sam Whitfield',
      agentNameHidden: false,
    },
    scorecard,
    sectionWeights: [...sectionWeightsOf(scorecard)],
    scorecardId: id(0x301),
    scorecardVersion: 3,
    scorecardStanding: 'newest',
    movedFrom: null,
    goneQuestions: [],
    clientName: null,
    lobName: null,
  },
};
