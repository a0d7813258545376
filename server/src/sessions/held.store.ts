// SQL of what a session's log holds by hash: values with their salts, which are erased together. How hashes are made is in
// `hold.ts`.
import { type HeldKind, type HeldValue, toHex } from '@attune/domain';
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { heldValue } from '../db/schema.ts';

/** A value on its way into the log. `about`: the member whom it names, or is about. */
export interface NewHeld {
  readonly hash: string;
  readonly salt: Uint8Array;
  readonly kind: HeldKind;
  readonly about: string | null;
  readonly value: unknown;
}

export async function insertHeld(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  held: readonly NewHeld[],
): Promise<void> {
  if (held.length === 0) return;
  await tx.insert(heldValue).values(
    held.map(({ hash, salt, kind, about, value }) => ({
      organisationId,
      sessionId,
      hash: Buffer.from(hash, 'hex'),
      salt,
      kind,
      memberId: about,
      // A board would lie here a second time.
      value: kind === 'numbers' ? null : value,
    })),
  );
}

/** The names of these members that the log holds already. */
export async function listHeldNames(
  tx: Tx,
  organisationId: string,
  sessionId: string,
  memberIds: readonly string[],
): Promise<readonly { readonly hash: string; readonly memberId: string | null; readonly value: unknown }[]> {
  const rows = await tx
    .select({ hash: heldValue.hash, memberId: heldValue.memberId, value: heldValue.value })
    .from(heldValue)
    .where(
      and(
        eq(heldValue.organisationId, organisationId),
        eq(heldValue.sessionId, sessionId),
        eq(heldValue.kind, 'name'),
        inArray(heldValue.memberId, [...memberIds]),
      ),
    );
  return rows.map((row) => ({ ...row, hash: toHex(row.hash) }));
}

/** Everything that is not erased, in no order. */
export async function listHeld(tx: Tx, organisationId: string, sessionId: string): Promise<HeldValue[]> {
  const rows = await tx
    .select()
    .from(heldValue)
    .where(
      and(
        eq(heldValue.organisationId, organisationId),
        eq(heldValue.sessionId, sessionId),
        isNotNull(heldValue.salt),
      ),
    );
  return rows.map(({ hash, salt, kind, value }) => ({
    hash: toHex(hash),
    salt: salt ? toHex(salt) : '',
    ...(kind === 'numbers' ? {} : { value }),
  }));
}
