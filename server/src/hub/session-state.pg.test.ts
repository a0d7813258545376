// What the hub asks of PostgreSQL for a session it holds, counted in statements.
import { drizzle } from 'drizzle-orm/postgres-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Person,
  publishScorecard,
  scaleDocument,
} from '../../../test/support/people.ts';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { until } from '../../../test/support/rooms.ts';
import * as schema from '../db/schema.ts';
import { createJournal } from '../documents/journal.ts';
import { compactDocument, findDocument, readClients, readDocument } from '../documents/store.ts';
import { createLog } from '../ops/log.ts';
import { readChanges } from '../sessions/change.store.ts';
import { readShared } from '../sessions/feed-read.ts';
import { sharedToSubject } from '../sessions/views.ts';
import type { RunningServer } from '../start.ts';
import { Registry } from './registry.ts';

let database: FreshDatabase;
let server: RunningServer;
let organisationId: string;
let lead: Person;
let ben: Person;
let chidi: Person;
let scorecardVersionId: string;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url, demo: true });
  const organisation = await makeOrganisation(server);
  organisationId = organisation.id;
  lead = await organisation.member('Ana', ['lead']);
  ben = await organisation.member('Ben', ['evaluator']);
  chidi = await organisation.member('Chidi', ['evaluator']);
  scorecardVersionId = await publishScorecard(lead, scaleDocument(2, 5, { required: false }));
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** A registry on the server's database that nobody else uses, and the statements asked of it since the last look. */
function counted() {
  let statements: string[] = [];
  const logQuery = (query: string) => statements.push(query);
  const db = drizzle(server.connection.sql, { schema, logger: { logQuery } });
  const log = createLog('silent');
  const registry = new Registry({
    log,
    journal: createJournal({ db, log }),
    documents: {
      find: (of, wanted) => findDocument(db, of, new Uint8Array(32), wanted),
      read: (handle) => readDocument(db, handle),
      readClients: (handle) => readClients(db, handle),
      compact: (handle) => compactDocument(db, handle, crypto.randomUUID.bind(crypto)),
    },
    sessions: {
      readShared: (of, id) => readShared(db, of, id),
      readChanges: (of, id, after) => readChanges(db, of, id, after),
    },
    recordProgress: async () => {},
    onChanges: () => {},
  });
  const asked = () => {
    const since = statements;
    statements = [];
    return since;
  };
  return { db, registry, asked };
}

describe('a session in the hub', () => {
  it('[live 1] is read once when it is opened, however many come at once, and what it knows already is not read again', async () => {
    const { id } = await makeSession(lead, { scorecardVersionId }, [ben, chidi]);
    const { db, registry, asked } = counted();
    await readShared(db, organisationId, id);
    const once = asked();
    expect(once.length).toBeGreaterThan(0);

    const opened = await Promise.all(
      Array.from({ length: 20 }, () => registry.openSession(organisationId, id)),
    );
    expect(new Set(opened.map((one) => one?.state)).size).toBe(1);
    const state = opened[0]?.state;
    if (!state) throw new Error('no session');
    await state.catchUp();
    expect(asked()).toEqual([...once, expect.stringContaining('session_change')]);

    const { number, subject, shared } = state;
    await state.catchUp();
    expect(asked()).toHaveLength(1);
    expect([state.number, state.subject === subject, state.shared === shared]).toEqual([number, true, true]);
    for (const one of opened) one?.release();
    expect(registry.size.sessions).toBe(0);
  });

  it('[live 1] is brought forward by its changes in one statement, with one subject as of now', async () => {
    const { id } = await makeSession(lead, { scorecardVersionId }, [ben, chidi]);
    const { db, registry, asked } = counted();
    const opened = await registry.openSession(organisationId, id);
    if (!opened) throw new Error('no session');
    const { state, release } = opened;
    const before = state.subject;
    expect((await advance(lead, id, 'draft')).status).toBe(200);
    expect((await ben.send('POST', `/api/sessions/${id}/submission`, {})).status).toBe(200);
    asked();
    await state.catchUp();
    expect(asked()).toHaveLength(1);
    const read = await readShared(db, organisationId, id);
    expect([state.number, state.shared]).toEqual([read?.number, read?.shared]);
    expect(state.subject).not.toBe(before);
    expect(state.subject).toEqual(read && sharedToSubject(organisationId, read.shared));
    expect(state.subject).toBe(state.subject);
    release();
  });

  it('[live 1] is read as a whole after a gap, and has no subject once the draft was deleted', async () => {
    const { id } = await makeSession(lead, { scorecardVersionId }, [ben, chidi]);
    const { db, registry, asked } = counted();
    const opened = await registry.openSession(organisationId, id);
    if (!opened) throw new Error('no session');
    const { state, release } = opened;
    const dueAt = '2099-03-02T10:00:00.000Z';
    const settings = { scorecardVersionId, name: 'Renamed', dueAt };
    expect((await lead.send('PUT', `/api/sessions/${id}/settings`, settings)).status).toBe(200);
    // As where old changes are not kept.
    await server.connection.sql`delete from session_change where session_id = ${id}`;
    await state.catchUp();
    const read = await readShared(db, organisationId, id);
    expect([state.number, state.shared.name]).toEqual([read?.number, 'Renamed']);

    expect((await lead.send('DELETE', `/api/sessions/${id}`)).status).toBe(204);
    asked();
    await state.catchUp();
    expect(asked()).toHaveLength(1);
    expect(state.subject).toBeNull();
    release();
    await until('it is put away', () => registry.size.sessions === 0);
  });
});
