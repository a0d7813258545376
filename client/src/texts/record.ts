// Words of the permanent record: what a report says about itself.
import {
  type BoardQuestion,
  type CalibrationRecord,
  type PlaceMark,
  questionsOf,
  type RecordFact,
  type RecordPart,
} from '@attune/domain';
import { dateText } from '../lib/dates.ts';
import { count, hundredths, percent, plural, points } from '../lib/format.ts';
import { named } from './guest.ts';

const events: Readonly<Record<string, string>> = {
  created: 'Made the calibration',
  'settings-edited': 'Changed the settings',
  'participant-added': 'Added a participant',
  'participant-removed': 'Removed a participant',
  'scoring-started': 'Started scoring',
  submitted: 'Submitted',
  'taken-back': 'Took the submission back',
  excused: 'Excused a participant',
  readmitted: 'Let a participant back in',
  revealed: 'Revealed all answers',
  agreed: 'Recorded an agreed answer',
  resolved: 'Resolved the calibration',
  closed: 'Closed the calibration',
  'taken-over': 'Took over as facilitator',
  'handed-over': 'Handed the calibration over',
  swept: 'Agreed on every unanimous question',
  'sweep-undone': 'Undid agreeing on the unanimous questions',
  'speak-first-set': 'Changed whether cards name who might speak first',
  'names-set': 'Changed whose names are shown',
  'revote-opened': 'Opened a re-vote',
  voted: 'Voted again',
  'revote-revealed': 'Revealed a re-vote',
  'revote-cancelled': 'Called a re-vote off',
  admitted: 'Let a guest in',
  'turned-away': 'Turned a guest away',
  'invite-opened': 'A personal link was opened',
  'device-allowed': 'Let in another device of theirs',
  'place-entered': 'Opened their place',
  'place-disowned': 'Did not recognise a sign-in to their place',
  'place-restarted': 'Started again with an empty sheet',
  'observer-added': 'Came to watch',
  'observer-removed': 'Removed someone who watched',
  'put-out': 'Put somebody out',
  'let-back-in': 'Let somebody back in',
  'lobby-emptied': 'Turned away everyone who was waiting',
  'guest-renamed': 'Gave a guest another name',
};

/** Everyone of the record who came without an account, by member id: of those in it, and of those who left before. */
function guestsOf({ people, log }: CalibrationRecord): ReadonlySet<unknown> {
  const admitted = log.flatMap(({ event }) =>
    typeof event === 'object' &&
    event !== null &&
    'type' in event &&
    event.type === 'admitted' &&
    'memberId' in event
      ? [event.memberId]
      : [],
  );
  return new Set<unknown>([
    ...people.filter(({ guest }) => guest).map(({ memberId }) => memberId),
    ...admitted,
  ]);
}

/** What people do about themselves: their name stands before it already. */
const ownDoings = new Set([
  'submitted',
  'voted',
  'taken-back',
  'place-entered',
  'place-disowned',
  'place-restarted',
  'device-allowed',
]);

const fieldsOf = (event: unknown): Readonly<Record<string, unknown>> =>
  typeof event === 'object' && event !== null ? { ...event } : {};

/** Whose place an entry names: also one that was started again since, under an id of its own. */
function personBehind(participantId: unknown, { people, log }: CalibrationRecord) {
  const restarts = new Map(
    log.flatMap(({ event }) => {
      const told = fieldsOf(event);
      return told.type === 'place-restarted' ? [[told.participantId, told.newParticipantId] as const] : [];
    }),
  );
  let id = participantId;
  while (restarts.has(id)) id = restarts.get(id);
  return people.find((person) => person.participantId === id);
}

/** What a log entry says, with whom or what it was about. */
function logLine(event: unknown, record: CalibrationRecord): string {
  const told = fieldsOf(event);
  const what = events[String(told.type)] ?? String(told.type ?? '');
  const guests = guestsOf(record);
  const found = personBehind(told.participantId, record);
  // Whoever was put out before the reveal is in the log alone.
  const person = found
    ? named(found)
    : typeof told.name === 'string' && told.memberId !== undefined
      ? named({ name: told.name, guest: guests.has(told.memberId) })
      : undefined;
  const discarded =
    typeof told.discarded === 'string' ? `submission ${told.discarded} discarded unread` : undefined;
  const renamed =
    told.type === 'guest-renamed'
      ? `${String(told.from)} → ${named({ name: String(told.to), guest: true })}`
      : undefined;
  const question = record.scorecard.sections
    .flatMap((section) => section.questions)
    .find(({ id }) => id === told.questionId)?.prompt;
  const reason = typeof told.reason === 'string' ? told.reason : undefined;
  const device = typeof told.device === 'string' ? told.device : undefined;
  const isOwn = ownDoings.has(String(told.type));
  const about = [isOwn ? undefined : person, renamed, question, reason, discarded, device]
    .filter(Boolean)
    .join(' · ');
  return about === '' ? what : `${what}: ${about}`;
}

/** What is said beside a name, since it bears on who answered. */
function mark(of: PlaceMark): string {
  const when = dateText(of.at, 'date-time');
  switch (of.kind) {
    case 'personal-link':
      return of.device
        ? `Opened with a personal link on ${of.device}, ${when}. Anyone who held the link could score in their name.`
        : `Opened with a personal link, ${when}. Anyone who held the link could act in their name.`;
    case 'reset':
      return of.afresh
        ? `Account reset by ${of.by || 'the operator'}; started again with an empty sheet, ${when}.`
        : `Account reset by ${of.by || 'the operator'}, ${when}; they came in after that.`;
    case 'disowned':
      return of.afresh
        ? `Did not recognise a sign-in on ${of.device}, and started again, ${when}.`
        : `Did not recognise a sign-in on ${of.device}, ${when}.`;
  }
}

const questions = (n: number) => plural(n, { one: '# question', other: '# questions' });

function summary(record: CalibrationRecord): string {
  const { board, people } = record;
  const scored = people.filter(({ state }) => state === 'submitted').length;
  const threshold = hundredths(record.settings.thresholdHundredths);
  const apart =
    board.flaggedCount === 0
      ? `No question diverged by more than ${threshold} points.`
      : `${plural(board.flaggedCount, { one: '# question', other: '# questions' })} diverged by more than ${threshold} points.`;
  const agreed = record.questions.filter((question) => question.agreed !== null).length;
  const noted = record.questions.filter(({ note }) => note !== null).length;
  const outcome = `The group recorded ${plural(agreed, { one: '# agreed answer', other: '# agreed answers' })} and ${plural(noted, { one: '# note', other: '# notes' })}.`;
  return `${plural(scored, { one: '# person', other: '# people' })} scored ${questions(board.questions.length)}, each on their own and unseen. ${apart} ${outcome}`;
}

const factNames: Readonly<Record<RecordFact, string>> = {
  status: 'The status',
  organisation: 'The name of the organisation',
  facilitator: 'The name of the facilitator',
  scope: 'The scope',
  scorecardVersion: 'The version of the scorecard',
  instants: 'When each phase began',
};

/** A part of a record that its log does not hold as it stands. */
function part(of: RecordPart, { people, scorecard }: CalibrationRecord): string {
  const person = (id: string) => {
    const found = people.find(({ participantId }) => participantId === id);
    return found ? named(found) : id;
  };
  const question = (id: string) => `“${questionsOf(scorecard).find((one) => one.id === id)?.prompt ?? id}”`;
  switch (of.part) {
    case 'log':
      return `The log, from entry ${count(of.entry)} on: its chain breaks there`;
    case 'answers':
      return `The answers of ${person(of.participantId)}`;
    case 'name':
      return `The name of ${person(of.participantId)}`;
    case 'person':
      return `What is said of ${person(of.participantId)}`;
    case 'settings':
      return 'The settings';
    case 'scorecard':
      return 'The scorecard';
    case 'fact':
      return factNames[of.fact];
    case 'agreed':
      return `The agreed answer of ${question(of.questionId)}`;
    case 'note':
      return `The note on ${question(of.questionId)}`;
    case 'revote':
      return `A re-vote on ${question(of.questionId)}`;
    case 'missing-revote':
      return `A re-vote on ${question(of.questionId)} is missing`;
    case 'board-question':
      return `The board’s numbers of ${question(of.questionId)}`;
    case 'revote-numbers':
      return `The numbers of a re-vote on ${question(of.questionId)}`;
    case 'board':
      return 'The board’s order or totals';
    case 'rules':
      return 'The board: its rules make other numbers of these answers';
    case 'text':
      return of.entry === null
        ? 'A text that no entry of the log holds'
        : `A text of entry ${count(of.entry)} of the log`;
    case 'layout':
      return 'The layout of the record';
  }
}

export const record = {
  part,
  erased: 'Erased',
  logLine,
  /** Who did what an entry tells. */
  logWho: ({ byName, byMemberId }: CalibrationRecord['log'][number], of: CalibrationRecord) =>
    byName === '' ? 'Attune' : named({ name: byName, guest: guestsOf(of).has(byMemberId) }),
  notChecked: (admittedBy: string | null) =>
    admittedBy === null ? 'identity not checked' : `admitted by ${admittedBy}, identity not checked`,
  personName: (of: CalibrationRecord, name: string) => (of.namesHidden ? `Evaluator ${name}` : name),
  proofHidden:
    'Names are hidden until the calibration is closed. From then on anyone can verify who answered what, too.',
  round: (round: number) => (round === 2 ? 'Re-vote' : `Re-vote, round ${count(round)}`),
  moved: (before: BoardQuestion, after: BoardQuestion) =>
    before.spread === null || after.spread === null
      ? `n = ${count(after.n)}`
      : `Spread from ${points(before.spread)} to ${points(after.spread)} points, n = ${count(after.n)}`,
  move: (name: string, from: string, to: string) =>
    from === to ? `${name}: stayed with ${to}` : `${name}: ${from} → ${to}`,
  summary,
  crumb: 'Calibrations',
  documentTitle: (name: string) => `Record: ${name}`,
  print: 'Print',
  exportCsv: 'CSV',
  exportJson: 'JSON',
  exports: 'Export',
  facts: 'Facts',
  fact: {
    organisation: 'Organisation',
    scorecard: 'Scorecard',
    scope: 'Scope',
    facilitator: 'Facilitator',
    reference: 'Interaction',
    date: 'Interaction date',
    agent: 'Agent',
    threshold: 'Threshold',
    revealed: 'Revealed',
    resolved: 'Resolved',
    closed: 'Closed',
    recording: 'Recording',
  },
  recordingOpen: 'Open the recording',
  version: (name: string, version: number) => `${name}, version ${count(version)}`,
  thresholdPoints: (value: number) => `${hundredths(value)} percentage points`,
  glance: 'At a glance',
  glanceDivergence: 'Divergence',
  flagged: 'Flagged questions',
  noneFlagged: 'No question was flagged.',
  rest: 'The other questions',
  restAll: 'Open all',
  restNone: 'Fold all',
  number: (at: number) => `${count(at)}.`,
  agreed: 'Agreed answer',
  notAgreed: 'No agreed answer was recorded.',
  note: 'Resolution note',
  numbers: 'All scores',
  people: 'People',
  person: 'Name',
  state: 'State',
  submitted: 'Submitted',
  excused: (reason: string) => `Excused: ${reason}`,
  late: 'joined late',
  mark,
  totalHead: 'Total',
  log: 'What happened',
  proof: 'Proof',
  proofAbout:
    'When each person submitted, a fingerprint of their answers was fixed in the log, for everyone to see before the reveal. The log holds the rest of this record, too: settings, scorecard, board, agreed answers, notes and names. The secret salts were published at the reveal, so that anyone can recompute all of it, and the log’s chain with it. This proves that nothing was changed after it was done. It does not prove that the server could not have read it.',
  commitments: 'Fingerprints fixed at submission',
  commitment: 'Fingerprint (HMAC-SHA-256)',
  salt: 'Salt',
  auditHead: 'Head of the log’s chain (SHA-256)',
  verify: 'Verify',
  /** In tenths, so that it is not read out too often. */
  verifying: (share: number) => `Verifying… ${percent(Math.round(share * 10) * 10)}`,
  verified: (commitments: number, entries: number) =>
    `Verified on this device: ${plural(commitments, { one: '# fingerprint', other: '# fingerprints' })} and ${plural(entries, { one: '# log entry', other: '# log entries' })} hold.`,
  verifiedNameless: (entries: number) =>
    `Verified on this device: ${plural(entries, { one: '# log entry holds', other: '# log entries hold' })}.`,
  broken: 'This record does not verify',
  notHeld: 'Not what the log holds:',
  reach: {
    whole:
      'The log holds all of it: answers, comments, board, agreed answers, notes, settings, scorecard and names.',
    answers:
      'This record was made by an earlier version, whose log holds answers and what was done. It does not hold the board, agreed answers, notes, settings, scorecard and names.',
    nameless: 'While names are hidden, it is not held who answered what.',
  },
  withheld: (n: number) =>
    `${plural(n, { one: '# text is', other: '# texts are' })} held by a fingerprint alone: erased, or not for you to read.`,
  noCrypto:
    'This browser verifies only over https. Export the JSON and run npm run verify -- record.json instead.',
  runningFoot: (address: string, head: string) => `${address} · log head ${head}`,
  notYetTitle: 'There is no record here',
  notYetText:
    'A record is written when a calibration is resolved. It may not be yet, or it is not yours to open.',
  toCalibrations: 'See all calibrations',
} as const;
