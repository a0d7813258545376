// Invitations that wait: what administrators see of them, and ending one. The links themselves are nobody's to see again.

import { type Actor, mayDo } from '@attune/domain';
import type { Caller } from '../caller.ts';
import { logSecurity } from '../security/log.ts';
import { endPending, listPending, type PendingInvitation } from './invitation.store.ts';
import type { PeopleDeps } from './service.ts';

/** Invitations that can still be accepted, the next to expire first. */
export async function listInvitations(
  deps: Pick<PeopleDeps, 'db' | 'now'>,
  actor: Actor,
): Promise<PendingInvitation[] | 'not-allowed'> {
  if (!mayDo(actor, 'members.administer')) return 'not-allowed';
  return listPending(deps.db, actor.organisationId, deps.now());
}

/** Ends an invitation: from now on its link answers like one that never was. */
export async function revokeInvitation(
  deps: PeopleDeps,
  actor: Actor,
  invitationId: string,
  caller: Caller,
): Promise<'ok' | 'not-allowed' | 'not-found'> {
  if (!mayDo(actor, 'members.administer')) return 'not-allowed';
  const { organisationId, memberId: actorId } = actor;
  return deps.db.transaction(async (tx) => {
    const ended = await endPending(tx, organisationId, invitationId, deps.now());
    if (!ended) return 'not-found';
    const told = { kind: 'invitation-ended', organisationId, actorId, linkId: invitationId } as const;
    await logSecurity(deps, tx, { ...told, caller, detail: ended.email ? { email: ended.email } : {} });
    return 'ok';
  });
}
