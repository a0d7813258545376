// Where someone asks from, as it is kept: a keyed hash of their network, so that nobody reads addresses out of the database.
import { createHmac } from 'node:crypto';
import { networkOf } from '../http/address.ts';

/** Hexadecimal; another for each session, so that nobody can be followed from one to the next. `null` where the address is unknown. */
export function placeHashOf(
  serverKey: Uint8Array,
  sessionId: string,
  address: string | undefined,
): string | null {
  if (address === undefined) return null;
  const key = createHmac('sha256', serverKey).update('attune/place/v1').digest();
  return createHmac('sha256', key)
    .update(`${sessionId} ${networkOf(address)}`)
    .digest('hex');
}
