// A wire that breaks at any moment (live.md 3): what was asked is answered or refused, never left hanging, never answered with
// another question's rows, and nothing of a transaction happens outside it.
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseProxy, databaseProxy } from '../../../test/support/database-proxy.ts';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type Connection, connect, type Database } from './client.ts';

const lost = /^(CONNECTION_CLOSED|ECONNRESET)$/;

/** The driver's code of what went wrong, wherever Drizzle put it; undefined where nothing did. */
async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    const told: unknown = error instanceof Error && error.cause ? error.cause : error;
    return told instanceof Error && 'code' in told ? String(told.code) : String(told);
  }
}

describe('a connection that is lost', () => {
  let database: FreshDatabase;
  let wire: DatabaseProxy;
  let connection: Connection;
  let db: Database;

  beforeAll(async () => {
    database = await freshDatabase();
    const direct = connect(database.url, 1);
    await direct.db.execute(sql`create table word (pair int, side text)`);
    await direct.close(1_000);
  });
  beforeEach(async () => {
    wire = await databaseProxy(database.url);
    connection = connect(wire.url, 1);
    db = connection.db;
  });
  afterEach(async () => {
    await connection.close(1_000);
    await wire.close();
  });
  afterAll(() => database.drop());

  const words = () =>
    db.execute<{ pair: number; side: string }>(sql`select * from word`).then((rows) => [...rows]);

  it('[live 3] ends its transaction, whatever that still asks, and serves the next who asks', async () => {
    const refusals: unknown[] = [];
    const work = db.transaction(async (tx) => {
      await tx.execute(sql`insert into word values (1, 'lost')`);
      await wire.cut();
      await wire.mend();
      for (let turn = 0; turn < 3; turn += 1) {
        refusals.push(await codeOf(tx.execute(sql`select 1`)));
        await new Promise(setImmediate);
      }
    });
    expect(await codeOf(work)).toMatch(lost);
    expect(await words()).toEqual([]);
    await expect.poll(() => refusals).toHaveLength(3);
    for (const code of refusals) expect(code).toMatch(lost);
  });

  it('[X3] leaves nothing of a transaction to be done outside it, by a connection made anew', async () => {
    let astray: string | undefined;
    const work = db.transaction(async (tx) => {
      await tx.execute(sql`insert into word values (2, 'lost')`);
      // Waits for the only connection, and so makes it anew at once.
      const other = words();
      await wire.cut();
      await wire.mend();
      await codeOf(tx.execute(sql`select 1`));
      await codeOf(other);
      await codeOf(words());
      astray = await codeOf(tx.execute(sql`insert into word values (2, 'astray')`));
    });
    expect(await codeOf(work)).toMatch(lost);
    await expect.poll(() => astray).toMatch(lost);
    expect(await words()).toEqual([]);
  });

  it('[X3] at any moment, fifty times over: each is answered with its own, pairs are whole or not there, none hangs', async () => {
    await connection.close(1_000);
    connection = connect(wire.url, 4);
    db = connection.db;
    const done = new Set<number>();
    let cutting = true;
    let pair = 100;
    const askOften = async () => {
      while (cutting) {
        const token = Math.random();
        const answer = await db
          .execute<{ token: number }>(sql`select ${token}::float8 as token`)
          .catch(() => null);
        if (answer) expect(answer.map((row) => row.token)).toEqual([token]);
      }
    };
    const writeOften = async () => {
      while (cutting) {
        pair += 1;
        const mine = pair;
        const outcome = db.transaction(async (tx) => {
          await tx.execute(sql`insert into word values (${mine}, 'one')`);
          await tx.execute(sql`insert into word values (${mine}, 'other')`).catch(() => {});
        });
        await outcome.then(
          () => done.add(mine),
          () => {},
        );
      }
    };
    const workers = [askOften, askOften, askOften, writeOften, writeOften, writeOften].map((work) => work());
    for (let round = 0; round < 50; round += 1) {
      const before = done.size;
      await expect.poll(() => done.size, { timeout: 10_000, interval: 3 }).toBeGreaterThan(before);
      await wire.cut();
      await wire.mend();
    }
    cutting = false;
    await Promise.all(workers);
    const sides = new Map<number, number>();
    for (const word of await words()) sides.set(word.pair, (sides.get(word.pair) ?? 0) + 1);
    expect([...sides].filter(([, count]) => count !== 2)).toEqual([]);
    expect([...done].filter((each) => !sides.has(each))).toEqual([]);
    // Every connection of the pool is there again, each with its own answers.
    const together = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        db.execute<{ at: number }>(sql`select ${at}::int as at, pg_sleep(0.005)`),
      ),
    );
    expect(together.map(([row]) => row?.at)).toEqual(Array.from({ length: 40 }, (_, at) => at));
  });
});
