// Invitations that wait: what administrators see of them, and ending one. The links themselves are nobody's to see again.

import { type Actor, mayDo } from '@attune/domain';
import type { Caller } from '../caller.ts';
import type { Unit } from '../db/transact.ts';
import { denied, done, type Outcome } from '../outcome.ts';
import { logSecurity } from '../security/log.ts';
import type { PeopleDeps } from './deps.ts';
import { endPending, listPending, type PendingInvitation } from './invitation.store.ts';

/** Invitations that can still be accepted, the next to expire first. */
export async function listInvitations(
  deps: Pick<PeopleDeps, 'db' | 'now'>,
  actor: Actor,
): Promise<Outcome<PendingInvitation[]>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  return done(await listPending(deps.db, actor.organisationId, deps.now()));
}

/** Ends an invitation: from now on its link answers like one that never was. */
export async function revokeInvitation(
  deps: PeopleDeps,
  unit: Unit,
  actor: Actor,
  invitationId: string,
  caller: Caller,
): Promise<Outcome<null>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  const { organisationId, memberId: actorId } = actor;
  const ended = await endPending(unit.tx, organisationId, invitationId, deps.now());
  if (!ended) return denied('not-found');
  const told = { kind: 'invitation-ended', organisationId, actorId, linkId: invitationId } as const;
  await logSecurity(deps, unit, { ...told, caller, detail: ended.email ? { email: ended.email } : {} });
  return done(null);
}
