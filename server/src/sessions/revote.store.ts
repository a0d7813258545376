// SQL of re-votes (C13): the open one and the revealed, and their votes, sealed until the reveal. Every function is bound to an
// organisation.
import type { Answer, Revote } from '@attune/domain';
import { and, asc, eq } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { revote, revoteVote } from '../db/schema.ts';

/** The session's re-votes in the order in which they were opened, with who has voted. */
export async function loadRevotes(
  db: Database | Tx,
  organisationId: string,
  sessionId: string,
): Promise<Revote[]> {
  const rows = await db
    .select()
    .from(revote)
    .where(and(eq(revote.organisationId, organisationId), eq(revote.sessionId, sessionId)))
    .orderBy(asc(revote.openedAt), asc(revote.id));
  if (rows.length === 0) return [];
  const votes = await db
    .select({ revoteId: revoteVote.revoteId, participantId: revoteVote.participantId })
    .from(revoteVote)
    .where(and(eq(revoteVote.organisationId, organisationId), eq(revoteVote.sessionId, sessionId)))
    .orderBy(asc(revoteVote.votedAt), asc(revoteVote.participantId));
  return rows.map((row): Revote => {
    const base = {
      id: row.id,
      questionId: row.questionId,
      round: row.round,
      openedAt: toIso(row.openedAt),
      votedIds: votes.filter(({ revoteId }) => revoteId === row.id).map(({ participantId }) => participantId),
    };
    return row.numbers && row.revealedAt
      ? { ...base, state: 'revealed', revealedAt: toIso(row.revealedAt), numbers: row.numbers }
      : { ...base, state: 'open' };
  });
}

export async function insertRevote(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  { id, questionId, round, openedAt }: Pick<Revote, 'id' | 'questionId' | 'round' | 'openedAt'>,
): Promise<void> {
  await tx.insert(revote).values({ id, organisationId, sessionId, questionId, round, openedAt });
}

/** Deletes a re-vote with its votes. */
export async function deleteRevote(tx: Tx, organisationId: string, revoteId: string): Promise<void> {
  await tx.delete(revote).where(and(eq(revote.organisationId, organisationId), eq(revote.id, revoteId)));
}

export async function revealRevoteRow(
  tx: Tx,
  organisationId: string,
  { id, numbers }: Pick<Extract<Revote, { state: 'revealed' }>, 'id' | 'numbers'>,
  revealedAt: string,
): Promise<void> {
  await tx
    .update(revote)
    .set({ state: 'revealed', revealedAt, numbers })
    .where(and(eq(revote.organisationId, organisationId), eq(revote.id, id)));
}

/** A vote as it lies: sealed, with its commitment. */
export interface VoteRow {
  readonly revoteId: string;
  readonly participantId: string;
  readonly sealed: Uint8Array;
  readonly commitment: Uint8Array;
  readonly votedAt: string;
}

/** Writes a vote, or the one it was changed to. */
export async function saveVote(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  { votedAt, ...row }: VoteRow,
): Promise<void> {
  await tx
    .insert(revoteVote)
    .values({ ...row, votedAt, organisationId, sessionId })
    .onConflictDoUpdate({
      target: [revoteVote.revoteId, revoteVote.participantId],
      set: { sealed: row.sealed, commitment: row.commitment },
    });
}

/** Destroys a vote, unread. */
export async function deleteVote(
  tx: Tx,
  organisationId: string,
  revoteId: string,
  participantId: string,
): Promise<void> {
  await tx
    .delete(revoteVote)
    .where(
      and(
        eq(revoteVote.organisationId, organisationId),
        eq(revoteVote.revoteId, revoteId),
        eq(revoteVote.participantId, participantId),
      ),
    );
}

export async function findVote(
  db: Database | Tx,
  organisationId: string,
  revoteId: string,
  participantId: string,
) {
  const [row] = await db
    .select()
    .from(revoteVote)
    .where(
      and(
        eq(revoteVote.organisationId, organisationId),
        eq(revoteVote.revoteId, revoteId),
        eq(revoteVote.participantId, participantId),
      ),
    );
  return row ?? null;
}

export async function listVotes(tx: Tx, organisationId: string, sessionId: string, revoteId: string) {
  return tx
    .select()
    .from(revoteVote)
    .where(
      and(
        eq(revoteVote.organisationId, organisationId),
        eq(revoteVote.sessionId, sessionId),
        eq(revoteVote.revoteId, revoteId),
      ),
    );
}

/** Puts a vote and its salt in the open. */
export async function publishVote(
  tx: Tx,
  organisationId: string,
  revoteId: string,
  { participantId, salt, answer }: { participantId: string; salt: Uint8Array; answer: Answer },
): Promise<void> {
  await tx
    .update(revoteVote)
    .set({ salt, answer })
    .where(
      and(
        eq(revoteVote.organisationId, organisationId),
        eq(revoteVote.revoteId, revoteId),
        eq(revoteVote.participantId, participantId),
      ),
    );
}
