// Reads one of our own messages from a socket. As with HTTP replies, the shape is our own server's promise: checking it
// again with the contract's schemas would cost the phone more than the rest of the page.
import type { OwnMessage, OwnMessageType } from '@attune/contract';
import { type Decoder, readVarString } from 'lib0/decoding';

/** The body, once the type has been read; `null` when it is no JSON object. */
export function readOwn<T extends OwnMessageType>(decoder: Decoder): OwnMessage<T> | null {
  try {
    const body: unknown = JSON.parse(readVarString(decoder));
    return typeof body === 'object' && body !== null ? (body as OwnMessage<T>) : null;
  } catch {
    return null;
  }
}
