// Drafts go with their scorecard: one that is on an older version when a newer is published moves to it (S1). As jobs, so that it is
// done for every draft, and once, whatever fails meanwhile; the publishing itself waits for no session.
import * as z from 'zod/mini';
import type { Tx } from '../db/client.ts';
import { defineKind, type Kind } from '../jobs/kind.ts';
import { addJob } from '../jobs/store.ts';
import { actorOf } from '../people/actor.ts';
import { type CommandDeps, execute } from './execute.ts';
import { listDraftsBehind } from './lookup.store.ts';

const publishedKind = 'scorecard-published';
const moveKind = 'draft-behind';
const published = z.object({ scorecardId: z.uuid(), versionId: z.uuid(), byMemberId: z.uuid() });
const behind = z.object({ sessionId: z.uuid(), byMemberId: z.uuid() });

/** For the transaction that publishes a version: both are done, or neither. */
export const moveDraftsLater = (
  tx: Tx,
  organisationId: string,
  id: string,
  of: z.infer<typeof published>,
  now: string,
): Promise<void> =>
  addJob(tx, organisationId, { id, kind: publishedKind, key: of.versionId, payload: of, dueAt: now });

export function versionKinds(deps: CommandDeps): Kind[] {
  const look = defineKind(publishedKind, published, async (tx, { organisationId, payload, now }) => {
    if (organisationId === null) throw new Error('a scorecard is of an organisation');
    const { scorecardId, versionId, byMemberId } = payload;
    for (const sessionId of await listDraftsBehind(tx, organisationId, scorecardId))
      await addJob(tx, organisationId, {
        id: deps.newId(),
        kind: moveKind,
        key: `${sessionId} ${versionId}`,
        payload: { sessionId, byMemberId },
        dueAt: now,
      });
    return {};
  });
  const move = defineKind(moveKind, behind, async (tx, { organisationId, payload }) => {
    if (organisationId === null) throw new Error('a session is of an organisation');
    const { sessionId, byMemberId } = payload;
    const acts: (() => void)[] = [];
    const unit = { tx, whenCommitted: (act: () => void) => acts.push(act) };
    // Who published it is told as who caused it, and needs no right within the session.
    const access = { kind: 'grants', grants: [] } as const;
    const actor = actorOf({ id: byMemberId, organisationId, roles: [], access }, []);
    const giver = { actor, sessionId, letIn: () => Promise.resolve(true) };
    // A draft that was deleted meanwhile is denied: nothing is left to do.
    await execute(unit, deps, giver, { type: 'move-version' });
    return {
      tell: () => {
        for (const act of acts) act();
      },
    };
  });
  return [look, move];
}
