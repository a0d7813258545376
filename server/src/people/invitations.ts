// Invitations that wait: what administrators see of them, and ending one. The links themselves are nobody's to see again.
import { type Actor, mayDo } from '@attune/domain';
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
  deps: Pick<PeopleDeps, 'db' | 'now'>,
  actor: Actor,
  invitationId: string,
): Promise<'ok' | 'not-allowed' | 'not-found'> {
  if (!mayDo(actor, 'members.administer')) return 'not-allowed';
  const ended = await endPending(deps.db, actor.organisationId, invitationId, deps.now());
  return ended ? 'ok' : 'not-found';
}
