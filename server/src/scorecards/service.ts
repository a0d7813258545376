// Scorecards: import as a draft, a new draft version of a published one, publishing, archiving (S1, S7). Only drafts change.
import {
  type Actor,
  covers,
  mayDo,
  mayScorecard,
  type PublishProblem,
  publishProblems,
  type Scope,
  type Scorecard,
} from '@attune/domain';
import type { Database, Tx } from '../db/client.ts';
import { scopeExists } from '../sessions/lookup.store.ts';
import {
  archiveScorecard,
  insertScorecard,
  insertVersion,
  listVersions,
  lockScorecard,
  publishVersion,
  type StoredScorecard,
  updateDraft,
} from './store.ts';

export interface ScorecardDeps {
  readonly db: Database;
  readonly now: () => string;
  readonly newId: () => string;
}

export type ScorecardOutcome =
  | { readonly ok: true; readonly id: string; readonly versionId: string }
  | { readonly ok: false; readonly slug: 'not-allowed' | 'not-found' }
  | { readonly ok: false; readonly scopeProblem: string }
  | { readonly ok: false; readonly problems: readonly PublishProblem[] };

const subjectOf = (stored: StoredScorecard) => ({ ...stored, published: stored.publishedAt !== null });

/** The newest version of each scorecard the actor may read: the published one, or the draft for who manages them. */
export async function readScorecards(db: Database, actor: Actor): Promise<StoredScorecard[]> {
  const seen = new Set<string>();
  return (await listVersions(db, actor.organisationId)).filter((stored) => {
    if (seen.has(stored.id) || !mayScorecard(actor, 'scorecard.read', subjectOf(stored))) return false;
    seen.add(stored.id);
    return true;
  });
}

/** One scorecard's newest version, or the version named; `null` where it is not the actor's to see. */
export async function readScorecard(
  db: Database,
  actor: Actor,
  scorecardId: string,
  version?: number,
): Promise<StoredScorecard | null> {
  const versions = await listVersions(db, actor.organisationId, scorecardId);
  const readable = versions.filter((stored) => mayScorecard(actor, 'scorecard.read', subjectOf(stored)));
  return readable.find((stored) => version === undefined || stored.version === version) ?? null;
}

/** Makes a draft out of an import. */
export async function importScorecard(
  deps: ScorecardDeps,
  actor: Actor,
  scope: Scope,
  content: Scorecard,
): Promise<ScorecardOutcome> {
  if (!mayDo(actor, 'scorecards.create')) return { ok: false, slug: 'not-allowed' };
  const { organisationId } = actor;
  const now = deps.now();
  const id = deps.newId();
  const versionId = deps.newId();
  return deps.db.transaction(async (tx): Promise<ScorecardOutcome> => {
    if (!(await scopeExists(tx, organisationId, scope))) {
      return { ok: false, scopeProblem: 'Choose a client, or a line of business of that client.' };
    }
    if (!covers(actor.access, scope)) {
      return { ok: false, scopeProblem: 'Choose a scope that your access includes whole.' };
    }
    await insertScorecard(tx, organisationId, { id, scope, now });
    await insertVersion(tx, organisationId, { id: versionId, scorecardId: id, version: 1, content, now });
    return { ok: true, id, versionId };
  });
}

/** Changes the draft, or makes the next draft version of a published scorecard. */
export function reviseScorecard(
  deps: ScorecardDeps,
  actor: Actor,
  scorecardId: string,
  content: Scorecard,
): Promise<ScorecardOutcome> {
  return changeScorecard(deps, actor, scorecardId, async (tx, newest) => {
    if (newest.publishedAt === null) {
      await updateDraft(tx, actor.organisationId, newest.versionId, content);
      return { ok: true, id: scorecardId, versionId: newest.versionId };
    }
    const versionId = deps.newId();
    await insertVersion(tx, actor.organisationId, {
      id: versionId,
      scorecardId,
      version: newest.version + 1,
      content,
      now: deps.now(),
    });
    return { ok: true, id: scorecardId, versionId };
  });
}

/** Publishes the draft; it replaces the version before for new work. A published one is left as it is. */
export function publishScorecard(
  deps: ScorecardDeps,
  actor: Actor,
  scorecardId: string,
): Promise<ScorecardOutcome> {
  return changeScorecard(deps, actor, scorecardId, async (tx, newest) => {
    const problems = publishProblems(newest.content);
    if (problems.length > 0) return { ok: false, problems };
    await publishVersion(tx, actor.organisationId, newest.versionId, deps.now());
    return { ok: true, id: scorecardId, versionId: newest.versionId };
  });
}

export function retireScorecard(
  deps: ScorecardDeps,
  actor: Actor,
  scorecardId: string,
): Promise<ScorecardOutcome> {
  return changeScorecard(deps, actor, scorecardId, async (tx, newest) => {
    await archiveScorecard(tx, actor.organisationId, scorecardId, deps.now());
    return { ok: true, id: scorecardId, versionId: newest.versionId };
  });
}

function changeScorecard(
  deps: ScorecardDeps,
  actor: Actor,
  scorecardId: string,
  change: (tx: Tx, newest: StoredScorecard) => Promise<ScorecardOutcome>,
): Promise<ScorecardOutcome> {
  return deps.db.transaction(async (tx): Promise<ScorecardOutcome> => {
    await lockScorecard(tx, actor.organisationId, scorecardId);
    const versions = await listVersions(tx, actor.organisationId, scorecardId);
    const readable = versions.some((stored) => mayScorecard(actor, 'scorecard.read', subjectOf(stored)));
    const newest = versions[0];
    if (!newest || !readable) return { ok: false, slug: 'not-found' };
    if (!mayScorecard(actor, 'scorecard.change', subjectOf(newest)))
      return { ok: false, slug: 'not-allowed' };
    return change(tx, newest);
  });
}
