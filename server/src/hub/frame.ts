// One frame from a socket, read: what kind it is and its parts, nothing applied and nothing believed.
import { decodeMessage, messageType, type OwnMessage, syncMessage, syncStep } from '@attune/contract';
import * as decoding from 'lib0/decoding';

export type Frame =
  /** Sync step 1: the sender's state vector. */
  | { readonly kind: 'ask'; readonly vector: Uint8Array }
  /** Sync step 2 (`isFull`) or an update. */
  | { readonly kind: 'update'; readonly isFull: boolean; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly body: Uint8Array }
  | { readonly kind: 'query-awareness' }
  | { readonly kind: 'hello'; readonly hello: OwnMessage<typeof messageType.hello> };

/** `null` for whatever is not exactly one of ours. */
export function readFrame(bytes: Uint8Array): Frame | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    switch (decoding.readVarUint(decoder)) {
      case syncMessage.sync:
        return readSync(decoder);
      case syncMessage.awareness:
        return { kind: 'awareness', body: decoding.readVarUint8Array(decoder) };
      case syncMessage.queryAwareness:
        return { kind: 'query-awareness' };
      case messageType.hello: {
        const hello = decodeMessage(messageType.hello, decoder);
        return hello && { kind: 'hello', hello };
      }
      default:
        return null;
    }
  } catch {
    return null;
  }
}

function readSync(decoder: decoding.Decoder): Frame | null {
  const step = decoding.readVarUint(decoder);
  const body = decoding.readVarUint8Array(decoder);
  if (step === syncStep.one) return { kind: 'ask', vector: body };
  if (step !== syncStep.two && step !== syncStep.update) return null;
  return { kind: 'update', isFull: step === syncStep.two, update: body };
}
