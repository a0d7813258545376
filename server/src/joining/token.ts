// Tokens of a session's links: derived from the link's random id under the server's key, so that the link can be shown again
// while only its hash is stored. Nothing here is ever logged.
import { createHash, createHmac } from 'node:crypto';

/** 32 bytes, base64url: what stands behind the # of a link. */
export function tokenOf(serverKey: Uint8Array, linkId: string): string {
  const key = createHmac('sha256', serverKey).update('attune/link/v1').digest();
  return createHmac('sha256', key).update(linkId).digest('base64url');
}

/** What is stored of a token, and of a device's word: its SHA-256. */
export const hashOfToken = (token: string): Uint8Array => createHash('sha256').update(token).digest();
