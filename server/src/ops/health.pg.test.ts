import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import { visitor } from '../../../test/support/people.ts';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { until } from '../../../test/support/rooms.ts';
import type { RunningServer } from '../start.ts';

let database: FreshDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url });
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

it('[P4] whether the database is well is known while requests have all connections of the pool', async () => {
  const { sql } = server.connection;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun = 0;
  const transactions = Array.from({ length: sql.options.max }, () =>
    sql.begin(async (tx) => {
      await tx`select 1`;
      begun += 1;
      await held;
    }),
  );
  try {
    await until('every connection is taken', () => begun === sql.options.max);
    const reply = await visitor(server.url).get('/readyz');
    expect([reply.status, reply.text]).toEqual([200, '{"status":"ready"}']);
  } finally {
    release();
    await Promise.all(transactions);
  }
});
