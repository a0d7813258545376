// SQL of what members work for: their grants, beside the column that says "the whole organisation".
import type { Access } from '@attune/domain';
import { and, eq } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { memberGrant } from '../db/schema.ts';

export async function insertGrants(
  tx: Tx,
  organisationId: string,
  memberId: string,
  access: Access,
  newId: () => string,
): Promise<void> {
  if (access.kind === 'organisation' || access.grants.length === 0) return;
  await tx
    .insert(memberGrant)
    .values(access.grants.map((grant) => ({ ...grant, id: newId(), organisationId, memberId })));
}

export async function replaceGrants(
  tx: Tx,
  organisationId: string,
  memberId: string,
  access: Access,
  newId: () => string,
): Promise<void> {
  await tx
    .delete(memberGrant)
    .where(and(eq(memberGrant.organisationId, organisationId), eq(memberGrant.memberId, memberId)));
  await insertGrants(tx, organisationId, memberId, access, newId);
}
