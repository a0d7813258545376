// Documents and kept replies of the version before: each row is its organisation's from the upgrade on, and none is lost.
import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FreshDatabase } from '../../../test/support/postgres.ts';
import { databaseBefore, insertCalibration } from '../../../test/support/upgrade.ts';
import { migrate } from './migrate.ts';

/** The last migration of the version whose updates had numbers of the whole journal, and no organisation. */
const lastBefore = '0008_server_key';

let database: FreshDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await databaseBefore(lastBefore);
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  await sql?.end();
  await database?.drop();
});

/** An organisation with one calibration, its notes, and what was typed into them: the given rows, in this order. */
async function makeNotes(rows: readonly { readonly id: string; readonly snapshot?: true }[]) {
  const { organisation, member, session } = await insertCalibration(sql, { status: 'draft' });
  const document = randomUUID();
  await sql`insert into document (id, organisation_id, session_id, kind)
    values (${document}, ${organisation}, ${session}, 'notes')`;
  for (const { id, snapshot } of rows)
    await sql`insert into document_update (document_id, row_id, snapshot, bytes)
      values (${document}, ${id}, ${snapshot ?? false}, '\\x00')`;
  await sql`insert into document_client (document_id, client_id, member_id) values (${document}, 7, ${member})`;
  return { organisation, member, document };
}

it('[N2] documents and kept replies are their organisation’s, and updates are numbered in the order they were read in', async () => {
  const [meanwhile, snapshot, after, foreign] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  // The first came while the snapshot of what was there before was made.
  const home = await makeNotes([{ id: meanwhile }, { id: snapshot, snapshot: true }, { id: after }]);
  const other = await makeNotes([{ id: foreign }]);
  for (const memberId of [home.member, other.member, randomUUID()])
    await sql`insert into command_reply (member_id, key, request, body_hash, status)
      values (${memberId}, 'key-of-it', 'POST /', '\\x00', 200)`;

  expect(await migrate(database.url)).toBeGreaterThan(0);

  const updatesOf = ({ organisation, document }: typeof home) => sql`
    select number::int, row_id as id from document_update
    where organisation_id = ${organisation} and document_id = ${document} order by number`;
  expect([...(await updatesOf(home))]).toEqual([
    { number: 1, id: snapshot },
    { number: 2, id: meanwhile },
    { number: 3, id: after },
  ]);
  expect([...(await updatesOf(other))]).toEqual([{ number: 1, id: foreign }]);
  const last = await sql`select update_number::int as number from document order by update_number`;
  expect(last.map(({ number }) => Number(number))).toEqual([1, 3]);
  const owners = async (table: 'document_client' | 'command_reply') =>
    (
      await sql<{ organisation: string; member: string }[]>`
        select organisation_id as organisation, member_id as member from ${sql(table)}`
    )
      .map(({ organisation, member }) => `${organisation} ${member}`)
      .sort();
  const expected = [home, other].map(({ organisation, member }) => `${organisation} ${member}`).sort();
  expect(await owners('document_client')).toEqual(expected);
  expect(await owners('command_reply')).toEqual(expected);
});
