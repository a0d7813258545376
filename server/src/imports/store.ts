// SQL of imports (E10): files as they come, rows as they were read, and what they would do.
import type { BadRow, ImportCounts } from '@attune/contract';
import { and, asc, eq, gt, inArray, lt, min, sql } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { fileImport, importPart, importRow } from '../db/schema.ts';

type Reader = Database | Tx;
export type StoredImport = typeof fileImport.$inferSelect;
export type StoredRow = typeof importRow.$inferSelect;

const isOne = (organisationId: string, id: string) =>
  and(eq(fileImport.organisationId, organisationId), eq(fileImport.id, id));

export async function insertImport(tx: Tx, row: typeof fileImport.$inferInsert): Promise<void> {
  await tx.insert(fileImport).values(row);
}

export async function findImport(
  db: Reader,
  organisationId: string,
  id: string,
): Promise<StoredImport | null> {
  const [row] = await db.select().from(fileImport).where(isOne(organisationId, id));
  return row ?? null;
}

/** The same, its row locked. */
export async function lockImport(tx: Tx, organisationId: string, id: string): Promise<StoredImport | null> {
  const [row] = await tx.select().from(fileImport).where(isOne(organisationId, id)).for('no key update');
  return row ?? null;
}

/** The imports of a member that are not over, locked. */
export function lockImportsOf(tx: Tx, organisationId: string, memberId: string): Promise<StoredImport[]> {
  return tx
    .select()
    .from(fileImport)
    .where(and(eq(fileImport.organisationId, organisationId), eq(fileImport.memberId, memberId)))
    .for('no key update');
}

export async function updateImport(
  db: Reader,
  organisationId: string,
  id: string,
  change: Partial<typeof fileImport.$inferInsert>,
): Promise<void> {
  await db.update(fileImport).set(change).where(isOne(organisationId, id));
}

export async function deleteImport(tx: Tx, organisationId: string, id: string): Promise<void> {
  await tx.delete(fileImport).where(isOne(organisationId, id));
}

/** Deletes imports begun before then, with all that is theirs. */
export async function deleteOldImports(tx: Tx, before: string, most: number): Promise<number> {
  const old = tx
    .select({ id: fileImport.id })
    .from(fileImport)
    .where(lt(fileImport.createdAt, before))
    .limit(most)
    .for('update', { skipLocked: true });
  return (await tx.delete(fileImport).where(inArray(fileImport.id, old)).returning({ id: fileImport.id }))
    .length;
}

export async function insertPart(
  tx: Tx,
  organisationId: string,
  importId: string,
  offsetBytes: number,
  bytes: Uint8Array,
): Promise<void> {
  await tx.insert(importPart).values({ organisationId, importId, offsetBytes, bytes });
}

const mostAtOnceBytes = 512 * 1024;

/** The file from its beginning, in pieces small enough that none of it stays in memory. */
export async function* readParts(
  db: Reader,
  organisationId: string,
  { id: importId, sizeBytes }: Pick<StoredImport, 'id' | 'sizeBytes'>,
): AsyncGenerator<Uint8Array> {
  const parts = await db
    .select({
      offset: importPart.offsetBytes,
      length: sql<number>`length(${importPart.bytes})`.mapWith(Number),
    })
    .from(importPart)
    .where(and(eq(importPart.organisationId, organisationId), eq(importPart.importId, importId)))
    .orderBy(asc(importPart.offsetBytes));
  let next = 0;
  for (const { offset, length } of parts) {
    if (offset !== next) throw new Error('an import lacks a part');
    for (let at = 0; at < length; at += mostAtOnceBytes) {
      const [row] = await db
        .select({
          bytes: sql<Uint8Array>`substring(${importPart.bytes} from ${at + 1} for ${mostAtOnceBytes})`,
        })
        .from(importPart)
        .where(and(eq(importPart.importId, importId), eq(importPart.offsetBytes, offset)));
      if (row) yield new Uint8Array(row.bytes);
    }
    next = offset + length;
  }
  if (next !== sizeBytes) throw new Error('an import lacks its end');
}

export async function insertRows(tx: Tx, rows: readonly (typeof importRow.$inferInsert)[]): Promise<void> {
  if (rows.length > 0) await tx.insert(importRow).values([...rows]);
}

/** Lets the planner know how many rows there are by now: nothing else tells it before the commit. */
export async function countForPlanner(tx: Tx): Promise<void> {
  await tx.execute(sql`analyze ${importRow}`);
}

/** Rows after a number, in order; of one outcome where that is given. */
export function listRows(
  db: Reader,
  organisationId: string,
  importId: string,
  {
    after,
    most,
    outcomes,
  }: { after: number; most: number; outcomes?: readonly NonNullable<StoredRow['outcome']>[] },
): Promise<StoredRow[]> {
  return db
    .select()
    .from(importRow)
    .where(
      and(
        eq(importRow.organisationId, organisationId),
        eq(importRow.importId, importId),
        gt(importRow.number, after),
        outcomes ? inArray(importRow.outcome, [...outcomes]) : undefined,
      ),
    )
    .orderBy(asc(importRow.number))
    .limit(most);
}

/** Where in the file each of these values stands first: its number and line, by value. */
export async function firstOf(
  db: Reader,
  importId: string,
  column: 'employeeNumber' | 'email' | 'name',
  values: readonly string[],
): Promise<Map<string, number>> {
  if (values.length === 0) return new Map();
  const rows = await db
    .select({ value: importRow[column], line: min(importRow.line) })
    .from(importRow)
    .where(and(eq(importRow.importId, importId), inArray(importRow[column], [...new Set(values)])))
    .groupBy(importRow[column]);
  return new Map(rows.map(({ value, line }) => [value ?? '', line ?? 0]));
}

/** Writes what rows would do, in one statement. */
export async function writePlans(
  tx: Tx,
  importId: string,
  plans: readonly Pick<StoredRow, 'number' | 'outcome' | 'memberId' | 'planned' | 'faults'>[],
): Promise<void> {
  if (plans.length === 0) return;
  const given = JSON.stringify(plans);
  await tx.execute(sql`
    update ${importRow} set outcome = given.outcome, member_id = given."memberId", planned = given.planned, faults = given.faults
    from jsonb_to_recordset(${given}::jsonb)
      as given(number int, outcome text, "memberId" uuid, planned jsonb, faults jsonb)
    where ${importRow.importId} = ${importId} and ${importRow.number} = given.number`);
}

/** Bad cells in the order of the file, after a row's number. */
export async function listBad(
  db: Reader,
  organisationId: string,
  importId: string,
  after: number,
  most: number,
): Promise<{ bad: BadRow[]; rows: StoredRow[] }> {
  const rows = await listRows(db, organisationId, importId, { after, most, outcomes: ['bad'] });
  return {
    rows,
    bad: rows.flatMap(({ line, faults }) => (faults ?? []).map((fault) => ({ ...fault, line }))),
  };
}

export const noCounts: ImportCounts = { make: 0, change: 0, leave: 0, bad: 0, namesKept: 0 };
