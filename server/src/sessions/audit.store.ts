// SQL of a session's permanent log: entries are appended, and never changed. How they are chained is in `audit.ts`.
import { and, desc, eq } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { auditEntry } from '../db/schema.ts';

/** The sequence number of the last entry, 0 for an empty log. */
export async function lastSequence(tx: Tx, organisationId: string, sessionId: string): Promise<number> {
  const [last] = await tx
    .select({ sequence: auditEntry.sequence })
    .from(auditEntry)
    .where(and(eq(auditEntry.organisationId, organisationId), eq(auditEntry.sessionId, sessionId)))
    .orderBy(desc(auditEntry.sequence))
    .limit(1);
  return last?.sequence ?? 0;
}

export async function insertAuditEntry(
  tx: Tx,
  organisationId: string,
  row: Omit<typeof auditEntry.$inferInsert, 'organisationId'>,
): Promise<void> {
  await tx.insert(auditEntry).values({ ...row, organisationId });
}
