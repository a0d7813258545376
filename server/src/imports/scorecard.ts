// A scorecard out of a file (E10, S7): what making it would come to, and making it.
import { createHash } from 'node:crypto';
import type { ImportCounts } from '@attune/contract';
import { type Actor, wholeOrganisation } from '@attune/domain';
import type { Database, Tx } from '../db/client.ts';
import { findScopeProblem, type ScopeProblem } from '../scorecards/service.ts';
import { noCounts, type StoredImport } from './store.ts';

/** One draft is made, or, where its scope does not allow it, none. */
export async function planScorecard(
  db: Database | Tx,
  actor: Actor,
  { content, scope, fileHash }: Pick<StoredImport, 'content' | 'scope' | 'fileHash'>,
): Promise<{ counts: ImportCounts; plan: string; scopeProblem: ScopeProblem | null }> {
  const scopeProblem = content ? await findScopeProblem(db, actor, scope ?? wholeOrganisation) : null;
  const isBad = scopeProblem !== null;
  const plan = createHash('sha256')
    .update(JSON.stringify([fileHash, scope, scopeProblem]))
    .digest('hex');
  return { counts: { ...noCounts, make: isBad ? 0 : 1, bad: isBad ? 1 : 0 }, plan, scopeProblem };
}
