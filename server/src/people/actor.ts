// A member as the permission table knows one, read now: over HTTP for every request, over a socket whenever a right may have changed.

import { type Actor, displayActor, guestActor, isShut, permissionsOf } from '@attune/domain';
import type { SignedIn } from '../caller.ts';
import type { Database } from '../db/client.ts';
import { findMember, listBegunPlaces, type Member } from './store.ts';

/** A member with an account, by a sign-in of their own. @param shutPlaces see `Actor` */
export function actorOf(
  { id, organisationId, roles, access }: Pick<Member, 'id' | 'organisationId' | 'roles' | 'access'>,
  shutPlaces: readonly string[],
): Actor {
  return { memberId: id, organisationId, permissions: permissionsOf(roles), access, shutPlaces, limit: null };
}

/** Who a sign-in or a display acts as; `null` for nobody, and for a deactivated member. */
export async function readActor(
  db: Database,
  {
    organisationId,
    memberId,
    limit,
    signedInAt,
  }: Pick<SignedIn, 'organisationId' | 'memberId' | 'limit' | 'signedInAt'>,
): Promise<Actor | null> {
  if (limit?.as === 'display') return displayActor(organisationId, limit.sessionId);
  const member = await findMember(db, organisationId, memberId);
  if (!member?.active) return null;
  if (member.guest) return limit && guestActor(organisationId, memberId, limit.sessionId);
  // Only guests come by a limited sign-in: nothing else may turn one into a member's own.
  if (limit) return null;
  return actorOf(member, await shutPlacesOf(db, member, signedInAt));
}

async function shutPlacesOf(db: Database, member: Member, signedInAt: string): Promise<string[]> {
  const resetAt = member.reset?.at ?? null;
  if (resetAt === null) return [];
  const begun = await listBegunPlaces(db, member.organisationId, member.id);
  return begun
    .filter(({ begunSignedInAt }) => isShut(begunSignedInAt, { signedInAt, resetAt }))
    .map(({ participantId }) => participantId);
}
