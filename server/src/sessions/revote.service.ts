// Re-votes (C13): votes are sealed like submissions, and opened together. The only other file that reads answers of others; like
// the reveal it does so under the session's lock, in the transaction that makes them known to all.
import {
  type Actor,
  type Answer,
  type BoardQuestion,
  buildBoard,
  narrowScorecard,
  openRevote,
  standingIn,
  toHex,
} from '@attune/domain';
import type { Tx } from '../db/client.ts';
import { type CommandDeps, type Outcome, runCommand } from './command.service.ts';
import { beginPlace } from './place.store.ts';
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
import { openVote, sealVote } from './sealed-content.ts';
import type { StoredSession } from './stored-session.ts';

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
  vote: { readonly revoteId: string; readonly answer: Answer; readonly signedInAt: string },
): Promise<Outcome> {
  const { revoteId, answer, signedInAt } = vote;
  return runCommand(deps, actor, sessionId, 'revote.vote', async (tx, stored, now) => {
    const own = stored.session.participants.find(({ memberId }) => memberId === actor.memberId);
    if (!own) return { refusal: { code: 'not-a-participant' } };
    const participantId = own.id;
    const content = sealVote(deps.serverKey, stored, { revoteId, participantId, answer });
    return {
      command: {
        type: 'vote',
        revoteId,
        participantId,
        answer,
        commitment: toHex(content.commitment),
      },
      write: async (after) => {
        await beginPlace(tx, after.organisationId, participantId, { now, signedInAt });
        await saveVote(tx, after.organisationId, sessionId, {
          ...content,
          revoteId,
          participantId,
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
  return { answer: openVote(deps.serverKey, stored, row).answer };
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
          await publishVote(tx, after.organisationId, revoteId, { participantId, salt, answer });
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
    .map((row) => ({ ...row, ...openVote(deps.serverKey, stored, row) }))
    .sort((one, other) => (place.get(one.participantId) ?? 0) - (place.get(other.participantId) ?? 0));
}

/** The numbers of the second round, by the same rules as the board's. */
function numbersOf(
  stored: StoredSession,
  revoteId: string,
  votes: readonly { readonly participantId: string; readonly answer: Answer }[],
): BoardQuestion | null {
  const { session } = stored;
  const revote = 'revotes' in session ? session.revotes.find(({ id }) => id === revoteId) : undefined;
  if (!revote) return null;
  const { questionId } = revote;
  const first = stored.board?.questions.find((question) => question.questionId === questionId)?.answers ?? [];
  const given = session.participants.flatMap(({ id }) => {
    const answer =
      votes.find(({ participantId }) => participantId === id)?.answer ??
      (standingIn(session).includes(id)
        ? first.find(({ participantId }) => participantId === id)?.answer
        : null);
    return answer ? [{ participantId: id, answer }] : [];
  });
  const board = buildBoard({
    scorecard: narrowScorecard(session.scorecard, [questionId]),
    thresholdHundredths: session.settings.thresholdHundredths,
    participants: given.map(({ participantId, answer }) => ({
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
