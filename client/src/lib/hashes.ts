// SHA-256 and HMAC-SHA-256 by the browser, for verifying a record on this very device.
import type { Hashes } from '@attune/domain';

const copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

/** `null` where the browser offers none: it does so only over https and on this very machine. */
export function browserHashes(): Hashes | null {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!subtle) return null;
  return {
    sha256: async (bytes) => new Uint8Array(await subtle.digest('SHA-256', copy(bytes))),
    hmacSha256: async (key, bytes) => {
      const algorithm = { name: 'HMAC', hash: 'SHA-256' };
      const made = await subtle.importKey('raw', copy(key), algorithm, false, ['sign']);
      return new Uint8Array(await subtle.sign('HMAC', made, copy(bytes)));
    },
  };
}
