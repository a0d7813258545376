// The work of imports (E10, N6): reading a file and comparing what is in it; bringing it in after the yes.
import { importHours } from '@attune/contract';
import { mayImport, wholeOrganisation } from '@attune/domain';
import * as z from 'zod/mini';
import type { Tx } from '../db/client.ts';
import type { Unit } from '../db/transact.ts';
import { type Done, defineKind, definePruning, type Kind } from '../jobs/kind.ts';
import { actorOf } from '../people/actor.ts';
import { findMember, lockOrganisation } from '../people/store.ts';
import { importScorecard } from '../scorecards/service.ts';
import { applyMembers, planMembers, stageMembers } from './members.ts';
import { readApart } from './read-apart.ts';
import { planScorecard } from './scorecard.ts';
import type { ImportDeps } from './service.ts';
import {
  countForPlanner,
  deleteImport,
  deleteOldImports,
  findImport,
  readParts,
  type StoredImport,
  updateImport,
} from './store.ts';

const hourMs = 60 * 60 * 1_000;
const readPayload = z.object({ importId: z.string() });
const applyPayload = z.object({
  importId: z.string(),
  caller: z.object({ address: z.nullable(z.string()), device: z.nullable(z.string()) }),
});

export const importKindsOfWork = (deps: ImportDeps): Kind[] => [
  defineKind('import-read', readPayload, async (tx, { organisationId, payload }) => {
    const found = organisationId && (await findImport(tx, organisationId, payload.importId));
    if (found && found.state === 'reading') await read(deps, tx, found);
    return {};
  }),
  defineKind('import-apply', applyPayload, async (tx, { organisationId, payload }) => {
    const found = organisationId && (await findImport(tx, organisationId, payload.importId));
    return found && found.state === 'applying' ? apply(deps, tx, found, payload.caller) : {};
  }),
  definePruning('prune-imports', importHours * hourMs, deleteOldImports),
];

/** Seen while the work's own transaction is open, so written beside it. */
const progressOf =
  ({ db }: ImportDeps, { organisationId, id }: StoredImport) =>
  (rowsDone: number) =>
    updateImport(db, organisationId, id, { rowsDone });

async function importerOf(tx: Tx, { organisationId, memberId, kind }: StoredImport) {
  const member = await findMember(tx, organisationId, memberId);
  const actor = member?.active && member.hasSignIn ? actorOf(member, []) : null;
  return actor && mayImport(actor, kind) ? actor : null;
}

async function read(deps: ImportDeps, tx: Tx, found: StoredImport): Promise<void> {
  const { organisationId, id, kind, fileHash: hash } = found;
  const progress = progressOf(deps, found);
  const staging = await stageMembers(tx, found, progress);
  const ready = await readApart(
    { kind, hash },
    {
      parts: () => readParts(tx, organisationId, found),
      header: async (cells) => staging.header(cells),
      take: (rows) => staging.take(rows),
    },
  );
  const problem =
    ready.problem ??
    (kind === 'members' && staging.count === 0
      ? { code: 'empty' as const, line: null, found: [], known: [], errors: [] }
      : null);
  if (problem) return updateImport(tx, organisationId, id, { state: 'refused', problem });
  const actor = await importerOf(tx, found);
  if (!actor) return deleteImport(tx, organisationId, id);
  if (!ready.scorecard) {
    await countForPlanner(tx);
    const planned = await planMembers(tx, found, progress);
    return updateImport(tx, organisationId, id, { state: 'ready', ...planned });
  }
  const { content, scope: own } = ready.scorecard;
  const scope = found.scope ?? own;
  const { counts, plan } = await planScorecard(tx, actor, { content, scope, fileHash: hash });
  await updateImport(tx, organisationId, id, { state: 'ready', content, scope, counts, plan });
}

async function apply(
  deps: ImportDeps,
  tx: Tx,
  found: StoredImport,
  caller: z.infer<typeof applyPayload>['caller'],
): Promise<Done> {
  const { organisationId, id } = found;
  const acts: (() => void)[] = [];
  const unit: Unit = { tx, whenCommitted: (act) => acts.push(act) };
  const tell = () => {
    for (const act of acts) act();
  };
  const actor = await importerOf(tx, found);
  if (!actor) {
    await deleteImport(tx, organisationId, id);
    return {};
  }
  // Nobody changes a member from here on, until it is written.
  await lockOrganisation(tx, organisationId);
  const progress = progressOf(deps, found);
  const { counts, plan } =
    found.kind === 'members'
      ? await planMembers(tx, found, async () => {})
      : await planScorecard(tx, actor, found);
  if (plan !== found.plan) {
    await updateImport(tx, organisationId, id, { state: 'ready', counts, plan, changedSince: true });
    return {};
  }
  if (found.kind === 'members') await applyMembers(deps, unit, actor, found, caller, progress);
  const made =
    found.content &&
    (await importScorecard(deps, unit, actor, found.scope ?? wholeOrganisation, found.content));
  if (made && made.kind !== 'done') throw new Error('a planned scorecard was refused');
  await updateImport(tx, organisationId, id, { state: 'done', madeId: made ? made.value.id : null });
  return { tell };
}
