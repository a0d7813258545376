// Scorecards: import as a draft, a new draft version of a published one, publishing, archiving (S1, S7). Only drafts change.
import {
  type Actor,
  mayChangeIn,
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

/** Why a scorecard cannot be made for a scope: it names nothing there is, or more than the actor's access includes. */
export type ScopeProblem = 'scope-unknown' | 'scope-not-covered';

export type ScorecardOutcome =
  | { readonly ok: true; readonly id: string; readonly versionId: string }
  | { readonly ok: false; readonly slug: 'not-allowed' | 'not-found' | 'scorecard-archived' }
  | { readonly ok: false; readonly scopeProblem: ScopeProblem }
  | { readonly ok: false; readonly problems: readonly PublishProblem[] };

const subjectOf = (stored: StoredScorecard) => ({ ...stored, published: stored.publishedAt !== null });

/** Where a version stands (S1). */
export function statusOf(stored: StoredScorecard): 'draft' | 'published' | 'archived' {
  if (stored.archived) return 'archived';
  return stored.publishedAt === null ? 'draft' : 'published';
}

/**
 * The newest version of each scorecard that the actor may read, by name; with a status, the newest that has it: a published
 * scorecard whose next version is a draft is found under both.
 */
export async function readScorecards(
  db: Database,
  actor: Actor,
  status?: ReturnType<typeof statusOf>,
): Promise<StoredScorecard[]> {
  const seen = new Set<string>();
  const newest = (await listVersions(db, actor.organisationId)).filter((stored) => {
    if (status !== undefined && statusOf(stored) !== status) return false;
    if (seen.has(stored.id) || !mayScorecard(actor, 'scorecard.read', subjectOf(stored))) return false;
    seen.add(stored.id);
    return true;
  });
  return newest.sort((one, other) => one.content.name.localeCompare(other.content.name, 'en'));
}

/** Why the actor cannot make a scorecard for the scope; `null` where nothing speaks against it. */
export async function findScopeProblem(
  db: Database | Tx,
  actor: Actor,
  scope: Scope,
): Promise<ScopeProblem | null> {
  if (!(await scopeExists(db, actor.organisationId, scope))) return 'scope-unknown';
  return mayChangeIn(actor.access, scope) ? null : 'scope-not-covered';
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
    const scopeProblem = await findScopeProblem(tx, actor, scope);
    if (scopeProblem) return { ok: false, scopeProblem };
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
  return changeScorecard(
    deps,
    actor,
    scorecardId,
    async (tx, newest) => {
      if (!newest.archived) await archiveScorecard(tx, actor.organisationId, scorecardId, deps.now());
      return { ok: true, id: scorecardId, versionId: newest.versionId };
    },
    true,
  );
}

function changeScorecard(
  deps: ScorecardDeps,
  actor: Actor,
  scorecardId: string,
  change: (tx: Tx, newest: StoredScorecard) => Promise<ScorecardOutcome>,
  archives = false,
): Promise<ScorecardOutcome> {
  return deps.db.transaction(async (tx): Promise<ScorecardOutcome> => {
    await lockScorecard(tx, actor.organisationId, scorecardId);
    const versions = await listVersions(tx, actor.organisationId, scorecardId);
    const readable = versions.some((stored) => mayScorecard(actor, 'scorecard.read', subjectOf(stored)));
    const newest = versions[0];
    if (!newest || !readable) return { ok: false, slug: 'not-found' };
    if (!mayScorecard(actor, 'scorecard.change', subjectOf(newest)))
      return { ok: false, slug: 'not-allowed' };
    if (newest.archived && !archives) return { ok: false, slug: 'scorecard-archived' };
    return change(tx, newest);
  });
}
