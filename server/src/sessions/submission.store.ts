// SQL of submissions: sealed, with their commitments in the open. Their content is the submission's and the reveal's alone.
import { type Commitment, toHex } from '@attune/domain';
import { and, asc, eq } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { submission } from '../db/schema.ts';

/** Everyone's commitments, in the order of the submissions. */
export async function listCommitments(
  db: Database | Tx,
  organisationId: string,
  sessionId: string,
): Promise<Commitment[]> {
  const rows = await db
    .select({ participantId: submission.participantId, commitment: submission.commitment })
    .from(submission)
    .where(and(eq(submission.organisationId, organisationId), eq(submission.sessionId, sessionId)))
    .orderBy(asc(submission.submittedAt), asc(submission.participantId));
  return rows.map(({ participantId, commitment }) => ({ participantId, commitment: toHex(commitment) }));
}

export async function insertSubmission(
  tx: Tx,
  organisationId: string,
  row: {
    sessionId: string;
    participantId: string;
    sealed: Uint8Array;
    commitment: Uint8Array;
    submittedAt: string;
  },
): Promise<void> {
  await tx.insert(submission).values({ ...row, organisationId });
}

export async function deleteSubmission(tx: Tx, organisationId: string, participantId: string): Promise<void> {
  await tx
    .delete(submission)
    .where(and(eq(submission.organisationId, organisationId), eq(submission.participantId, participantId)));
}
