// What is deleted when it is old, and what is not.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../test/support/postgres.ts';
import { type Connection, connect } from './db/client.ts';
import { prunings } from './pruning.ts';
import { newestKept } from './sessions/change.store.ts';
import { type Home, insertSessions, makeHome } from './sessions/session-rows.fixture.ts';

let database: FreshDatabase;
let connection: Connection;
let home: Home;

beforeAll(async () => {
  database = await freshDatabase();
  connection = connect(database.url, 2);
  home = await makeHome(connection.db);
});

afterAll(async () => {
  await connection?.close(1_000);
  await database?.drop();
});

const now = '2026-03-02T09:00:00.000Z';
const prune = (name: string) =>
  connection.db.transaction(async (tx) =>
    prunings.find((kind) => kind.name === name)?.run(tx, { organisationId: null, payload: {}, now }),
  );

/** A session whose changes 1 to `old` are of two days ago, and those up to `last` of an hour ago. */
async function sessionWith(old: number, last: number): Promise<string> {
  const [id = ''] = await insertSessions(connection.db, home, [{}]);
  await connection.sql`update session set change_number = ${last} where id = ${id}`;
  await connection.sql`
    insert into session_change (session_id, number, organisation_id, at, events, patch)
    select ${id}, number, ${home.organisationId},
      ${now}::timestamptz - case when number <= ${old} then interval '2 days' else interval '1 hour' end, '[]', '{}'
    from generate_series(1, ${last}) as number`;
  return id;
}

const changesOf = async (id: string) =>
  (
    await connection.sql<{ first: number; count: number }[]>`
      select min(number) as first, count(*)::int as count from session_change where session_id = ${id}`
  )[0];

it('[house 5] changes of more than a day ago go, but for each session’s newest', async () => {
  const quiet = await sessionWith(newestKept + 300, newestKept + 300);
  const busy = await sessionWith(100, newestKept + 500);
  const short = await sessionWith(newestKept, newestKept);
  expect(await prune('prune-changes')).toEqual({ more: false });
  expect(await changesOf(quiet)).toEqual({ first: 301, count: newestKept });
  expect(await changesOf(busy)).toEqual({ first: 101, count: newestKept + 400 });
  expect(await changesOf(short)).toEqual({ first: 1, count: newestKept });
});

it('[house 5] what is more than a transaction should hold goes in several', async () => {
  const id = await sessionWith(newestKept + 2_500, newestKept + 2_500);
  expect(await prune('prune-changes')).toEqual({ more: true });
  expect((await changesOf(id))?.count).toBe(newestKept + 500);
  expect(await prune('prune-changes')).toEqual({ more: false });
  expect(await changesOf(id)).toEqual({ first: 2_501, count: newestKept });
});

it('[house 5] replies of more than a day ago go, and no younger ones', async () => {
  await connection.sql`
    insert into command_reply (organisation_id, member_id, key, request, body_hash, status, created_at)
    select ${home.organisationId}, ${home.members.ana}, 'of ' || age, 'POST /', '\\x00', 200,
      ${now}::timestamptz - make_interval(hours => age)
    from generate_series(20, 30) as age`;
  expect(await prune('prune-replies')).toEqual({ more: false });
  const left = await connection.sql<{ key: string }[]>`select key from command_reply order by key`;
  expect(left.map(({ key }) => key)).toEqual(['of 20', 'of 21', 'of 22', 'of 23', 'of 24']);
});
