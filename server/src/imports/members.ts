// Tables of members (E10): staged as they are read, compared with who is there, and written. A batch at a time: of a large file no
// more than that is in memory.
import { createHash } from 'node:crypto';
import type { ImportCounts } from '@attune/contract';
import { mostImportRows } from '@attune/contract';
import type { Actor } from '@attune/domain';
import type { Caller } from '../caller.ts';
import type { Tx } from '../db/client.ts';
import type { Unit } from '../db/transact.ts';
import { type Client, listClients } from '../people/clients.store.ts';
import type { PeopleDeps } from '../people/deps.ts';
import { changeMember } from '../people/member.service.ts';
import { endInvitationsOf, insertUnsigned, type MemberFields, updateMember } from '../people/member.store.ts';
import type { Member } from '../people/store.ts';
import { logSecurity } from '../security/log.ts';
import { membersMeant, membersWith } from './meant.store.ts';
import { type Known, type Planned, planMember } from './member-plan.ts';
import { type Columns, readHeader, readMemberRow } from './member-row.ts';
import type { FileRow } from './read-messages.ts';
import {
  firstOf,
  insertRows,
  listRows,
  noCounts,
  type StoredImport,
  type StoredRow,
  writePlans,
} from './store.ts';

const batchRows = 500;
/** Told between batches: how many rows are done. */
export type Progress = (rowsDone: number) => Promise<void>;

/** Takes rows as they are read. */
export async function stageMembers(
  tx: Tx,
  { organisationId, id: importId }: StoredImport,
  progress: Progress,
) {
  const clients = await listClients(tx, organisationId);
  let columns: Columns = [];
  let number = 0;
  return {
    header(cells: readonly string[]): void {
      const read = readHeader(cells, 1);
      if (!('code' in read)) columns = read;
    },
    async take(rows: readonly FileRow[]): Promise<boolean> {
      if (number + rows.length > mostImportRows) return false;
      const staged = rows.map((row) => {
        number += 1;
        return stagedRow(row, columns, clients, { organisationId, importId, number });
      });
      await insertRows(tx, staged);
      await progress(number);
      return true;
    },
    get count() {
      return number;
    },
  };
}

function stagedRow(
  { line, cells }: FileRow,
  columns: Columns,
  clients: readonly Client[],
  ids: { organisationId: string; importId: string; number: number },
) {
  const { fields, faults } = readMemberRow(cells, columns, clients);
  const { employeeNumber = null, email = null, name = null } = fields;
  return {
    ...ids,
    line,
    cells: [...cells],
    fields,
    readFaults: [...faults],
    employeeNumber,
    email,
    name: employeeNumber === null && email === null ? name : null,
  };
}

/** Says of every row what it would do now, and stands for all of it by a hash. */
export async function planMembers(
  tx: Tx,
  { organisationId, id: importId, memberId: importerId }: StoredImport,
  progress: Progress,
): Promise<{ counts: ImportCounts; plan: string }> {
  const counts = { ...noCounts };
  const hash = createHash('sha256');
  for (let after = 0; ; ) {
    const rows = await listRows(tx, organisationId, importId, { after, most: batchRows });
    if (rows.length === 0) break;
    const known = await whoIsKnown(tx, organisationId, importId, importerId, rows);
    const plans = rows.map((row) => {
      const read = { fields: row.fields, faults: row.readFaults };
      return { row, planned: planMember(read, known(row.line)) };
    });
    await writePlans(
      tx,
      importId,
      plans.map(({ row, planned }) => planOf(row.number, planned)),
    );
    for (const { row, planned } of plans) {
      counts[planned.outcome] += 1;
      if (planned.isNameKept) counts.namesKept += 1;
      hash.update(JSON.stringify([row.number, planned]));
    }
    after = rows.at(-1)?.number ?? after;
    await progress(after);
  }
  return { counts, plan: hash.digest('hex') };
}

const planOf = (number: number, planned: Planned) => ({
  number,
  outcome: planned.outcome,
  memberId: 'memberId' in planned ? planned.memberId : null,
  planned: 'fields' in planned ? planned.fields : null,
  faults: [...planned.faults],
});

/** Everyone whom a batch of rows may mean, and where in the file the same stood before a line. */
async function whoIsKnown(
  tx: Tx,
  organisationId: string,
  importId: string,
  importerId: string,
  rows: readonly StoredRow[],
): Promise<(line: number) => Known> {
  const valuesOf = (column: 'employeeNumber' | 'email' | 'name') => rows.flatMap((row) => row[column] ?? []);
  const asked = { numbers: valuesOf('employeeNumber'), emails: valuesOf('email'), names: valuesOf('name') };
  const found = await membersMeant(tx, organisationId, asked);
  const numbers = await firstOf(tx, importId, 'employeeNumber', asked.numbers);
  const emails = await firstOf(tx, importId, 'email', asked.emails);
  const names = await firstOf(tx, importId, 'name', asked.names);
  const before = (first: ReadonlyMap<string, number>, line: number) => (value: string) => {
    const at = first.get(value);
    return at !== undefined && at < line ? at : null;
  };
  return (line) => ({
    ...found,
    importerId,
    before: {
      lineOfNumber: before(numbers, line),
      lineOfEmail: before(emails, line),
      lineOfName: before(names, line),
    },
  });
}

/** Writes what was planned: all of it, in the transaction at hand. */
export async function applyMembers(
  deps: PeopleDeps,
  unit: Unit,
  actor: Actor,
  { organisationId, id: importId, counts, fileHash }: StoredImport,
  caller: Caller | null,
  progress: Progress,
): Promise<void> {
  let rowsDone = 0;
  for (let after = 0; ; ) {
    const rows = await listRows(unit.tx, organisationId, importId, {
      after,
      most: batchRows,
      outcomes: ['make', 'change'],
    });
    if (rows.length === 0) break;
    const made = rows.flatMap(({ outcome, planned }) =>
      outcome === 'make' ? [whole(planned, deps.newId())] : [],
    );
    await insertUnsigned(unit.tx, organisationId, made, deps.newId);
    const known = await membersWith(
      unit.tx,
      organisationId,
      rows.flatMap(({ memberId }) => memberId ?? []),
    );
    for (const { memberId, planned } of rows) {
      const member = known.get(memberId ?? '');
      if (member && planned) await changeOne(deps, unit, actor, member, planned, caller);
    }
    after = rows.at(-1)?.number ?? after;
    rowsDone += rows.length;
    await progress(rowsDone);
  }
  const { make, change, leave } = counts ?? noCounts;
  await logSecurity(deps, unit, {
    kind: 'members-imported',
    organisationId,
    actorId: actor.memberId,
    caller,
    detail: { made: make, changed: change, left: leave, file: fileHash },
  });
}

/** Whoever can sign in is changed as by hand: told in the log, and their sign-ins ended where they are deactivated. */
async function changeOne(
  deps: PeopleDeps,
  unit: Unit,
  actor: Actor,
  { id, organisationId, hasSignIn }: Member,
  planned: Partial<MemberFields>,
  caller: Caller | null,
): Promise<void> {
  if (!hasSignIn) {
    await updateMember(unit.tx, organisationId, id, planned, deps.newId);
    if (planned.active === false) await endInvitationsOf(unit.tx, organisationId, id, deps.now());
    return;
  }
  const changed = await changeMember(deps, unit, actor, id, planned, caller);
  if (changed.kind !== 'done') throw new Error(`a planned change was refused: ${changed.kind}`);
}

function whole(planned: StoredRow['planned'], id: string): MemberFields & { id: string } {
  const { name, email = null, employeeNumber = null, roles = [], access, active = true } = planned ?? {};
  if (name === undefined || access === undefined) throw new Error('a planned member lacks something');
  return { id, name, email, employeeNumber, roles, access, active };
}
