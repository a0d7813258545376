// Re-votes (C13): votes are sealed like submissions, and opened together. The only other file that reads answers of others; like
// the reveal it does so under the session's lock, in the transaction that makes them known to all.
import { createHmac, randomBytes } from 'node:crypto';
import { answerSchema } from '@attune/contract';
import {
  type Actor,
  type Answer,
  type BoardQuestion,
  buildBoard,
  narrowScorecard,
  openRevote,
  toHex,
  voteInput,
} from '@attune/domain';
import * as z from 'zod/mini';
import type { Tx } from '../db/client.ts';
import { seal, unseal, unwrapSessionKey } from '../documents/seal.ts';
import { type CommandDeps, type Outcome, runCommand } from './command.service.ts';
import { readAs } from './read.ts';
import {
  deleteRevote,
  findVote,
  insertRevote,
  listVotes,
  publishVote,
  revealRevoteRow,
  saveVote,
} from './revote.store.ts';
import type { StoredSession } from './stored-session.ts';

/** The layout of a sealed vote; its associated data carries the same version. */
const voteVersion = 1;

const voteAssociation = (stored: StoredSession, revoteId: string, participantId: string) => ({
  organisationId: stored.organisationId,
  sessionId: stored.session.id,
  participantId,
  rowId: revoteId,
  version: voteVersion,
});

const sealedVote = z.object({ salt: z.string(), answer: answerSchema });

const keyOf = (serverKey: Uint8Array, { organisationId, session, wrappedKey }: StoredSession) =>
  unwrapSessionKey(serverKey, { organisationId, sessionId: session.id }, wrappedKey);

/** Asks everyone again; the meeting's focus moves to the question. */
export function startRevote(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  questionId: string,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async (tx) => {
    const revoteId = deps.newId();
    return {
      command: { type: 'open-revote', revoteId, questionId },
      write: async (after) => {
        const opened = 'revotes' in after.session && openRevote(after.session.revotes);
        if (!opened) throw new Error('a re-vote was opened and is not there');
        await insertRevote(tx, after.organisationId, sessionId, opened);
        return { after, extra: null };
      },
    };
  });
}

/** The actor's own vote, first or changed, until the reveal. */
export function castVote(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  revoteId: string,
  answer: Answer,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'revote.vote', async (tx, stored, now) => {
    const own = stored.session.participants.find(({ memberId }) => memberId === actor.memberId);
    if (!own) return { refusal: { code: 'not-a-participant' } };
    const salt = randomBytes(32);
    const input = voteInput({ sessionId, revoteId, participantId: own.id, answer });
    const commitment = new Uint8Array(createHmac('sha256', salt).update(input).digest());
    return {
      command: {
        type: 'vote',
        revoteId,
        participantId: own.id,
        answer,
        commitment: toHex(commitment),
      },
      write: async (after) => {
        const content = JSON.stringify({ salt: salt.toString('base64url'), answer });
        await saveVote(tx, after.organisationId, sessionId, {
          revoteId,
          participantId: own.id,
          sealed: seal(
            keyOf(deps.serverKey, after),
            voteAssociation(after, revoteId, own.id),
            new TextEncoder().encode(content),
          ),
          commitment,
          votedAt: now,
        });
        return { after, extra: null };
      },
    };
  });
}

/** What the actor voted, in an open re-vote: `null` before the first vote, `'not-found'` for whoever has none to cast. */
export async function readOwnVote(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  revoteId: string,
): Promise<{ answer: Answer | null } | 'not-found'> {
  const stored = await readAs(deps.db, actor, sessionId, 'revote.vote');
  const own = stored?.session.participants.find(({ memberId }) => memberId === actor.memberId);
  if (!stored || !own) return 'not-found';
  const row = await findVote(deps.db, stored.organisationId, revoteId, own.id);
  if (!row) return { answer: null };
  return { answer: openVote(deps.serverKey, stored, revoteId, row).answer };
}

function openVote(
  serverKey: Uint8Array,
  stored: StoredSession,
  revoteId: string,
  row: { readonly participantId: string; readonly sealed: Uint8Array },
): z.infer<typeof sealedVote> {
  const association = voteAssociation(stored, revoteId, row.participantId);
  const bytes = unseal(keyOf(serverKey, stored), association, row.sealed);
  return sealedVote.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

/** Opens every vote at once. `without`: participants the facilitator goes on without. */
export function revealRevote(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  revoteId: string,
  without: readonly string[],
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async (tx, stored, now) => {
    const votes = await openVotes(tx, deps, stored, revoteId);
    const commitments = votes.map(({ participantId, commitment }) => ({
      participantId,
      commitment: toHex(commitment),
    }));
    return {
      command: {
        type: 'reveal-revote',
        revoteId,
        without,
        numbers: numbersOf(stored, revoteId, votes),
        commitments,
      },
      write: async (after) => {
        const revealed =
          'revotes' in after.session && after.session.revotes.find(({ id }) => id === revoteId);
        if (!revealed || revealed.state === 'open') throw new Error('a re-vote was revealed and is not');
        await revealRevoteRow(tx, after.organisationId, revealed, now);
        for (const { participantId, salt, answer } of votes) {
          const bytes = new Uint8Array(Buffer.from(salt, 'base64url'));
          await publishVote(tx, after.organisationId, revoteId, { participantId, salt: bytes, answer });
        }
        return { after, extra: null };
      },
    };
  });
}

async function openVotes(tx: Tx, deps: CommandDeps, stored: StoredSession, revoteId: string) {
  const rows = await listVotes(tx, stored.organisationId, stored.session.id, revoteId);
  const place = new Map(stored.session.participants.map(({ id }, index) => [id, index]));
  return rows
    .map((row) => ({ ...row, ...openVote(deps.serverKey, stored, revoteId, row) }))
    .sort((one, other) => (place.get(one.participantId) ?? 0) - (place.get(other.participantId) ?? 0));
}

/** The numbers of the second round, by the same rules as the board's. */
function numbersOf(
  { session }: StoredSession,
  revoteId: string,
  votes: readonly { readonly participantId: string; readonly answer: Answer }[],
): BoardQuestion | null {
  const revote = 'revotes' in session ? session.revotes.find(({ id }) => id === revoteId) : undefined;
  if (!revote) return null;
  const { questionId } = revote;
  const board = buildBoard({
    scorecard: narrowScorecard(session.scorecard, [questionId]),
    thresholdHundredths: session.settings.thresholdHundredths,
    participants: votes.map(({ participantId, answer }) => ({
      id: participantId,
      sheet: { [questionId]: { answer, comment: '', evidence: [] } },
    })),
  });
  return board.questions[0] ?? null;
}

/** Calls a re-vote off; its votes are destroyed unread. */
export function cancelRevote(
  deps: CommandDeps,
  actor: Actor,
  sessionId: string,
  revoteId: string,
): Promise<Outcome> {
  return runCommand(deps, actor, sessionId, 'session.facilitate', async (tx) => ({
    command: { type: 'cancel-revote', revoteId },
    write: async (after) => {
      await deleteRevote(tx, after.organisationId, revoteId);
      return { after, extra: null };
    },
  }));
}
