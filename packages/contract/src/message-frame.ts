// How one of our messages is written. The bodies' schemas are for who reads them, and do not come along.
import * as encoding from 'lib0/encoding';
import type { OwnMessage, OwnMessageType } from './messages.ts';

/** The frame of one of our messages. */
export function encodeMessage<T extends OwnMessageType>(type: T, body: OwnMessage<T>): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  encoding.writeVarString(encoder, JSON.stringify(body));
  return encoding.toUint8Array(encoder);
}
