// One-time links (set-up, invitations, new passwords): 32 random bytes, of which the SHA-256 alone is stored.
import { createHash, randomBytes } from 'node:crypto';
import { permissionsOf } from '@attune/domain';
import type { Tx } from '../db/client.ts';
import { findMember } from './store.ts';

export const hashOf = (token: string): Uint8Array => createHash('sha256').update(token).digest();
export const newToken = (): string => randomBytes(32).toString('base64url');

const dayMs = 24 * 60 * 60 * 1_000;
/** So many days later, ISO 8601. */
export const later = (now: string, days: number): string =>
  new Date(new Date(now).getTime() + days * dayMs).toISOString();

/** Whether a link is still somebody's to give: its maker administers the organisation now, or is the operator (`null`). */
export async function isOfAnAdministrator(
  tx: Tx,
  organisationId: string,
  madeBy: string | null,
): Promise<boolean> {
  if (madeBy === null) return true;
  const maker = await findMember(tx, organisationId, madeBy);
  return maker?.active === true && permissionsOf(maker.roles).includes('organisation.admin');
}
