// Imports (E10): a file comes in parts, is read and compared by a job, and is brought in by another after the yes to exactly what the
// dry run showed. Each is its member's alone.
import { type ImportKind, type ImportView, importHours } from '@attune/contract';
import { type Actor, mayImport, publishProblems, questionsOf, type Scope } from '@attune/domain';
import type { Caller } from '../caller.ts';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import type { Unit } from '../db/transact.ts';
import { addJob } from '../jobs/store.ts';
import { conflict, denied, done, type Outcome } from '../outcome.ts';
import type { PeopleDeps } from '../people/deps.ts';
import { planScorecard } from './scorecard.ts';
import {
  deleteImport,
  findImport,
  insertImport,
  insertPart,
  listBad,
  lockImport,
  lockImportsOf,
  type StoredImport,
  updateImport,
} from './store.ts';

export type ImportDeps = PeopleDeps;

const mostBadShown = 100;

/** Begins an import, or goes on with one of the same file. Another of the same kind that was begun before is given up. */
export async function beginImport(
  deps: ImportDeps,
  unit: Unit,
  actor: Actor,
  body: { kind: ImportKind; name: string; sizeBytes: number; hash: string; scope: Scope | null },
): Promise<Outcome<ImportView>> {
  if (!mayImport(actor, body.kind)) return denied('not-allowed');
  const { tx } = unit;
  const { organisationId, memberId } = actor;
  const { kind, name: fileName, sizeBytes, hash: fileHash, scope } = body;
  const others = (await lockImportsOf(tx, organisationId, memberId)).filter((one) => one.kind === kind);
  const same = others.find(
    (one) => one.state === 'uploading' && one.fileHash === fileHash && one.sizeBytes === sizeBytes,
  );
  for (const one of others)
    if (one !== same && one.state !== 'applying') await deleteImport(tx, organisationId, one.id);
  if (same) {
    await updateImport(tx, organisationId, same.id, { scope });
    return viewOf(tx, actor, same.id);
  }
  const id = deps.newId();
  await insertImport(tx, {
    id,
    organisationId,
    memberId,
    kind,
    fileName,
    sizeBytes,
    fileHash,
    scope,
    createdAt: deps.now(),
  });
  if (sizeBytes === 0) await startReading(deps, unit, { organisationId, id });
  return viewOf(tx, actor, id);
}

/** The import, to its owner; for everyone else there is none. */
const ownOf = (actor: Actor, found: StoredImport | null): StoredImport | null =>
  found?.memberId === actor.memberId && mayImport(actor, found.kind) ? found : null;
const lockOwn = async (tx: Tx, actor: Actor, id: string) =>
  ownOf(actor, await lockImport(tx, actor.organisationId, id));
const findOwn = async (db: Database | Tx, actor: Actor, id: string) =>
  ownOf(actor, await findImport(db, actor.organisationId, id));

/** Takes the next part. One that is not the next is refused with how much there is. */
export async function takePart(
  deps: ImportDeps,
  unit: Unit,
  actor: Actor,
  id: string,
  offset: number,
  bytes: Uint8Array,
): Promise<Outcome<ImportView>> {
  const { tx } = unit;
  const found = await lockOwn(tx, actor, id);
  if (!found) return denied('not-found');
  const { organisationId, receivedBytes, sizeBytes } = found;
  const isNext = found.state === 'uploading' && offset === receivedBytes;
  if (!isNext || bytes.length === 0 || offset + bytes.length > sizeBytes)
    return conflict('stale', await viewAs(tx, actor, id));
  await insertPart(tx, organisationId, id, offset, bytes);
  const received = receivedBytes + bytes.length;
  await updateImport(tx, organisationId, id, { receivedBytes: received });
  if (received === sizeBytes) await startReading(deps, unit, found);
  return viewOf(tx, actor, id);
}

async function startReading(
  deps: ImportDeps,
  unit: Unit,
  { organisationId, id }: Pick<StoredImport, 'organisationId' | 'id'>,
): Promise<void> {
  await updateImport(unit.tx, organisationId, id, { state: 'reading' });
  const job = {
    id: deps.newId(),
    kind: 'import-read',
    key: id,
    payload: { importId: id },
    dueAt: deps.now(),
  };
  await addJob(unit.tx, organisationId, job);
  unit.whenCommitted(() => deps.bus.publish({ type: 'job-added' }));
}

/** For whom a scorecard is to be, before it is made. */
export async function aimImport(
  unit: Unit,
  actor: Actor,
  id: string,
  scope: Scope,
): Promise<Outcome<ImportView>> {
  const { tx } = unit;
  const found = await lockOwn(tx, actor, id);
  if (found?.kind !== 'scorecard') return denied('not-found');
  if (found.state !== 'ready') return conflict('stale', await viewAs(tx, actor, id));
  const { counts, plan: next } = await planScorecard(tx, actor, { ...found, scope });
  await updateImport(tx, found.organisationId, id, { scope, counts, plan: next, changedSince: false });
  return viewOf(tx, actor, id);
}

/** The yes to what the dry run showed: a job does it. */
export async function sayYes(
  deps: ImportDeps,
  unit: Unit,
  actor: Actor,
  id: string,
  plan: string,
  caller: Caller,
): Promise<Outcome<ImportView>> {
  const { tx } = unit;
  const found = await lockOwn(tx, actor, id);
  if (!found) return denied('not-found');
  const { organisationId, state, counts } = found;
  // Pressed twice.
  if ((state === 'applying' || state === 'done') && found.plan === plan) return viewOf(tx, actor, id);
  if (state !== 'ready' || !counts) return conflict('stale', await viewAs(tx, actor, id));
  if (found.plan !== plan) return conflict('stale', await viewAs(tx, actor, id));
  if (counts.bad > 0 || counts.make + counts.change === 0)
    return conflict('stale', await viewAs(tx, actor, id));
  await updateImport(tx, organisationId, id, { state: 'applying', changedSince: false, rowsDone: 0 });
  const payload = { importId: id, caller };
  await addJob(tx, organisationId, {
    id: deps.newId(),
    kind: 'import-apply',
    key: `${id} ${plan}`,
    payload,
    dueAt: deps.now(),
  });
  unit.whenCommitted(() => deps.bus.publish({ type: 'job-added' }));
  return viewOf(tx, actor, id);
}

/** Gives an import up, and forgets its file. What is being written is. */
export async function giveUp(unit: Unit, actor: Actor, id: string): Promise<Outcome<null>> {
  const found = await lockOwn(unit.tx, actor, id);
  if (!found) return denied('not-found');
  if (found.state === 'applying') return conflict('stale');
  await deleteImport(unit.tx, found.organisationId, id);
  return done(null);
}

export async function readImport(
  deps: Pick<ImportDeps, 'db'>,
  actor: Actor,
  id: string,
): Promise<Outcome<ImportView>> {
  return viewOf(deps.db, actor, id);
}

/** The stored import of the actor's. */
export async function readOwn(db: Database, actor: Actor, id: string): Promise<Outcome<StoredImport>> {
  const found = await findOwn(db, actor, id);
  return found ? done(found) : denied('not-found');
}

async function viewOf(db: Database | Tx, actor: Actor, id: string): Promise<Outcome<ImportView>> {
  const view = await viewAs(db, actor, id);
  return view ? done(view) : denied('not-found');
}

async function viewAs(db: Database | Tx, actor: Actor, id: string): Promise<ImportView | null> {
  const found = await findOwn(db, actor, id);
  if (!found) return null;
  const { organisationId, content, counts } = found;
  const bad = counts && counts.bad > 0 ? (await listBad(db, organisationId, id, 0, mostBadShown)).bad : [];
  const scopeProblem = content && found.scope ? (await planScorecard(db, actor, found)).scopeProblem : null;
  return {
    id,
    kind: found.kind,
    state: found.state,
    fileName: found.fileName,
    sizeBytes: found.sizeBytes,
    receivedBytes: found.receivedBytes,
    rowsDone: found.rowsDone,
    counts,
    plan: found.plan,
    changedSince: found.changedSince,
    problem: found.problem,
    bad: bad.slice(0, mostBadShown),
    scorecard: content && {
      name: content.name,
      sections: content.sections.length,
      questions: questionsOf(content).length,
      problems: [
        ...(scopeProblem ? [{ pointer: '/scope', code: scopeProblem }] : []),
        ...publishProblems(content).map(({ pointer, code }) => ({ pointer, code })),
      ],
    },
    madeId: found.madeId,
    expiresAt: new Date(Date.parse(toIso(found.createdAt)) + importHours * 3_600_000).toISOString(),
  };
}
