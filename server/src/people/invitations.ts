// Invitations that wait: what administrators see of them, and ending one. The links themselves are nobody's to see again.
import { accessSchema } from '@attune/contract';
import { type Access, type Actor, mayDo, type Role } from '@attune/domain';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { toIso } from '../db/instant.ts';
import { link, member } from '../db/schema.ts';
import type { PeopleDeps } from './service.ts';

export interface PendingInvitation {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly access: Access;
  readonly byName: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** An invitation of the organisation that can still be accepted. */
const isPending = (organisationId: string, now: string) =>
  and(
    eq(link.organisationId, organisationId),
    eq(link.kind, 'invitation'),
    isNull(link.usedAt),
    isNull(link.revokedAt),
    gt(link.expiresAt, now),
  );

/** Invitations that can still be accepted, the next to expire first. */
export async function listInvitations(
  deps: Pick<PeopleDeps, 'db' | 'now'>,
  actor: Actor,
): Promise<PendingInvitation[] | 'not-allowed'> {
  if (!mayDo(actor, 'members.administer')) return 'not-allowed';
  const rows = await deps.db
    .select({ invitation: link, byName: member.name })
    .from(link)
    .leftJoin(member, and(eq(member.id, link.createdBy), eq(member.organisationId, actor.organisationId)))
    .where(isPending(actor.organisationId, deps.now()))
    .orderBy(asc(link.expiresAt), asc(link.id));
  return rows.map(({ invitation, byName }) => ({
    id: invitation.id,
    email: invitation.email ?? '',
    roles: invitation.roles ?? [],
    access: accessSchema.parse(invitation.access),
    byName,
    createdAt: toIso(invitation.createdAt),
    expiresAt: toIso(invitation.expiresAt),
  }));
}

/** Ends an invitation: from now on its link answers like one that never was. */
export async function revokeInvitation(
  deps: Pick<PeopleDeps, 'db' | 'now'>,
  actor: Actor,
  invitationId: string,
): Promise<'ok' | 'not-allowed' | 'not-found'> {
  if (!mayDo(actor, 'members.administer')) return 'not-allowed';
  const now = deps.now();
  const revoked = await deps.db
    .update(link)
    .set({ revokedAt: now })
    .where(and(isPending(actor.organisationId, now), eq(link.id, invitationId)))
    .returning({ id: link.id });
  return revoked.length === 1 ? 'ok' : 'not-found';
}
