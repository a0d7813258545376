// What the hub reads of a session as a whole: the shared state with its number. The changes after one are in `change.store.ts`.

import type { SessionShared } from '@attune/contract';
import type { Scorecard } from '@attune/domain';
import type { Database } from '../db/client.ts';
import { readSession } from './read.ts';
import { sessionToShared } from './views.ts';

export interface SharedRead {
  readonly number: number;
  readonly shared: SessionShared;
  /** Narrowed to the session's questions; for counting answers. */
  readonly scorecard: Scorecard;
}

/** The session as everyone of it sees it now, `null` where there is none. */
export async function readShared(
  db: Database,
  organisationId: string,
  sessionId: string,
): Promise<SharedRead | null> {
  const stored = await readSession(db, organisationId, sessionId);
  return (
    stored && {
      number: stored.number,
      shared: sessionToShared(stored),
      scorecard: stored.session.scorecard,
    }
  );
}
