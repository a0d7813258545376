// Statements that come again are prepared, outside a transaction and in one, and answer as before (live 3).
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type Connection, connect } from './client.ts';
import { createRepetitions } from './prepared.ts';

let database: FreshDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(() => {
  connection = connect(database.url, 1);
  return () => connection.close(1_000);
});
afterAll(() => database.drop());

const preparedLike = async (part: string) =>
  (
    await connection.sql<{ statement: string }[]>`
      select statement from pg_prepared_statements where statement like ${`%${part}%`}
        and statement not like '%pg_prepared_statements%'`
  ).length;

it('[live 3] a statement is prepared from its third time on, and answers each with its own values', async () => {
  const ask = async (word: string) =>
    (await connection.db.execute<{ word: string }>(sql`select ${word}::text as word, 'a'`))[0]?.word;
  expect([await ask('one'), await ask('two')]).toEqual(['one', 'two']);
  expect(await preparedLike("as word, 'a'")).toBe(0);
  expect([await ask('three'), await ask('four')]).toEqual(['three', 'four']);
  expect(await preparedLike("as word, 'a'")).toBe(1);
});

it('[live 3] in transactions too, and one that fails leaves the others as they were', async () => {
  const ask = (number: number) =>
    connection.db.transaction(async (tx) => {
      const [row] = await tx.execute<{ share: number }>(sql`select 12 / ${number}::int as share, 'b'`);
      return row?.share;
    });
  expect([await ask(1), await ask(2), await ask(3)]).toEqual([12, 6, 4]);
  expect(await preparedLike("as share, 'b'")).toBe(1);
  await expect(ask(0)).rejects.toThrow();
  expect(await ask(4)).toBe(3);
});

it('[live 3] prepares no more than some hundred texts, however many there are', () => {
  const isRepeated = createRepetitions();
  const texts = Array.from({ length: 1_000 }, (_, length) => `select ${length}`);
  const prepared = texts.filter((text) => [1, 2, 3].map(() => isRepeated(text)).at(-1));
  expect(prepared).toHaveLength(400);
  expect(isRepeated('select 0')).toBe(true);
  const longList = `select ${Array.from({ length: 30 }, (_, at) => `$${at + 1}`).join(', ')}`;
  expect([1, 2, 3].map(() => createRepetitions()(longList))).toEqual([false, false, false]);
});
