import { toHex } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import { browserHashes } from './hashes.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('hashing in the browser', () => {
  it('[X1] gives the published digests: FIPS 180-4 and RFC 4231', async () => {
    const hashes = browserHashes();
    if (!hashes) throw new Error('no WebCrypto');
    expect(toHex(await hashes.sha256(bytes('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(toHex(await hashes.hmacSha256(bytes('Jefe'), bytes('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});
