// Every table of an organisation's data names it, so that an organisation can be exported, erased, or moved whole.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type Connection, connect } from './client.ts';

/** Tables whose rows belong to no organisation, or not always to one, and why. */
const exceptions: Readonly<Record<string, string>> = {
  organisation: 'is the organisation itself',
  user: 'better-auth’s: a person, found by the member who names them',
  account: 'better-auth’s: goes with its user',
  sign_in: 'better-auth’s: goes with its user',
  verification: 'better-auth’s: words that run out within minutes',
  rate_limit: 'better-auth’s: counts of tries, by address',
  server_key: 'one row for the whole server',
  link: 'names it, but a set-up link, whose organisation is still to come',
  job: 'names it, but what is done for the whole server, such as looking for what is due',
  security_event: 'names it where it is known: an account that does not exist has none',
};

let database: FreshDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await freshDatabase();
  connection = connect(database.url, 1);
});

afterAll(async () => {
  await connection?.close(1_000);
  await database?.drop();
});

it('[N2] every table names the organisation its rows belong to, but for the exceptions, each with its reason', async () => {
  const rows = await connection.sql<{ table: string; named: boolean }[]>`
    select tables.table_name as table, coalesce(is_nullable = 'NO', false) as named
    from information_schema.tables
    left join information_schema.columns on columns.table_schema = tables.table_schema
      and columns.table_name = tables.table_name and columns.column_name = 'organisation_id'
    where tables.table_schema = 'public' and tables.table_type = 'BASE TABLE'`;
  expect(rows.length).toBeGreaterThan(20);
  const without = rows.filter(({ named }) => !named).map(({ table }) => table);
  expect(without.sort()).toEqual(Object.keys(exceptions).sort());
});
