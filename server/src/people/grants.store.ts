// SQL of what members work for: their grants, beside the column that says "the whole organisation".
import type { Access } from '@attune/domain';
import { and, eq } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { memberGrant } from '../db/schema.ts';

export async function insertGrants(
  tx: Tx,
  organisationId: string,
  members: readonly { readonly id: string; readonly access: Access }[],
  newId: () => string,
): Promise<void> {
  const rows = members.flatMap(({ id: memberId, access }) =>
    access.kind === 'organisation'
      ? []
      : access.grants.map((grant) => ({ ...grant, id: newId(), organisationId, memberId })),
  );
  if (rows.length > 0) await tx.insert(memberGrant).values(rows);
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
  await insertGrants(tx, organisationId, [{ id: memberId, access }], newId);
}
