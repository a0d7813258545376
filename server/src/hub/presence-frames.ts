// Awareness frames as bytes: `1 • varBytes(varUint(n) • n × (varUint(id) • varUint(clock) • varString(json)))`. Reads without
// believing anything.
import { presenceLimitBytes, syncMessage } from '@attune/contract';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export interface PresenceEntry {
  readonly id: number;
  readonly clock: number;
  /** The state as JSON; `null` where they left. */
  readonly json: string;
}

/** More states than a room has people are not presence. */
const mostStates = 1_000;

/** One frame for these entries. */
export function encodePresence(entries: readonly PresenceEntry[]): Uint8Array {
  const body = encoding.createEncoder();
  encoding.writeVarUint(body, entries.length);
  for (const { id, clock, json } of entries) {
    encoding.writeVarUint(body, id);
    encoding.writeVarUint(body, clock);
    encoding.writeVarString(body, json);
  }
  const frame = encoding.createEncoder();
  encoding.writeVarUint(frame, syncMessage.awareness);
  encoding.writeVarUint8Array(frame, encoding.toUint8Array(body));
  return encoding.toUint8Array(frame);
}

/** Says nothing, and shows that the server is there. */
export const emptyAwareness: Uint8Array = encodePresence([]);

/** The entries of an awareness update; a state above the limit reads as `undefined`. `null` when it cannot be read. */
export function readPresence(body: Uint8Array): { clientId: number; state: unknown }[] | null {
  try {
    const decoder = decoding.createDecoder(body);
    const count = decoding.readVarUint(decoder);
    if (count > mostStates) return null;
    const states: { clientId: number; state: unknown }[] = [];
    for (let entry = 0; entry < count; entry += 1) {
      const clientId = decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
      const json = decoding.readVarString(decoder);
      states.push({ clientId, state: json.length <= presenceLimitBytes ? JSON.parse(json) : undefined });
    }
    return states;
  } catch {
    return null;
  }
}
