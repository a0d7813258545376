// SQL of a session's numbered changes: written by every command, read by the hub to bring its clients forward.
import {
  type SessionEventView,
  type SessionSharedPatch,
  sessionEventView,
  sessionSharedPatch,
} from '@attune/contract';
import { and, asc, eq, gt, lt, lte, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { session, sessionChange } from '../db/schema.ts';

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

export interface ChangesRead {
  /** Of the session's last change. */
  readonly number: number;
  /** Those with a number above the one asked for, in order, as far as they are kept: before the first of them some may be gone. */
  readonly changes: readonly ChangeRead[];
}

/** What was committed of the session after change `after`, in one statement; `null` where there is no such session any more. */
export async function readChanges(
  db: Database,
  organisationId: string,
  sessionId: string,
  after: number,
): Promise<ChangesRead | null> {
  const rows = await db
    .select({ number: session.changeNumber, change: sessionChange })
    .from(session)
    .leftJoin(sessionChange, and(eq(sessionChange.sessionId, session.id), gt(sessionChange.number, after)))
    .where(and(eq(session.organisationId, organisationId), eq(session.id, sessionId)))
    .orderBy(asc(sessionChange.number));
  const [first] = rows;
  if (!first) return null;
  const changes = rows.flatMap(({ change }) =>
    change ? [{ number: change.number, at: toIso(change.at), ...changeRow.parse(change) }] : [],
  );
  return { number: first.number, changes };
}

/** So many of a session's newest changes are kept, however old: whoever is behind hears at least of the last, and so of the gap. */
export const newestKept = 200;

/**
 * Deletes up to `most` changes from before the instant, of every organisation, but for each session's newest.
 * @returns how many
 */
export async function deleteOldChanges(tx: Tx, before: string, most: number): Promise<number> {
  const old = tx
    .select({ sessionId: sessionChange.sessionId, number: sessionChange.number })
    .from(session)
    .innerJoin(
      sessionChange,
      and(
        eq(sessionChange.sessionId, session.id),
        lte(sessionChange.number, sql`${session.changeNumber} - ${newestKept}`),
      ),
    )
    // Most sessions have fewer, and are done with after this.
    .where(and(gt(session.changeNumber, newestKept), lt(sessionChange.at, before)))
    .limit(most);
  const gone = await tx
    .delete(sessionChange)
    .where(sql`(${sessionChange.sessionId}, ${sessionChange.number}) in (${old})`)
    .returning({ number: sessionChange.number });
  return gone.length;
}
