// SQL of re-votes (C13): the open one and the revealed, and their votes, sealed until the reveal. Every function is bound to an
// organisation.
import type { Revote } from '@attune/domain';
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
