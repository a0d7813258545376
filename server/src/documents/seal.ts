// Encryption at rest (X2): AES-256-GCM, a data key per session wrapped by the server's key. Associated data names where a
// ciphertext belongs, so that none can be put in another's place; content is padded, so that its length tells nothing.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const formatVersion = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes + tagBytes;
const bucketBytes = 1024;

/** Where a sealed row belongs. `rowId` names the row; `version` the layout of its content. */
export interface Association {
  readonly organisationId: string;
  readonly sessionId: string;
  readonly participantId: string;
  readonly rowId: string;
  readonly version: number;
}

type SessionName = Pick<Association, 'organisationId' | 'sessionId'>;

const encode = (parts: readonly (string | number)[]) => Buffer.from(parts.join('\0'), 'utf8');
const rowData = ({ organisationId, sessionId, participantId, rowId, version }: Association) =>
  encode(['attune/row/v1', organisationId, sessionId, participantId, rowId, version]);
const keyData = ({ organisationId, sessionId }: SessionName) =>
  encode(['attune/key/v1', organisationId, sessionId]);

/** A fresh data key: 32 random bytes. */
export const newSessionKey = (): Uint8Array => new Uint8Array(randomBytes(32));

/** The data key as it is stored. */
export const wrapSessionKey = (serverKey: Uint8Array, name: SessionName, key: Uint8Array): Uint8Array =>
  encrypt(serverKey, keyData(name), key);

/** @throws when the server's key or the session is not the one it was wrapped for */
export const unwrapSessionKey = (serverKey: Uint8Array, name: SessionName, wrapped: Uint8Array): Uint8Array =>
  decrypt(serverKey, keyData(name), wrapped);

/** Pads to whole KiB and encrypts. */
export function seal(key: Uint8Array, association: Association, content: Uint8Array): Uint8Array {
  const padded = Buffer.alloc(Math.ceil((content.length + 4) / bucketBytes) * bucketBytes);
  padded.writeUInt32BE(content.length, 0);
  padded.set(content, 4);
  return encrypt(key, rowData(association), padded);
}

/** @throws when the bytes were changed, or belong elsewhere */
export function unseal(key: Uint8Array, association: Association, sealed: Uint8Array): Uint8Array {
  const padded = Buffer.from(decrypt(key, rowData(association), sealed));
  return new Uint8Array(padded.subarray(4, 4 + padded.readUInt32BE(0)));
}

function encrypt(key: Uint8Array, data: Uint8Array, content: Uint8Array): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(data);
  const body = Buffer.concat([cipher.update(content), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.of(formatVersion), nonce, cipher.getAuthTag(), body]));
}

function decrypt(key: Uint8Array, data: Uint8Array, sealed: Uint8Array): Uint8Array {
  if (sealed[0] !== formatVersion || sealed.length < headBytes)
    throw new Error('not a sealed row of this version');
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + nonceBytes));
  decipher.setAAD(data);
  decipher.setAuthTag(bytes.subarray(1 + nonceBytes, headBytes));
  return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(headBytes)), decipher.final()]));
}
