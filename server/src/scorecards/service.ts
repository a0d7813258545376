// Scorecards: reading, import as a draft, publishing, archiving (S1, S7). What changes a draft is in `drafts.service.ts`.
import type { PresentDraft } from '@attune/contract';
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
import type { Unit } from '../db/transact.ts';
import { badInput, conflict, denied, done, type Failure, type Outcome } from '../outcome.ts';
import { findScopeStanding } from '../sessions/lookup.store.ts';
import { moveDraftsLater } from '../sessions/move-version.ts';
import {
  archiveScorecard,
  countDraftSessions,
  insertScorecard,
  insertVersion,
  listVersions,
  lockScorecard,
  publishVersion,
  type StoredScorecard,
} from './store.ts';

export interface ScorecardDeps {
  readonly now: () => string;
  readonly newId: () => string;
}

/** What a change of a scorecard came to: the version that is its newest now. */
export interface ChangedScorecard {
  readonly id: string;
  readonly versionId: string;
}

/** Why a scorecard cannot be made for a scope: it names nothing there is, what is archived, or more than the actor's access includes. */
export type ScopeProblem = 'scope-unknown' | 'scope-archived' | 'scope-not-covered';

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
): Promise<Outcome<StoredScorecard[]>> {
  if (!mayDo(actor, 'scorecards.list')) return denied('not-allowed');
  const seen = new Set<string>();
  const newest = (await listVersions(db, actor.organisationId)).filter((stored) => {
    if (status !== undefined && statusOf(stored) !== status) return false;
    if (seen.has(stored.id) || !mayScorecard(actor, 'scorecard.read', subjectOf(stored))) return false;
    seen.add(stored.id);
    return true;
  });
  return done(newest.sort((one, other) => one.content.name.localeCompare(other.content.name, 'en')));
}

/** Why the actor cannot make a scorecard for the scope; `null` where nothing speaks against it. */
export async function findScopeProblem(
  db: Database | Tx,
  actor: Actor,
  scope: Scope,
): Promise<ScopeProblem | null> {
  const standing = await findScopeStanding(db, actor.organisationId, scope);
  if (standing !== 'living') return standing === null ? 'scope-unknown' : 'scope-archived';
  return mayChangeIn(actor.access, scope) ? null : 'scope-not-covered';
}

/** A version, and what one may know of the scorecard around it. */
export interface ReadScorecard extends StoredScorecard {
  /** The newest version that is published; `null` where none ever was. */
  readonly publishedVersion: number | null;
  readonly mayChange: boolean;
}

/** One scorecard's newest version, or the version named. */
export async function readScorecard(
  db: Database,
  actor: Actor,
  scorecardId: string,
  version?: number,
): Promise<Outcome<ReadScorecard>> {
  const readable = await readableVersions(db, actor, scorecardId);
  const found = readable.find((stored) => version === undefined || stored.version === version);
  if (!found) return denied('not-found');
  const publishedVersion = readable.find(({ publishedAt }) => publishedAt !== null)?.version ?? null;
  const mayChange = mayScorecard(actor, 'scorecard.change', subjectOf(found));
  return done({ ...found, publishedVersion, mayChange, lastChange: mayChange ? found.lastChange : null });
}

/** Every version that the actor may read, newest first. */
export async function readVersions(
  db: Database,
  actor: Actor,
  scorecardId: string,
): Promise<Outcome<StoredScorecard[]>> {
  const readable = await readableVersions(db, actor, scorecardId);
  if (readable.length === 0) return denied('not-found');
  return done(
    readable.map((stored) =>
      mayScorecard(actor, 'scorecard.change', subjectOf(stored)) ? stored : { ...stored, lastChange: null },
    ),
  );
}

async function readableVersions(db: Database, actor: Actor, scorecardId: string): Promise<StoredScorecard[]> {
  const versions = await listVersions(db, actor.organisationId, scorecardId);
  return versions.filter((stored) => mayScorecard(actor, 'scorecard.read', subjectOf(stored)));
}

/** What publishing the draft would change for others. */
export async function readPublishing(
  db: Database,
  actor: Actor,
  scorecardId: string,
): Promise<Outcome<{ version: number; replaces: number | null; draftCalibrations: number }>> {
  const found = await readScorecard(db, actor, scorecardId);
  if (found.kind !== 'done') return found;
  const { version, versionId, publishedAt, publishedVersion, mayChange } = found.value;
  if (!mayChange) return denied('not-allowed');
  if (publishedAt !== null) return conflict('no-draft');
  const draftCalibrations = await countDraftSessions(db, actor.organisationId, scorecardId, versionId);
  return done({ version, replaces: publishedVersion, draftCalibrations });
}

/** What publishing would object to, and why the actor could not make it at all. Writes nothing. */
export async function tryImport(
  db: Database | Tx,
  actor: Actor,
  scope: Scope,
  content: Scorecard,
): Promise<Outcome<{ pointer: string; code: string }[]>> {
  if (!mayDo(actor, 'scorecards.create')) return denied('not-allowed');
  const scopeProblem = await findScopeProblem(db, actor, scope);
  return done([
    ...(scopeProblem ? [{ pointer: '/scope', code: scopeProblem }] : []),
    ...publishProblems(content).map(({ pointer, code }) => ({ pointer, code })),
  ]);
}

/** Makes a draft out of an import. */
export async function importScorecard(
  deps: ScorecardDeps,
  { tx }: Unit,
  actor: Actor,
  scope: Scope,
  content: Scorecard,
): Promise<Outcome<ChangedScorecard>> {
  if (!mayDo(actor, 'scorecards.create')) return denied('not-allowed');
  const { organisationId } = actor;
  const [now, id, versionId] = [deps.now(), deps.newId(), deps.newId()];
  const scopeProblem = await findScopeProblem(tx, actor, scope);
  if (scopeProblem) return badInput('/scope', scopeProblem);
  await insertScorecard(tx, organisationId, { id, scope, now });
  await insertVersion(tx, organisationId, { id: versionId, scorecardId: id, version: 1, content, now });
  return done({ id, versionId });
}

/**
 * Publishes the draft; it replaces the version before for new work, drafts of sessions included. A published one is left
 * as it is.
 *
 * @param seen what was looked at: neither another revision, nor another draft begun since, is published unseen
 */
export async function publishScorecard(
  deps: ScorecardDeps,
  unit: Unit,
  actor: Actor,
  scorecardId: string,
  seen: { readonly versionId?: string | undefined; readonly revision?: number | undefined } = {},
): Promise<Outcome<ChangedScorecard>> {
  const found = await lockToChange(unit, actor, scorecardId);
  if (found.kind !== 'done') return found;
  const { archived, content, versionId, revision, publishedAt } = found.value;
  if (archived) return conflict('scorecard-archived');
  if (publishedAt === null) {
    if (seen.versionId !== undefined && seen.versionId !== versionId) return conflict('no-draft');
    if (seen.revision !== undefined && seen.revision !== revision)
      return conflict('draft-changed', presentOf(found.value));
  }
  const problems = publishProblems(content);
  if (problems.length > 0) return notPublishable(problems);
  const { organisationId, memberId: byMemberId } = actor;
  const now = deps.now();
  await publishVersion(unit.tx, organisationId, versionId, now);
  await moveDraftsLater(unit.tx, organisationId, deps.newId(), { scorecardId, versionId, byMemberId }, now);
  return done({ id: scorecardId, versionId });
}

const notPublishable = (problems: readonly PublishProblem[]): Failure => ({
  kind: 'bad-input',
  slug: 'scorecard-not-publishable',
  errors: problems.map(({ pointer, code }) => ({ pointer, code })),
});

export async function retireScorecard(
  deps: ScorecardDeps,
  unit: Unit,
  actor: Actor,
  scorecardId: string,
): Promise<Outcome<ChangedScorecard>> {
  const found = await lockToChange(unit, actor, scorecardId);
  if (found.kind !== 'done') return found;
  const { archived, versionId } = found.value;
  if (!archived) await archiveScorecard(unit.tx, actor.organisationId, scorecardId, deps.now());
  return done({ id: scorecardId, versionId });
}

/** The draft as it is instead of what somebody thought (`draft-changed`). */
export const presentOf = ({
  versionId,
  revision,
  scope,
  content,
  lastChange,
}: StoredScorecard): PresentDraft => ({
  versionId,
  revision,
  scope,
  content,
  lastChange,
});

/** The newest version, the scorecard held until the transaction ends. */
export async function lockToChange(
  { tx }: Unit,
  actor: Actor,
  scorecardId: string,
): Promise<Outcome<StoredScorecard>> {
  await lockScorecard(tx, actor.organisationId, scorecardId);
  const versions = await listVersions(tx, actor.organisationId, scorecardId);
  const isReadable = versions.some((stored) => mayScorecard(actor, 'scorecard.read', subjectOf(stored)));
  const newest = versions[0];
  if (!newest || !isReadable) return denied('not-found');
  return mayScorecard(actor, 'scorecard.change', subjectOf(newest)) ? done(newest) : denied('not-allowed');
}
