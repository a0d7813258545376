// What the store reads and deletes is the asking organisation's alone, however well another knows the ids.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { type Connection, connect } from '../db/client.ts';
import { documentUpdate, session } from '../db/schema.ts';
import { readSession } from '../sessions/read.ts';
import { insertSessions, makeHome } from '../sessions/session-rows.fixture.ts';
import { insertDocument } from '../sessions/store.ts';
import { newSessionKey, wrapSessionKey } from './seal.ts';
import { deleteSealedDocuments, findDocument } from './store.ts';

let database: FreshDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await freshDatabase();
  connection = connect(database.url, 4);
});

afterAll(async () => {
  await connection?.close(1_000);
  await database?.drop();
});

it('[O1] a document is found, looked into and deleted by its own organisation alone', async () => {
  const { db } = connection;
  const [home, other] = [await makeHome(db), await makeHome(db)];
  const { organisationId } = home;
  const serverKey = new Uint8Array(32).fill(7);
  const [sessionId = ''] = await insertSessions(db, home, [
    { status: 'scoring', participants: [{ memberId: home.members.me, state: 'scoring' }] },
  ]);
  const wrappedKey = wrapSessionKey(serverKey, { organisationId, sessionId }, newSessionKey());
  await db.update(session).set({ wrappedKey }).where(eq(session.id, sessionId));
  const stored = await readSession(db, organisationId, sessionId);
  const participantId = stored?.session.participants[0]?.id ?? '';
  const documentId = randomUUID();
  await db.transaction(async (tx) => {
    await insertDocument(tx, organisationId, { id: documentId, sessionId, participantId });
    await insertDocument(tx, organisationId, { id: randomUUID(), sessionId, participantId: null });
    const update = { documentId, number: 1, rowId: randomUUID(), bytes: new Uint8Array([0]) };
    await tx.insert(documentUpdate).values({ organisationId, ...update });
  });
  const foundBy = async (asking: string) => {
    const wanted = [{ documentId }, { participantId }, { notesOf: sessionId }];
    const found = await Promise.all(wanted.map((one) => findDocument(db, asking, serverKey, one)));
    return found.map((handle) => handle?.kind ?? null);
  };

  expect(await foundBy(other.organisationId)).toEqual([null, null, null]);
  await db.transaction((tx) => deleteSealedDocuments(tx, other.organisationId, sessionId));
  expect(await foundBy(organisationId)).toEqual(['sealed', 'sealed', 'notes']);

  await db.transaction((tx) => deleteSealedDocuments(tx, organisationId, sessionId));
  expect(await foundBy(organisationId)).toEqual([null, null, 'notes']);
});
