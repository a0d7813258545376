// SQL of a session's numbered changes: written by every command, read by the hub to bring its clients forward.
import {
  type SessionEventView,
  type SessionSharedPatch,
  sessionEventView,
  sessionSharedPatch,
} from '@attune/contract';
import { and, asc, eq, gt } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { sessionChange } from '../db/schema.ts';

export async function insertChange(
  tx: Tx,
  organisationId: string,
  row: {
    readonly sessionId: string;
    readonly number: number;
    readonly at: string;
    readonly byMemberId: string | null;
    readonly events: readonly SessionEventView[];
    readonly patch: SessionSharedPatch;
  },
): Promise<void> {
  await tx.insert(sessionChange).values({ ...row, organisationId });
}

const changeRow = z.object({ events: z.array(sessionEventView), patch: sessionSharedPatch });
/** One numbered change as the clients are told it. */
export type ChangeRead = z.infer<typeof changeRow> & { readonly number: number; readonly at: string };

/** Changes with a number above `after`, in order, without gaps up to the last one committed. */
export async function readChanges(
  db: Database,
  organisationId: string,
  sessionId: string,
  after: number,
): Promise<ChangeRead[]> {
  const rows = await db
    .select()
    .from(sessionChange)
    .where(
      and(
        eq(sessionChange.organisationId, organisationId),
        eq(sessionChange.sessionId, sessionId),
        gt(sessionChange.number, after),
      ),
    )
    .orderBy(asc(sessionChange.number));
  return rows.map((row) => ({ number: row.number, at: toIso(row.at), ...changeRow.parse(row) }));
}
