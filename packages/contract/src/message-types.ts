// The numbers of socket messages and their frame, without the schemas of their bodies: what a client needs to speak.
import * as encoding from 'lib0/encoding';
import type { OwnMessage, OwnMessageType } from './messages.ts';

/**
 * 1: first. 2: snapshots tell the server's clock; `shared` has discussion, re-votes, lobby; message 106.
 * 3: events of places instead of devices; seats tell `place.restart` and `device.allow`; `shared` and presence tell who is a guest,
 * and who let them in; `shared` has who was put out.
 */
export const protocolVersion = 3;
/** The oldest version the server still speaks. */
export const oldestProtocolVersion = 1;

/** y-websocket's own message types. */
export const syncMessage = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3 } as const;

/** What a sync message is: step 1 asks with a state vector, step 2 answers it, an update follows. */
export const syncStep = { one: 0, two: 1, update: 2 } as const;

export const messageType = {
  hello: 100,
  snapshot: 101,
  change: 102,
  seat: 103,
  saved: 104,
  hint: 105,
  inbox: 106,
} as const;

/** The frame of one of our messages. */
export function encodeMessage<T extends OwnMessageType>(type: T, body: OwnMessage<T>): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  encoding.writeVarString(encoder, JSON.stringify(body));
  return encoding.toUint8Array(encoder);
}
