// Sessions in every status for the domain's tests: two questions, three participants; and commands run on them with the facts
// they usually meet.
import type { Answer, Sheet } from '../answer.ts';
import { buildBoard } from '../build-board.ts';
import { binary, pass, scale, scorecardOf, value } from '../questions.fixture.ts';
import type { Command, CommandType } from './command.ts';
import { decide } from './decide.ts';
import type { SessionEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { FactsOf, KnownMember, Sealed } from './facts.ts';
import type { Refusal } from './refusal.ts';
import { firstDiscussion, keepSettings, type Participant, type Session, type Settings } from './state.ts';
import { isRevealed, type SessionStatus } from './status.ts';

export const now = '2026-03-02T10:00:00.000Z';

export const settings: Settings = {
  name: 'March voice',
  scorecardVersionId: 'version',
  thresholdHundredths: 1_000,
  scope: { kind: 'client', clientId: 'acme' },
  interactionReference: null,
  interactionDate: null,
  recordingUrl: null,
  transcript: [{ speaker: 'Agent', second: 0, text: 'Hello' }],
  meetingAt: null,
  dueAt: null,
  questionIds: null,
  agentName: null,
  agentNameHidden: false,
};

export const scorecard = scorecardOf(scale('a', 0, 10), binary('b'));

export const fullSheet: Sheet = {
  a: { answer: value(7), comment: '', evidence: [] },
  b: { answer: pass, comment: '', evidence: [] },
};

export const scoring = (name: string): Participant => ({
  id: `p-${name}`,
  memberId: name,
  late: false,
  state: 'scoring',
});
export const submitted = (name: string): Participant => ({
  ...scoring(name),
  state: 'submitted',
  submittedAt: now,
});
export const excused = (name: string): Participant => ({
  ...scoring(name),
  state: 'excused',
  reason: 'ill',
  excusedAt: now,
});

/** A session in the status; from review on question `a` is flagged and nothing is resolved. */
export function sessionIn(
  status: SessionStatus,
  participants: readonly Participant[] = ['ana', 'ben', 'cho'].map(isRevealed(status) ? submitted : scoring),
): Session {
  const common = {
    id: 'session',
    facilitatorId: 'lea',
    settings: keepSettings(settings),
    scorecard,
    participants,
    observers: [],
    lobby: [],
    putOut: [],
    names: 'shown' as const,
  };
  if (!isRevealed(status)) return { ...common, status };
  return {
    ...common,
    status,
    flaggedQuestionIds: ['a'],
    resolutions: [],
    discussion: firstDiscussion,
    revotes: [],
  };
}

export const sealed: Sealed = {
  sealed: new Uint8Array([1]),
  commitment: new Uint8Array(32).fill(0xc0),
};
/** The commitment of `sealed`, as the log has it. */
export const commitment = 'c0'.repeat(32);

/** Somebody who scores, wherever. */
export const evaluator: KnownMember = {
  hasSignIn: true,
  active: true,
  roles: ['evaluator'],
  access: { kind: 'organisation' },
  guest: false,
};

const scored = (answer: Answer): Sheet => ({ ...fullSheet, a: { answer, comment: '', evidence: [] } });

/** Three sheets that agree on `b` and not on `a`. */
export const sheets: readonly { readonly id: string; readonly sheet: Sheet }[] = [
  { id: 'p-ana', sheet: scored(value(2)) },
  { id: 'p-ben', sheet: scored(value(9)) },
  { id: 'p-cho', sheet: scored(value(5)) },
];

export const board = buildBoard({ scorecard, thresholdHundredths: 1_000, participants: sheets });

const [numbers] = board.questions;
if (!numbers) throw new Error('a board without questions');

/** What a command usually meets, by type. */
const usual: { readonly [T in CommandType]: (command: Command<T>) => FactsOf<T> } = {
  'edit-settings': () => ({ scorecard, hindered: [] }),
  'move-version': () => ({ from: 1, newest: { id: 'v2', version: 2, scorecard } }),
  'add-participant': ({ memberId }) => ({ participantId: `p-${memberId}`, member: evaluator }),
  'remove-participant': () => null,
  delete: () => null,
  'start-scoring': () => ({ version: 1, newest: 1 }),
  reveal: () => ({
    board,
    commitments: [{ participantId: 'p-ana', commitment }],
    submissions: sheets.map(({ id, sheet }) => ({
      participantId: id,
      sheet,
      salt: new Uint8Array(32),
      texts: {},
    })),
  }),
  resolve: () => ({ notes: [] }),
  close: () => null,
  submit: () => ({ sheet: fullSheet, sealed, signedInAt: now }),
  'take-back': () => null,
  excuse: () => null,
  readmit: () => null,
  'start-afresh': ({ memberId }) => ({ newParticipantId: `p-${memberId}-2` }),
  'restart-place': ({ memberId }) => ({ newParticipantId: `p-${memberId}-2`, resetBy: 'Ada' }),
  agree: () => null,
  focus: () => null,
  timer: () => null,
  sweep: () => ({ board }),
  undo: () => null,
  'set-speak-first': () => null,
  'open-revote': () => ({ revoteId: 'r1' }),
  vote: () => ({ sealed, signedInAt: now }),
  'reveal-revote': () => ({ votes: [], numbers }),
  'cancel-revote': () => null,
  join: ({ memberId }) => ({ participantId: `p-${memberId}`, member: evaluator }),
  knock: ({ name }) => ({ entryId: `e-${name}`, memberId: name, userId: `u-${name}` }),
  admit: ({ entryId }) => ({ participantId: entryId.replace('e-', 'p-'), guestsAllowed: true }),
  'turn-away': () => null,
  'empty-lobby': () => null,
  'rename-guest': () => ({ from: 'Ben Whitfield', guest: true }),
  'put-out': ({ memberId }) => ({ name: memberId.toUpperCase(), discarded: null }),
  'let-back-in': () => ({ name: 'Ben', guest: false }),
  'hand-over': () => ({ member: { ...evaluator, roles: ['lead'] } }),
  'take-over': () => null,
  'set-names': () => null,
};

/** The facts the command usually meets, with some of them otherwise. */
export function factsFor<T extends CommandType>(
  command: Command<T>,
  otherwise: Partial<NonNullable<FactsOf<T>>> = {},
): FactsOf<T> {
  const facts = usual[command.type as T](command);
  return facts === null ? facts : { ...facts, ...otherwise };
}

export type Ran =
  | { readonly ok: true; readonly session: Session; readonly events: readonly SessionEvent[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** Decides and evolves. */
export function run<T extends CommandType>(
  session: Session,
  command: Command<T>,
  { facts = factsFor(command), at = now }: { facts?: FactsOf<T>; at?: string } = {},
): Ran {
  const decision = decide(session, command, facts, at);
  if (!decision.ok) return decision;
  return { ...decision, session: decision.events.reduce(evolve, session) };
}

/** The session after the commands. @throws for one that is refused */
export const after = (session: Session, ...commands: Command[]): Session =>
  commands.reduce((state, command) => {
    const ran = run(state, command);
    if (!ran.ok) throw new Error(ran.refusal.code);
    return ran.session;
  }, session);

/** The refusal's code, `ok` where there is none. */
export const codeOf = (ran: Ran): string => (ran.ok ? 'ok' : ran.refusal.code);
