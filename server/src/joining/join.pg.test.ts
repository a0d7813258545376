// Where someone stands, looked up at the very moment at which they are let in (J1).
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type Connection, connect } from '../db/client.ts';
import { lobbyEntry, participant } from '../db/schema.ts';
import { insertSessions, makeHome } from '../sessions/session-rows.fixture.ts';
import { readJoinState } from './join.service.ts';

let database: FreshDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await freshDatabase();
  connection = connect(database.url, 12);
});

afterAll(async () => {
  await connection?.close(1_000);
  await database?.drop();
});

it('[J1] admitted between two reads, nobody is told that they were turned away', async () => {
  const { db } = connection;
  const home = await makeHome(db);
  const { organisationId } = home;
  const memberId = home.members.me;
  const [sessionId = ''] = await insertSessions(db, home, [{}]);
  const askedAt = '2026-03-02T10:00:00Z';
  const entry = { id: randomUUID(), organisationId, sessionId, memberId, askedAt };
  await db.insert(lobbyEntry).values(entry);
  const place = async () => (await readJoinState(db, organisationId, sessionId, memberId))?.place;
  expect(await place()).toBe('waiting');

  let looked: Promise<string | undefined> = Promise.resolve(undefined);
  await db.transaction(async (tx) => {
    // Who looks now has seen the participants, and waits for the lobby.
    await tx.execute(sql`lock table ${lobbyEntry} in access exclusive mode`);
    looked = place();
    await vi.waitFor(async () => {
      const [waits] = await db.execute(sql`select 1 from pg_locks where not granted`);
      expect(waits).toBeDefined();
    });
    await tx.update(lobbyEntry).set({ state: 'admitted' }).where(eq(lobbyEntry.id, entry.id));
    await tx.insert(participant).values({ id: randomUUID(), organisationId, sessionId, memberId, place: 0 });
  });
  expect(await looked).toBe('waiting');
  expect(await place()).toBe('participant');
});
