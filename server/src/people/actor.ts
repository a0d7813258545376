// A member as the permission table knows one, read now: over HTTP for every request, over a socket whenever a right may have changed.
import { type Actor, displayActor, guestActor, permissionsOf, type SessionLimit } from '@attune/domain';
import type { Database } from '../db/client.ts';
import type { SignedIn } from './auth.ts';
import { findMember, type Member } from './store.ts';

/** A member with an account. A personal invite lets one take part, whatever else one's roles allow. */
export function actorOf(
  { id, organisationId, roles, access }: Pick<Member, 'id' | 'organisationId' | 'roles' | 'access'>,
  limit: SessionLimit | null,
): Actor {
  const all = permissionsOf(roles);
  const permissions = limit ? all.filter((one) => one === 'calibration.participate') : all;
  return { memberId: id, organisationId, permissions, access, limit };
}

/** Who a sign-in or a display acts as; `null` for nobody, and for a deactivated member. */
export async function readActor(
  db: Database,
  { organisationId, memberId, limit }: Pick<SignedIn, 'organisationId' | 'memberId' | 'limit'>,
): Promise<Actor | null> {
  if (limit?.as === 'display') return displayActor(organisationId, limit.sessionId);
  const member = await findMember(db, organisationId, memberId);
  if (!member?.active) return null;
  if (member.guest) return limit && guestActor(organisationId, memberId, limit.sessionId);
  return actorOf(member, limit);
}
