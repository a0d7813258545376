// Guests as administrators see them, whichever session they came into, and the end of one (J1). Nothing here touches a session's
// log: a right to read that ends is no change of what was decided there.

import type { GuestView } from '@attune/contract';
import { type Actor, mayDo } from '@attune/domain';
import type { Caller } from '../caller.ts';
import { logSecurity } from '../security/log.ts';
import { endGuests, listGuests } from './guest.store.ts';
import type { PeopleDeps } from './service.ts';
import { findMember } from './store.ts';

type Deps = Pick<PeopleDeps, 'db' | 'bus' | 'log' | 'now' | 'newId'>;

export async function readGuests(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
): Promise<GuestView[] | 'not-allowed'> {
  if (!mayDo(actor, 'members.administer')) return 'not-allowed';
  return listGuests(db, actor.organisationId);
}

/** Ends a guest's sign-ins and sockets at once. What they wrote and submitted stays with the session. */
export async function endGuest(
  deps: Deps,
  actor: Actor,
  memberId: string,
  caller: Caller,
): Promise<'ok' | 'not-allowed' | 'not-found'> {
  if (!mayDo(actor, 'members.administer')) return 'not-allowed';
  const { db, bus } = deps;
  const { organisationId, memberId: actorId } = actor;
  const ended = await db.transaction(async (tx) => {
    const guest = await findMember(tx, organisationId, memberId);
    if (!guest?.guest) return null;
    await logSecurity(deps, tx, { kind: 'guest-ended', organisationId, actorId, memberId, caller });
    return endGuests(tx, organisationId, [memberId]);
  });
  if (!ended) return 'not-found';
  for (const signInId of ended) bus.publish({ type: 'sign-in-ended', signInId });
  bus.publish({ type: 'member-changed', organisationId, memberId });
  return 'ok';
}
