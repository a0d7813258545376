// The life of a draft: made blank, begun from a published version, saved over the revision it was made from, discarded (S1, E11).
// Two people never overwrite each other: whoever saves names the revision they changed.
import { type Actor, blankScorecard, isSameScope, mayDo, type Scope, type Scorecard } from '@attune/domain';
import type { Unit } from '../db/transact.ts';
import { badInput, conflict, denied, done, type Outcome } from '../outcome.ts';
import {
  type ChangedScorecard,
  findScopeProblem,
  importScorecard,
  lockToChange,
  presentOf,
  type ScorecardDeps,
} from './service.ts';
import {
  deleteDraft,
  deleteScorecard,
  insertVersion,
  listVersions,
  type StoredScorecard,
  updateDraft,
  updateScope,
} from './store.ts';

/** A draft as somebody has changed it. */
export interface DraftChange {
  readonly versionId: string;
  /** The one they changed. */
  readonly revision: number;
  readonly scope: Scope;
  readonly content: Scorecard;
}

interface SavedDraft extends ChangedScorecard {
  readonly revision: number;
}

/** Makes a draft with one section and one question, both still without words. */
export async function createScorecard(
  deps: ScorecardDeps,
  unit: Unit,
  actor: Actor,
  { name, scope }: { readonly name: string; readonly scope: Scope },
): Promise<Outcome<ChangedScorecard>> {
  if (!mayDo(actor, 'scorecards.create')) return denied('not-allowed');
  return importScorecard(deps, unit, actor, scope, blankScorecard(name.trim(), deps.newId(), deps.newId()));
}

/** The draft of a scorecard: the one there is, or the next version, begun with what is published. */
export async function beginDraft(
  deps: ScorecardDeps,
  unit: Unit,
  actor: Actor,
  scorecardId: string,
): Promise<Outcome<SavedDraft>> {
  const found = await lockToChange(unit, actor, scorecardId);
  if (found.kind !== 'done') return found;
  const newest = found.value;
  if (newest.archived) return conflict('scorecard-archived');
  if (newest.publishedAt === null) return done(savedAs(newest, newest.revision));
  const versionId = deps.newId();
  await insertVersion(unit.tx, actor.organisationId, {
    id: versionId,
    scorecardId,
    version: newest.version + 1,
    content: newest.content,
    now: deps.now(),
  });
  return done(savedAs({ id: scorecardId, versionId }, 1));
}

const savedAs = ({ id, versionId }: ChangedScorecard, revision: number): SavedDraft => ({
  id,
  versionId,
  revision,
});

/** Saves a draft over the revision it was made from; over any other it is refused, with what stands there. */
export async function saveDraft(
  deps: ScorecardDeps,
  unit: Unit,
  actor: Actor,
  scorecardId: string,
  change: DraftChange,
): Promise<Outcome<SavedDraft>> {
  const { tx } = unit;
  const { organisationId, memberId } = actor;
  const found = await findDraft(unit, actor, scorecardId, change);
  if (found.kind !== 'done') return found;
  const draft = found.value;
  const problem = await changeScope(unit, actor, draft, change.scope);
  if (problem) return problem;
  const { versionId, content } = change;
  const revision = draft.revision + 1;
  await updateDraft(tx, organisationId, { versionId, revision, content }, { memberId, now: deps.now() });
  return done(savedAs(draft, revision));
}

/** Takes the draft away; with it the scorecard, where nothing of it was ever published. */
export async function discardDraft(
  unit: Unit,
  actor: Actor,
  scorecardId: string,
  seen: Pick<DraftChange, 'versionId' | 'revision'>,
): Promise<Outcome<null>> {
  const { tx } = unit;
  const found = await findDraft(unit, actor, scorecardId, seen);
  if (found.kind !== 'done') return found;
  await deleteDraft(tx, actor.organisationId, seen.versionId);
  if (await isNew(unit, actor, scorecardId)) await deleteScorecard(tx, actor.organisationId, scorecardId);
  return done(null);
}

/** The draft, held, where it still is what somebody has seen. */
async function findDraft(
  unit: Unit,
  actor: Actor,
  scorecardId: string,
  { versionId, revision }: Pick<DraftChange, 'versionId' | 'revision'>,
): Promise<Outcome<StoredScorecard>> {
  const found = await lockToChange(unit, actor, scorecardId);
  if (found.kind !== 'done') return found;
  const newest = found.value;
  if (newest.archived) return conflict('scorecard-archived');
  if (newest.publishedAt !== null || newest.versionId !== versionId) return conflict('no-draft');
  return newest.revision === revision ? found : conflict('draft-changed', presentOf(newest));
}

/** Whether nothing of the scorecard was ever published. */
async function isNew({ tx }: Unit, actor: Actor, scorecardId: string): Promise<boolean> {
  const versions = await listVersions(tx, actor.organisationId, scorecardId);
  return versions.every(({ publishedAt }) => publishedAt === null);
}

/** Gives a scorecard that was never published another scope. */
async function changeScope(unit: Unit, actor: Actor, draft: StoredScorecard, scope: Scope) {
  if (isSameScope(draft.scope, scope)) return null;
  if (!(await isNew(unit, actor, draft.id))) return badInput('/scope', 'scope-fixed');
  const problem = await findScopeProblem(unit.tx, actor, scope);
  if (problem) return badInput('/scope', problem);
  await updateScope(unit.tx, actor.organisationId, draft.id, scope);
  return null;
}
