// SQL of invitations that wait. Making one, and accepting it by its link, are in `store.ts` with the other one-time links.
import { accessSchema } from '@attune/contract';
import type { Access, Role } from '@attune/domain';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { link, member } from '../db/schema.ts';
import { accessOfRow, grantsOfMember } from './store.ts';

type Reader = Database | Tx;

export interface PendingInvitation {
  readonly id: string;
  readonly email: string;
  readonly member: { readonly id: string; readonly name: string } | null;
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
export async function listPending(
  db: Reader,
  organisationId: string,
  now: string,
): Promise<PendingInvitation[]> {
  const maker = alias(member, 'maker');
  const rows = await db
    .select({
      invitation: link,
      byName: maker.name,
      member: {
        id: member.id,
        name: member.name,
        roles: member.roles,
        wholeOrganisation: member.wholeOrganisation,
        grants: grantsOfMember,
      },
    })
    .from(link)
    .leftJoin(maker, and(eq(maker.id, link.createdBy), eq(maker.organisationId, organisationId)))
    .leftJoin(member, and(eq(member.id, link.memberId), eq(member.organisationId, organisationId)))
    .where(isPending(organisationId, now))
    .orderBy(asc(link.expiresAt), asc(link.id));
  return rows.map(({ invitation, byName, member: invited }) => ({
    id: invitation.id,
    email: invitation.email ?? '',
    member: invited && { id: invited.id, name: invited.name },
    roles: invited?.roles ?? invitation.roles ?? [],
    access: accessSchema.parse(invited ? accessOfRow(invited) : invitation.access),
    byName,
    createdAt: toIso(invitation.createdAt),
    expiresAt: toIso(invitation.expiresAt),
  }));
}

/** Ends an invitation, and tells whose it was; `null` where there is none that could still be accepted. */
export async function endPending(
  tx: Tx,
  organisationId: string,
  invitationId: string,
  now: string,
): Promise<{ email: string | null } | null> {
  const [ended] = await tx
    .update(link)
    .set({ revokedAt: now })
    .where(and(isPending(organisationId, now), eq(link.id, invitationId)))
    .returning({ email: link.email });
  return ended ?? null;
}
