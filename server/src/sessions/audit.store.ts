// SQL of a session's permanent log: entries are appended, and never changed. How they are chained is in `audit.ts`.
import { and, desc, eq, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Database, Tx } from '../db/client.ts';
import { auditEntry, session } from '../db/schema.ts';
import type { StoredSession } from './stored-session.ts';

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

const moved = z.object({ type: z.literal('version-moved'), from: z.int() });

/** From which version the session moved to its present one; `null` where it did not, or its settings were changed since. */
export async function findMovedFrom(
  db: Database | Tx,
  organisationId: string,
  sessionId: string,
): Promise<number | null> {
  const [last] = await db
    .select({ event: auditEntry.event })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.organisationId, organisationId),
        eq(auditEntry.sessionId, sessionId),
        sql`${auditEntry.event} ->> 'type' in ('version-moved', 'settings-edited')`,
      ),
    )
    .orderBy(desc(auditEntry.sequence))
    .limit(1);
  return moved.safeParse(last?.event).data?.from ?? null;
}

export async function insertAuditEntry(
  tx: Tx,
  organisationId: string,
  row: Omit<typeof auditEntry.$inferInsert, 'organisationId'>,
): Promise<void> {
  await tx.insert(auditEntry).values({ ...row, organisationId });
}

/** Writes the chain's head where an entry comes without a numbered change. */
export async function saveAuditHead(
  tx: Tx,
  { organisationId, session: of, auditHead }: StoredSession,
): Promise<void> {
  await tx
    .update(session)
    .set({ auditHead })
    .where(and(eq(session.organisationId, organisationId), eq(session.id, of.id)));
}
