// Guests as administrators see them, whichever session they came into, and the end of one (J1). Nothing here touches a session's
// log: a right to read that ends is no change of what was decided there.

import type { GuestView } from '@attune/contract';
import { type Actor, mayDo } from '@attune/domain';
import type { Caller } from '../caller.ts';
import type { Unit } from '../db/transact.ts';
import { denied, done, type Outcome } from '../outcome.ts';
import { logSecurity } from '../security/log.ts';
import { publishEnded } from './account.service.ts';
import type { PeopleDeps } from './deps.ts';
import { endGuests, listGuests } from './guest.store.ts';
import { findMember } from './store.ts';

type Deps = Pick<PeopleDeps, 'bus' | 'log' | 'now' | 'newId'>;

export async function readGuests(
  { db }: Pick<PeopleDeps, 'db'>,
  actor: Actor,
): Promise<Outcome<GuestView[]>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  return done(await listGuests(db, actor.organisationId));
}

/** Ends a guest's sign-ins and sockets at once. What they wrote and submitted stays with the session. */
export async function endGuest(
  deps: Deps,
  unit: Unit,
  actor: Actor,
  memberId: string,
  caller: Caller,
): Promise<Outcome<null>> {
  if (!mayDo(actor, 'members.administer')) return denied('not-allowed');
  const { organisationId, memberId: actorId } = actor;
  const guest = await findMember(unit.tx, organisationId, memberId);
  if (!guest?.guest) return denied('not-found');
  await logSecurity(deps, unit, { kind: 'guest-ended', organisationId, actorId, memberId, caller });
  const ended = await endGuests(unit.tx, organisationId, [memberId]);
  publishEnded(deps, unit, ended);
  unit.whenCommitted(() => deps.bus.publish({ type: 'member-changed', organisationId, memberId }));
  return done(null);
}
