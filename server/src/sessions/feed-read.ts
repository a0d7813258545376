// What the hub reads of sessions: the shared state with its number, and the numbered changes after one.

import { type SessionShared, sessionEventView, sessionSharedPatch } from '@attune/contract';
import type { Scorecard, SessionSubject } from '@attune/domain';
import { and, asc, eq, gt } from 'drizzle-orm';
import * as z from 'zod/mini';
import type { Database } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { sessionChange } from '../db/schema.ts';
import { loadSession } from './store.ts';
import { sessionToShared, sessionToSubject } from './stored-session.ts';

export interface SharedRead {
  readonly number: number;
  readonly shared: SessionShared;
  readonly subject: SessionSubject;
  /** Narrowed to the session's questions; for counting answers. */
  readonly scorecard: Scorecard;
}

/** The session as everyone of it sees it now, `null` where there is none. */
export async function readShared(
  db: Database,
  organisationId: string,
  sessionId: string,
): Promise<SharedRead | null> {
  // One snapshot for row and people: a reader takes no lock and must not see half a command.
  return db.transaction(
    async (tx) => {
      const stored = await loadSession(tx, organisationId, sessionId);
      if (!stored) return null;
      return {
        number: stored.number,
        shared: sessionToShared(stored),
        subject: sessionToSubject(stored),
        scorecard: stored.session.scorecard,
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
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
