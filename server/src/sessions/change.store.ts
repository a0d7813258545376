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
  /** Those with a number above the one asked for, in order. */
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
