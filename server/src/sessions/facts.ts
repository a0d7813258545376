// What a command needs to know beside the session, looked up under its lock. The only file that opens what people sealed: every
// submission for the reveal, every vote for its round's, one's own sheet when it is submitted.
import { setImmediate } from 'node:timers/promises';
import { readSheet } from '@attune/contract';
import { readNote } from '@attune/contract/notes-schema';
import {
  type Actor,
  type Answer,
  type Board,
  type Command,
  type CommandType,
  type FactsOf,
  type HinderedMember,
  type Hindrance,
  narrowScorecard,
  questionsOf,
  type ResolutionNote,
  type Scope,
  type Sheet,
  secondRound,
  toHex,
  whyNotStay,
} from '@attune/domain';
import type { Database, Tx } from '../db/client.ts';
import { loadDocument } from '../documents/store.ts';
import type { InputFault } from '../outcome.ts';
import { findMember, findOrganisation } from '../people/store.ts';
import { computeBoard } from './compute-board.ts';
import { findBoard } from './detail.store.ts';
import { findNewestVersion, holdScorecardOf } from './lookup.store.ts';
import { readAs } from './read.ts';
import { findVote, listVotes } from './revote.store.ts';
import { openSubmission, openVote, sealSubmission, sealVote } from './sealed-content.ts';
import { checkSettings } from './settings-check.ts';
import { findDocumentId } from './store.ts';
import type { StoredSession } from './stored-session.ts';
import {
  findCommitment,
  listCommitments,
  listSubmissions,
  type SealedSubmission,
} from './submission.store.ts';

export interface Looking {
  readonly tx: Tx;
  readonly deps: { readonly serverKey: Uint8Array; readonly newId: () => string };
  readonly actor: Actor;
  /** The session, locked. */
  readonly stored: StoredSession;
  readonly signedInAt: string;
  readonly now: string;
}

/** Not facts: what only rows can tell is wrong with the input. */
export class BadInput {
  readonly problems: readonly InputFault[];
  constructor(problems: readonly InputFault[]) {
    this.problems = problems;
  }
}

type Looked<T extends CommandType> = FactsOf<T> | BadInput;
type Lookup<T extends CommandType> = (at: Looking, command: Command<T>) => Looked<T> | Promise<Looked<T>>;

const nothing = () => null;

async function newestOf(tx: Tx, { organisationId, session }: StoredSession) {
  const found = await findNewestVersion(tx, organisationId, session.settings.scorecardVersionId);
  if (!found) throw new Error('a session without its scorecard version');
  return found;
}

const lookups: { readonly [T in CommandType]: Lookup<T> } = {
  'edit-settings': async ({ tx, actor, stored, now }, { settings }) => {
    const checked = await checkSettings(tx, actor, settings, { before: stored.session.settings, now });
    if ('problems' in checked) return new BadInput(checked.problems);
    return { scorecard: checked.scorecard, hindered: await hinderedBy(tx, stored, settings.scope) };
  },
  'move-version': async ({ tx, stored }) => {
    const { from, newest } = await newestOf(tx, stored);
    const { id, version, content } = newest;
    const scorecard = narrowScorecard(content, stored.session.settings.questionIds);
    return { from, newest: { id, version, scorecard } };
  },
  'add-participant': async ({ tx, deps, actor }, { memberId }) => ({
    participantId: deps.newId(),
    member: await findMember(tx, actor.organisationId, memberId),
  }),
  'remove-participant': nothing,
  delete: nothing,
  'start-scoring': async ({ tx, stored }) => {
    const { organisationId, session } = stored;
    // A publishing is seen here, or sees a session that scores.
    await holdScorecardOf(tx, organisationId, session.settings.scorecardVersionId);
    const { from, newest } = await newestOf(tx, stored);
    return { version: from, newest: newest.version };
  },
  reveal: openSubmissions,
  resolve: async (at) => ({ notes: await readNotes(at) }),
  close: nothing,
  submit: async (at, { memberId }) => {
    const { deps, stored, signedInAt } = at;
    const participantId = placeOf(stored, memberId);
    const sheet = await readStoredSheet(at, participantId);
    return { sheet, sealed: sealSubmission(deps.serverKey, stored, participantId, sheet), signedInAt };
  },
  'take-back': nothing,
  excuse: nothing,
  readmit: nothing,
  'start-afresh': ({ deps }) => ({ newParticipantId: deps.newId() }),
  'restart-place': async ({ tx, deps, actor }, { memberId }) => {
    const member = await findMember(tx, actor.organisationId, memberId);
    return { newParticipantId: deps.newId(), resetBy: member?.reset?.byName ?? '' };
  },
  agree: nothing,
  focus: nothing,
  timer: nothing,
  sweep: async ({ tx, stored }) => ({ board: await boardOf(tx, stored) }),
  undo: nothing,
  'set-speak-first': nothing,
  'open-revote': ({ deps }) => ({ revoteId: deps.newId() }),
  vote: ({ deps, stored, signedInAt }, { memberId, revoteId, answer }) => {
    const participantId = placeOf(stored, memberId);
    return { sealed: sealVote(deps.serverKey, stored, { revoteId, participantId, answer }), signedInAt };
  },
  'reveal-revote': openVotes,
  'cancel-revote': nothing,
  join: async ({ tx, deps, actor }, { memberId }) => ({
    participantId: deps.newId(),
    member: await findMember(tx, actor.organisationId, memberId),
  }),
  // The guest is made by it, and is who gives the command.
  knock: ({ deps, actor }) => ({ entryId: deps.newId(), memberId: actor.memberId, userId: deps.newId() }),
  admit: async ({ tx, deps, actor }) => ({
    participantId: deps.newId(),
    guestsAllowed: (await findOrganisation(tx, actor.organisationId))?.guestsAllowed ?? false,
  }),
  'turn-away': nothing,
  'empty-lobby': nothing,
  'rename-guest': ({ stored }, { memberId }) => ({
    from: nameOf(stored, memberId),
    guest: stored.guests.has(memberId),
  }),
  'put-out': async ({ tx, stored }, { memberId }) => {
    const { session } = stored;
    const place = session.participants.find((participant) => participant.memberId === memberId);
    const isDiscarded = place?.state === 'submitted' && session.status === 'scoring';
    return {
      name: nameOf(stored, memberId),
      discarded: isDiscarded ? await findCommitment(tx, stored.organisationId, place.id) : null,
    };
  },
  'let-back-in': ({ stored }, { memberId }) => ({
    name: nameOf(stored, memberId),
    guest: stored.guests.has(memberId),
  }),
  'hand-over': async ({ tx, actor }, { memberId }) => ({
    member: await findMember(tx, actor.organisationId, memberId),
  }),
  'take-over': nothing,
  'set-names': nothing,
};

/** Looks up what the command needs. Called once the session alone does not refuse it (`whyNot`). */
export async function lookUp<T extends CommandType>(at: Looking, command: Command<T>): Promise<Looked<T>> {
  const lookup: Lookup<T> = lookups[command.type as T];
  return lookup(at, command);
}

const nameOf = ({ names }: StoredSession, memberId: string): string => names.get(memberId) ?? '';

function placeOf({ session }: StoredSession, memberId: string): string {
  const own = session.participants.find((participant) => participant.memberId === memberId);
  if (!own) throw new Error('somebody without a place seals something');
  return own.id;
}

async function boardOf(tx: Tx, { organisationId, session }: StoredSession): Promise<Board> {
  const board = await findBoard(tx, organisationId, session.id);
  if (!board) throw new Error('a session in review without its board');
  return board;
}

/** Everyone of the session whom the scope would put out of it. */
async function hinderedBy(tx: Tx, stored: StoredSession, scope: Scope): Promise<HinderedMember[]> {
  const hindered: HinderedMember[] = [];
  for (const { memberId } of stored.session.participants) {
    const member = await findMember(tx, stored.organisationId, memberId);
    const hindrance: Hindrance | null = member ? whyNotStay(member, scope) : { why: 'unknown' };
    if (hindrance) hindered.push({ memberId, ...hindrance });
  }
  return hindered;
}

/** Everyone's submissions in the open, with the board made of them: numbers that nobody computes again. */
async function openSubmissions({ tx, deps, stored }: Looking): Promise<FactsOf<'reveal'>> {
  const { organisationId, session } = stored;
  const rows = await listSubmissions(tx, organisationId, session.id);
  const { scorecard } = session;
  let submissions: FactsOf<'reveal'>['submissions'] = [];
  const board = await computeBoard(rows.length * questionsOf(scorecard).length, async () => {
    const opened = await openAll(deps.serverKey, stored, rows);
    submissions = session.participants
      .filter(({ state }) => state === 'submitted')
      .map(({ id }) => {
        const submitted = opened.get(id);
        if (!submitted) throw new Error('a submitted participant without a submission');
        return { participantId: id, ...submitted };
      });
    return {
      scorecard,
      thresholdHundredths: session.settings.thresholdHundredths,
      participants: submissions.map(({ participantId, sheet }) => ({ id: participantId, sheet })),
    };
  });
  // The list enters the log's chain with the reveal, in the transaction that opens what it is of.
  return { board, submissions, commitments: await listCommitments(tx, organisationId, session.id) };
}

/** So long the loop is held at once: nobody waits for all submissions. */
const longestTurnMs = 10;

async function openAll(
  serverKey: Uint8Array,
  stored: StoredSession,
  rows: readonly SealedSubmission[],
): Promise<Map<string, ReturnType<typeof openSubmission>>> {
  const opened = new Map<string, ReturnType<typeof openSubmission>>();
  let since = performance.now();
  for (const row of rows) {
    opened.set(row.participantId, openSubmission(serverKey, stored, row));
    if (performance.now() - since < longestTurnMs) continue;
    await setImmediate();
    since = performance.now();
  }
  return opened;
}

/** Every vote of a round in the open, with the round's numbers. */
async function openVotes(
  { tx, deps, stored }: Looking,
  { revoteId }: Command<'reveal-revote'>,
): Promise<FactsOf<'reveal-revote'>> {
  const { organisationId, session } = stored;
  const rows = await listVotes(tx, organisationId, session.id, revoteId);
  const place = new Map(session.participants.map(({ id }, index) => [id, index]));
  const votes = rows
    .map(({ participantId, commitment, ...row }) => ({
      participantId,
      commitment: toHex(commitment),
      ...openVote(deps.serverKey, stored, { ...row, participantId }),
    }))
    .sort((one, other) => (place.get(one.participantId) ?? 0) - (place.get(other.participantId) ?? 0));
  return { votes, numbers: secondRound(session, await boardOf(tx, stored), revoteId, votes) };
}

/** The sheet as it is stored: read from the journal, never from a hub's memory. */
async function readStoredSheet({ tx, deps, stored }: Looking, participantId: string): Promise<Sheet> {
  const { organisationId, session } = stored;
  const documentId = await findDocumentId(tx, organisationId, session.id, participantId);
  if (!documentId) throw new Error('a participant without a sealed document');
  const doc = await loadDocument(tx, organisationId, { serverKey: deps.serverKey, documentId });
  const sheet = readSheet(doc, session.scorecard);
  doc.destroy();
  return sheet;
}

/** The notes that are not blank, read from the journal. */
async function readNotes({ tx, deps, stored }: Looking): Promise<ResolutionNote[]> {
  const { organisationId, session } = stored;
  const documentId = await findDocumentId(tx, organisationId, session.id, null);
  if (!documentId) throw new Error('a session without its notes document');
  const doc = await loadDocument(tx, organisationId, { serverKey: deps.serverKey, documentId });
  const notes = questionsOf(session.scorecard).flatMap(({ id: questionId }) => {
    const note = readNote(doc, questionId);
    return note ? [{ questionId, ...note }] : [];
  });
  doc.destroy();
  return notes;
}

/** What the actor voted, in an open re-vote: `null` before the first vote, `'not-found'` for whoever has none to cast. */
export async function readOwnVote(
  { db, serverKey }: { readonly db: Database; readonly serverKey: Uint8Array },
  actor: Actor,
  sessionId: string,
  revoteId: string,
): Promise<{ answer: Answer | null } | 'not-found'> {
  const stored = await readAs(db, actor, sessionId, 'revote.vote');
  const own = stored?.session.participants.find(({ memberId }) => memberId === actor.memberId);
  if (!stored || !own) return 'not-found';
  const row = await findVote(db, stored.organisationId, revoteId, own.id);
  if (!row) return { answer: null };
  return { answer: openVote(serverKey, stored, row).answer };
}
