// The numbers of a document's updates (N2), with two journals as two nodes have them: whoever reads by number misses nothing,
// however late a commit comes.
import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { until } from '../../../test/support/rooms.ts';
import { type Connection, connect } from '../db/client.ts';
import { documentUpdate } from '../db/schema.ts';
import { createLog } from '../ops/log.ts';
import { type Home, makeHome } from '../sessions/session-rows.fixture.ts';
import { createJournal, type Journal } from './journal.ts';
import { makeSheet, readSheetText, type Sheet } from './sheets.fixture.ts';
import { compactDocument } from './store.ts';

let database: FreshDatabase;
let connection: Connection;
let home: Home;
let one: Journal;
let other: Journal;

beforeAll(async () => {
  database = await freshDatabase();
  connection = connect(database.url);
  home = await makeHome(connection.db);
  // Where a test stops a flush: its rows are there, its commit is still to come.
  await connection.sql.unsafe(`create function wait_here() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock(1); return null; end $$`);
  await connection.sql.unsafe(`create function fail_here() returns trigger language plpgsql as
    $$ begin raise exception 'failed halfway'; end $$`);
});

beforeEach(() => {
  const log = createLog('silent');
  [one, other] = [createJournal({ db: connection.db, log }), createJournal({ db: connection.db, log })];
});

afterEach(async () => {
  await connection.sql.unsafe('drop trigger if exists halfway on document_update');
  await Promise.all([one.close(1_000), other.close(1_000)]);
});

afterAll(async () => {
  await connection?.close(1_000);
  await database?.drop();
});

const newSheet = () => makeSheet(connection.db, home);

/** The rows above a number, as another node asks for them. */
const readAfter = ({ handle }: Sheet, last: number) =>
  connection.db
    .select({ number: documentUpdate.number, snapshot: documentUpdate.snapshot })
    .from(documentUpdate)
    .where(and(eq(documentUpdate.documentId, handle.id), gt(documentUpdate.number, last)))
    .orderBy(asc(documentUpdate.number));

const numbersOf = async (sheet: Sheet) => (await readAfter(sheet, 0)).map(({ number }) => number);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

/** Stops the next flush that writes to this sheet before its commit. @returns what lets it go on */
async function stopFlush({ handle }: Sheet): Promise<() => Promise<void>> {
  const held = await connection.sql.reserve();
  await held`select pg_advisory_lock(1)`;
  await connection.sql.unsafe(`create trigger halfway after insert on document_update for each row
    when (new.document_id = '${handle.id}' and new.number = 1) execute function wait_here()`);
  return async () => {
    await held`select pg_advisory_unlock(1)`;
    held.release();
  };
}

const isStopped = async () =>
  (
    await connection.sql`select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'`
  ).length > 0;

it('[N2] are committed in their order: an update behind one that commits late waits, those of other documents do not', async () => {
  const [sheet, neighbour] = [await newSheet(), await newSheet()];
  const letGo = await stopFlush(sheet);
  const first = sheet.type(one, 'first');
  await until('the flush has written and not committed', isStopped);
  const order: string[] = [];
  void first.then(() => order.push('first'));
  const second = sheet.type(other, 'second').then(() => order.push('second'));
  expect(await neighbour.type(other, 'beside')).toBe('stored');
  expect(await readAfter(sheet, 0)).toEqual([]);
  await letGo();
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
  expect(await numbersOf(sheet)).toEqual([1, 2]);
  expect(await readSheetText(connection.db, sheet)).toEqual({ text: 'first second ', rows: 2 });
});

it('[N2] read on from the last one while two write and a third compacts, none is missed and none comes twice', async () => {
  const sheets = [await newSheet(), await newSheet(), await newSheet()];
  const read = new Map(sheets.map((sheet) => [sheet, 0]));
  const look = async (sheet: Sheet) => {
    let last = read.get(sheet) ?? 0;
    for (const { number, snapshot } of await readAfter(sheet, last)) {
      // A snapshot stands for all up to its number; anything else must be the next one.
      if (!snapshot) expect(number).toBe(last + 1);
      last = number;
    }
    read.set(sheet, last);
  };
  let writing = true;
  const watching = Promise.all(
    sheets.map(async (sheet) => {
      while (writing) await look(sheet);
    }),
  );
  const compacting = (async () => {
    while (writing) for (const { handle } of sheets) await compactDocument(connection.db, handle, randomUUID);
  })();
  for (let round = 0; round < 15; round += 1)
    await Promise.all(
      sheets.flatMap((sheet) => [sheet.type(one, 'a'), sheet.type(other, 'b'), sheet.type(one, 'c')]),
    );
  writing = false;
  await Promise.all([watching, compacting]);
  for (const sheet of sheets) {
    await look(sheet);
    expect(read.get(sheet)).toBe(45);
    expect((await readSheetText(connection.db, sheet)).text.split(' ')).toHaveLength(46);
  }
});

it('[N2] have no gaps: what is refused, and what fails and is tried again, takes none', async () => {
  const sheet = await newSheet();
  await sheet.type(one, 'first');
  await connection.sql.unsafe(`create trigger halfway after insert on document_update for each row
    when (new.document_id = '${sheet.handle.id}') execute function fail_here()`);
  const again = sheet.type(one, 'again');
  await until('it has failed', () => one.waitingMs > 100);
  await connection.sql.unsafe('drop trigger halfway on document_update');
  expect(await again).toBe('stored');
  await connection.sql`update participant set state = 'submitted' where id = ${sheet.participantId}`;
  expect(await sheet.type(other, 'late')).toBe('refused');
  await connection.sql`update participant set state = 'scoring' where id = ${sheet.participantId}`;
  expect(await sheet.type(other, 'last')).toBe('stored');
  expect(await numbersOf(sheet)).toEqual(upTo(3));
});

it('[N2] of a snapshot is that of the last update it stands for, and the next update has the next', async () => {
  const sheet = await newSheet();
  for (const word of ['a', 'b', 'c']) await sheet.type(one, word);
  await compactDocument(connection.db, sheet.handle, randomUUID);
  expect(await readAfter(sheet, 0)).toEqual([{ number: 3, snapshot: true }]);
  await sheet.type(other, 'd');
  expect(await readAfter(sheet, 1)).toEqual([
    { number: 3, snapshot: true },
    { number: 4, snapshot: false },
  ]);
  expect(await readAfter(sheet, 3)).toEqual([{ number: 4, snapshot: false }]);
});

it('[N2] a document that was deleted refuses at once what is still on its way', async () => {
  const [sheet, neighbour] = [await newSheet(), await newSheet()];
  await connection.sql`delete from document where id = ${sheet.handle.id}`;
  expect(await Promise.all([sheet.type(one, 'late'), neighbour.type(one, 'in time')])).toEqual([
    'refused',
    'stored',
  ]);
});
