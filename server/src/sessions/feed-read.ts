// What the hub reads of a session as a whole: the shared state with its number. The changes after one are in `change.store.ts`.

import type { SessionShared } from '@attune/contract';
import type { Scorecard } from '@attune/domain';
import type { Database } from '../db/client.ts';
import { loadSession } from './store.ts';
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
  // One snapshot for row and people: a reader takes no lock and must not see half a command.
  return db.transaction(
    async (tx) => {
      const stored = await loadSession(tx, organisationId, sessionId);
      if (!stored) return null;
      return {
        number: stored.number,
        shared: sessionToShared(stored),
        scorecard: stored.session.scorecard,
      };
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
