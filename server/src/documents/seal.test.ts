import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Association, newSessionKey, seal, unseal, unwrapSessionKey, wrapSessionKey } from './seal.ts';

const association: Association = {
  organisationId: 'o',
  sessionId: 's',
  participantId: 'p',
  rowId: 'r',
  version: 1,
};
const serverKey = new Uint8Array(32).fill(1);

describe('sealing at rest', () => {
  it('[X2] opens what it sealed, for any content', () => {
    const key = newSessionKey();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), (content) => {
        expect(unseal(key, association, seal(key, association, content))).toEqual(content);
      }),
    );
  });

  it('[X2] a row put in another’s place does not open: organisation, session, participant, row, version', () => {
    const key = newSessionKey();
    const sealed = seal(key, association, new Uint8Array([1, 2, 3]));
    for (const name of ['organisationId', 'sessionId', 'participantId', 'rowId'] as const) {
      expect(() => unseal(key, { ...association, [name]: 'x' }, sealed)).toThrow();
    }
    expect(() => unseal(key, { ...association, version: 2 }, sealed)).toThrow();
  });

  it('[X2] any byte changed does not open', () => {
    const key = newSessionKey();
    const sealed = seal(key, association, new Uint8Array([1, 2, 3]));
    for (const place of [0, 5, 20, 40, sealed.length - 1]) {
      const changed = sealed.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(() => unseal(key, association, changed)).toThrow();
    }
  });

  it('[X2] contents that differ by less than a KiB have ciphertexts of one length', () => {
    const key = newSessionKey();
    const lengthOf = (bytes: number) => seal(key, association, new Uint8Array(bytes)).length;
    expect(lengthOf(0)).toBe(lengthOf(1_000));
    expect(lengthOf(1_021)).toBe(lengthOf(1) + 1_024);
  });

  it('[X2] a data key opens with the server’s key and its own session alone', () => {
    const key = newSessionKey();
    const wrapped = wrapSessionKey(serverKey, association, key);
    expect(unwrapSessionKey(serverKey, association, wrapped)).toEqual(key);
    expect(() => unwrapSessionKey(new Uint8Array(32), association, wrapped)).toThrow();
    expect(() => unwrapSessionKey(serverKey, { ...association, sessionId: 'x' }, wrapped)).toThrow();
  });
});
