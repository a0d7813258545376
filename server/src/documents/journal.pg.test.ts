// The journal on real PostgreSQL (live.md 2): what is appended stands once, whatever ends a compaction halfway, whoever writes
// meanwhile, and never behind the back of a session that has moved on.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
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
let journal: Journal;

beforeAll(async () => {
  database = await freshDatabase();
  connection = connect(database.url);
  home = await makeHome(connection.db);
  journal = createJournal({ db: connection.db, log: createLog('silent') });
  // Where a test stops a compaction: it waits there for whoever holds the lock of that number, or fails.
  await connection.sql.unsafe(`create function wait_here() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock(1); return coalesce(new, old); end $$`);
  await connection.sql.unsafe(`create function fail_here() returns trigger language plpgsql as
    $$ begin raise exception 'failed halfway'; end $$`);
});

afterEach(() => connection.sql.unsafe('drop trigger if exists halfway on document_update'));

afterAll(async () => {
  await journal?.close(1_000);
  await connection?.close(1_000);
  await database?.drop();
});

/** Between a compaction's two writes, or before the first of them. */
const places = {
  'before its snapshot': 'before insert on document_update for each row when (new.snapshot)',
  'before it deletes': 'before delete on document_update for each row',
} as const;
const halfway = (place: keyof typeof places, what: 'wait_here' | 'fail_here') =>
  connection.sql.unsafe(`create trigger halfway ${places[place]} execute function ${what}()`);

/** Holds the lock that compactions wait for, until told to let go. */
async function holdLock(): Promise<() => Promise<unknown>> {
  const held = await connection.sql.reserve();
  await held`select pg_advisory_lock(1)`;
  return async () => {
    await held`select pg_advisory_unlock(1)`;
    held.release();
  };
}

/** The process of whoever waits for a lock of this kind; 0 where nobody does. */
async function waiter(kind: 'advisory' | 'transactionid' | 'tuple'): Promise<number> {
  const [row] = await connection.sql<{ pid: number }[]>`
    select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and wait_event = ${kind}`;
  return row?.pid ?? 0;
}

const newSheet = () => makeSheet(connection.db, home);

async function typeAll(sheet: Sheet, words: readonly string[]): Promise<void> {
  expect(await Promise.all(words.map((word) => sheet.type(journal, word)))).toEqual(
    words.map(() => 'stored'),
  );
}

const read = (sheet: Sheet) => readSheetText(connection.db, sheet);

const snapshots = async ({ handle }: Sheet) =>
  (await connection.db.select().from(documentUpdate).where(eq(documentUpdate.documentId, handle.id))).filter(
    (row) => row.snapshot,
  ).length;
const compact = ({ handle }: Sheet) => compactDocument(connection.db, handle, randomUUID);

const words = Array.from({ length: 12 }, (_, index) => `w${index + 1}`);
const whole = `${words.join(' ')} `;

describe('compaction', () => {
  it('[live 2] puts one snapshot in the place of all it covers, and again over that', async () => {
    const sheet = await newSheet();
    await typeAll(sheet, words);
    expect(await read(sheet)).toEqual({ text: whole, rows: 12 });
    await compact(sheet);
    expect(await read(sheet)).toEqual({ text: whole, rows: 1 });
    await typeAll(sheet, ['more']);
    await compact(sheet);
    expect(await read(sheet)).toEqual({ text: `${whole}more `, rows: 1 });
    expect(await snapshots(sheet)).toBe(1);
  });

  it.each(Object.keys(places) as (keyof typeof places)[])(
    '[live 2] that fails %s leaves everything as it was, and the next one succeeds',
    async (place) => {
      const sheet = await newSheet();
      await typeAll(sheet, words);
      await halfway(place, 'fail_here');
      await expect(compact(sheet)).rejects.toThrow();
      expect(await read(sheet)).toEqual({ text: whole, rows: 12 });
      expect(await snapshots(sheet)).toBe(0);
      await connection.sql`drop trigger halfway on document_update`;
      await compact(sheet);
      expect(await read(sheet)).toEqual({ text: whole, rows: 1 });
    },
  );

  it.each(Object.keys(places) as (keyof typeof places)[])(
    '[live 2] whose connection is killed %s loses nothing and doubles nothing',
    async (place) => {
      const sheet = await newSheet();
      await typeAll(sheet, words);
      await halfway(place, 'wait_here');
      const letGo = await holdLock();
      const outcome = compact(sheet).catch((error: unknown) => error);
      await until('it is halfway', async () => (await waiter('advisory')) > 0);
      await connection.sql`select pg_terminate_backend(${await waiter('advisory')})`;
      expect(await outcome).toBeInstanceOf(Error);
      await letGo();
      expect(await read(sheet)).toEqual({ text: whole, rows: 12 });
      expect(await snapshots(sheet)).toBe(0);
      await typeAll(sheet, ['on']);
      await compact(sheet);
      expect(await read(sheet)).toEqual({ text: `${whole}on `, rows: 1 });
    },
  );

  it.each(Object.keys(places) as (keyof typeof places)[])(
    '[live 2] keeps what is appended while it is halfway, %s',
    async (place) => {
      const sheet = await newSheet();
      await typeAll(sheet, words);
      await halfway(place, 'wait_here');
      const letGo = await holdLock();
      const compacting = compact(sheet);
      await until('it is halfway', async () => (await waiter('advisory')) > 0);
      // Stored although the compaction has not ended: nobody's "Saved" waits for it.
      await typeAll(sheet, ['typed', 'meanwhile']);
      expect(await read(sheet)).toEqual({ text: `${whole}typed meanwhile `, rows: 14 });
      await letGo();
      await compacting;
      expect(await read(sheet)).toEqual({ text: `${whole}typed meanwhile `, rows: 3 });
    },
  );

  it('[live 2] by two at once is done by one after the other', async () => {
    const sheet = await newSheet();
    await typeAll(sheet, words);
    await Promise.all([compact(sheet), compact(sheet), compact(sheet)]);
    expect(await read(sheet)).toEqual({ text: whole, rows: 1 });
  });
});

describe('an append', () => {
  /** Moves the session on as a command does: under its row's lock, which an append waits for. */
  const moveOn = (sheet: Sheet, sql: postgres.Sql | postgres.TransactionSql, what: 'review' | 'submitted') =>
    what === 'review'
      ? sql`update session set status = 'review', flagged_question_ids = '[]' where id = ${sheet.sessionId}`
      : sql`update participant set state = 'submitted', submitted_at = now() where id = ${sheet.participantId}`;

  it.each(['review', 'submitted'] as const)(
    '[live 2] is refused once the sheet is closed by: %s; its neighbours of the same group are stored',
    async (what) => {
      const [sheet, neighbour] = [await newSheet(), await newSheet()];
      await typeAll(sheet, words);
      await moveOn(sheet, connection.sql, what);
      expect(await Promise.all([sheet.type(journal, 'late'), neighbour.type(journal, 'in time')])).toEqual([
        'refused',
        'stored',
      ]);
      expect(await read(sheet)).toEqual({ text: whole, rows: 12 });
      expect(await read(neighbour)).toEqual({ text: 'in time ', rows: 1 });
    },
  );

  it.each(['review', 'submitted'] as const)(
    '[live 2] that waits for a command under way is judged by what that commits: %s',
    async (what) => {
      const sheet = await newSheet();
      await typeAll(sheet, words);
      let late: Promise<string> | undefined;
      await connection.sql.begin(async (tx) => {
        await tx`select 1 from session where id = ${sheet.sessionId} for update`;
        late = sheet.type(journal, 'late');
        await moveOn(sheet, tx, what);
        await until('the append waits for the lock', async () => (await waiter('transactionid')) > 0);
      });
      expect(await late).toBe('refused');
      expect(await read(sheet)).toEqual({ text: whole, rows: 12 });
    },
  );

  it('[live 2] that waits for a command which comes to nothing is stored', async () => {
    const sheet = await newSheet();
    let late: Promise<string> | undefined;
    const command = connection.sql.begin(async (tx) => {
      await tx`select 1 from session where id = ${sheet.sessionId} for update`;
      late = sheet.type(journal, 'kept');
      await moveOn(sheet, tx, 'review');
      await until('the append waits for the lock', async () => (await waiter('transactionid')) > 0);
      throw new Error('refused');
    });
    await expect(command).rejects.toThrow('refused');
    expect(await late).toBe('stored');
    expect(await read(sheet)).toEqual({ text: 'kept ', rows: 1 });
  });

  it('[live 2] that outwaits a command which takes long keeps no other session waiting, and is stored after it', async () => {
    const [sheet, neighbour] = [await newSheet(), await newSheet()];
    const log = createLog('silent');
    const warned = vi.spyOn(log, 'warn');
    const patient = createJournal({ db: connection.db, log });
    let late: Promise<string> | undefined;
    await connection.sql.begin(async (tx) => {
      await tx`select 1 from session where id = ${sheet.sessionId} for update`;
      late = sheet.type(patient, 'kept');
      await until('it waits', async () => (await waiter('transactionid')) > 0);
      await until('it has given up waiting', async () => (await waiter('transactionid')) === 0);
      expect(await neighbour.type(patient, 'at once')).toBe('stored');
    });
    expect(await late).toBe('stored');
    // Nothing was taken for a database that is away.
    expect(warned).not.toHaveBeenCalled();
    await patient.close(1_000);
  });
});
