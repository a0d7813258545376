// What the permanent record says of its log, its people and its numbers.
import {
  type BoardQuestion,
  type CalibrationRecord,
  naSplitsOf,
  type PlaceMark,
  questionsOf,
  type RecordPart,
  whatIsLeft,
} from '@attune/domain';
import { dateText } from '../lib/dates.ts';
import { percent } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';
import { board } from './board.ts';
import { figures } from './figures.ts';
import { named } from './guest.ts';

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
  const what = m.record_events({ type: String(told.type ?? '') });
  const guests = guestsOf(record);
  const found = personBehind(told.participantId, record);
  // Whoever was put out before the reveal is in the log alone.
  const person = found
    ? named(found)
    : typeof told.name === 'string' && told.memberId !== undefined
      ? named({ name: told.name, guest: guests.has(told.memberId) })
      : undefined;
  const discarded =
    typeof told.discarded === 'string' ? m.record_discarded({ fingerprint: told.discarded }) : undefined;
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
      return of.device ? m.record_mark_linkOn({ device: of.device, when }) : m.record_mark_link({ when });
    case 'reset': {
      const by = of.by || m.record_operator();
      return of.afresh ? m.record_mark_resetAfresh({ by, when }) : m.record_mark_reset({ by, when });
    }
    case 'disowned': {
      const { device } = of;
      return of.afresh
        ? m.record_mark_disownedAfresh({ device, when })
        : m.record_mark_disowned({ device, when });
    }
  }
}

/** Who scored what, how far apart they were, what the group agreed on, and which N/A splits it left open (C11). */
function summary({ board: numbers, people, settings, questions, scorecard }: CalibrationRecord): string {
  const scored = m.record_summary_scored({
    people: people.filter(({ state }) => state === 'submitted').length,
    questions: numbers.questions.length,
  });
  const apart = m.record_summary_apart({
    count: numbers.flaggedCount,
    by: board.withOwnTolerance(scorecard) > 0 ? 'tolerances' : 'threshold',
    threshold: figures.threshold(settings.thresholdHundredths),
  });
  const outcome = m.record_summary_outcome({
    agreed: questions.filter(({ agreed }) => agreed !== null).length,
    notes: questions.filter(({ note }) => note !== null).length,
  });
  const resolutions = questions.map((one) => ({ ...one, noted: one.note !== null }));
  const left = whatIsLeft({ flaggedQuestionIds: [], naSplitIds: naSplitsOf(numbers) }, resolutions).mayLeave
    .length;
  return [scored, apart, outcome, ...(left > 0 ? [m.record_summary_naOpen({ count: left })] : [])].join(' ');
}

/** A part of a record that its log does not hold as it stands. */
function part(of: RecordPart, { people, scorecard }: CalibrationRecord): string {
  const person = (id: string) => {
    const found = people.find(({ participantId }) => participantId === id);
    return found ? named(found) : id;
  };
  const question = (id: string) => questionsOf(scorecard).find((one) => one.id === id)?.prompt ?? id;
  switch (of.part) {
    case 'log':
      return m.record_partLog({ entry: of.entry });
    case 'text':
      return of.entry === null ? m.record_partText() : m.record_partTextOf({ entry: of.entry });
    case 'answers':
    case 'name':
    case 'person':
      return m.record_partOfPerson({ part: of.part, name: person(of.participantId) });
    case 'fact':
      return m.record_partFact({ fact: of.fact });
    case 'settings':
    case 'scorecard':
    case 'board':
    case 'rules':
    case 'layout':
    case 'figures':
      return m.record_part({ part: of.part });
    default:
      return m.record_partOfQuestion({ part: of.part, question: question(of.questionId) });
  }
}

export const record = {
  part,
  logLine,
  /** Who did what an entry tells. */
  logWho: ({ byName, byMemberId }: CalibrationRecord['log'][number], of: CalibrationRecord) =>
    byName === '' ? m.shell_product() : named({ name: byName, guest: guestsOf(of).has(byMemberId) }),
  notChecked: (admittedBy: string | null) =>
    admittedBy === null ? m.record_notChecked() : m.record_notCheckedAdmitted({ name: admittedBy }),
  personName: (of: CalibrationRecord, name: string) =>
    of.namesHidden ? m.record_evaluator({ letter: name }) : name,
  moved: (before: BoardQuestion, after: BoardQuestion) => {
    const [from, to] = figures.movement(before, after);
    return m.record_movedApart({ before: from, after: to, n: after.n });
  },
  move: (name: string, from: string, to: string) =>
    from === to ? m.record_stayed({ name, to }) : m.record_movedFrom({ name, from, to }),
  summary,
  mark,
  /** The verifying so far, in [0, 1]; in tenths, so that it is not read out too often. */
  verifying: (share: number) => m.record_verifying({ share: percent(Math.round(share * 10) * 10) }),
} as const;
