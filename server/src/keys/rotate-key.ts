// A new key for the server: everything that lies under the old one is written anew in one transaction, or nothing is. Data keys are
// wrapped anew (what they seal stays as it is), living links get new tokens, kept replies and sign-ins end.
import type { Database } from '../db/client.ts';
import { transact } from '../db/transact.ts';
import { unwrapSessionKey, wrapSessionKey } from '../documents/seal.ts';
import { hashOfToken, tokenOf } from '../joining/token.ts';
import { logSecurity, type SecurityDeps } from '../security/log.ts';
import {
  deleteWhatItOpened,
  listLinkIds,
  listOrganisationIds,
  listWrappedKeys,
  lockProof,
  replaceProof,
  writeTokenHash,
  writeWrappedKey,
} from './server-key.store.ts';
import { proofOf } from './server-key.ts';

const batch = 500;

export interface Rotated {
  readonly sessions: number;
  readonly links: number;
}

/**
 * No server may be running on the database.
 * @throws when a data key does not open with the old key: then nothing was changed
 */
export function rotateKey(
  deps: SecurityDeps & { readonly db: Database },
  old: Uint8Array,
  next: Uint8Array,
): Promise<Rotated> {
  return transact(deps.db, async (unit) => {
    const { tx } = unit;
    const proof = await lockProof(tx);
    if (!proof || Buffer.compare(proof, proofOf(old)) !== 0) throw new Error('the key was changed meanwhile');
    let sessions = 0;
    for (let after: string | null = null; ; ) {
      const page = await listWrappedKeys(tx, after, batch);
      for (const row of page) {
        const key = unwrapSessionKey(old, row, row.wrappedKey);
        await writeWrappedKey(tx, { ...row, wrappedKey: wrapSessionKey(next, row, key) });
      }
      sessions += page.length;
      after = page.at(-1)?.sessionId ?? null;
      if (page.length < batch) break;
    }
    const links = await listLinkIds(tx);
    for (const id of links) await writeTokenHash(tx, id, hashOfToken(tokenOf(next, id)));
    await deleteWhatItOpened(tx);
    for (const organisationId of await listOrganisationIds(tx))
      await logSecurity(deps, unit, {
        kind: 'key-rotated',
        organisationId,
        actorId: null,
        caller: null,
        detail: { by: 'operator' },
      });
    await replaceProof(tx, proofOf(next), deps.now());
    return { sessions, links: links.length };
  });
}
