// Frames of the sync protocol that the server sends: `0 • step • varBytes`.
import { syncMessage } from '@attune/contract';
import * as encoding from 'lib0/encoding';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';

/** Step 1: what the server has, and so a question for everything else. */
export const encodeQuestion = (doc: Y.Doc): Uint8Array =>
  syncFrame((encoder) => syncProtocol.writeSyncStep1(encoder, doc));

/** Step 2: what somebody with this state vector lacks. */
export const encodeMissing = (doc: Y.Doc, vector: Uint8Array): Uint8Array =>
  syncFrame((encoder) => syncProtocol.writeSyncStep2(encoder, doc, vector));

export const encodeUpdate = (update: Uint8Array): Uint8Array =>
  syncFrame((encoder) => syncProtocol.writeUpdate(encoder, update));

/** A step 2 without content. */
export const nothingMissing: Uint8Array = syncFrame((encoder) =>
  syncProtocol.writeSyncStep2(encoder, new Y.Doc()),
);

function syncFrame(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, syncMessage.sync);
  write(encoder);
  return encoding.toUint8Array(encoder);
}
