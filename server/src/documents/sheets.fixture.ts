// A sealed sheet of a session in scoring, straight in the tables, and somebody who types into it through a journal.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import * as Y from 'yjs';
import type { Database } from '../db/client.ts';
import { document, participant, session } from '../db/schema.ts';
import { type Home, insertSessions } from '../sessions/session-rows.fixture.ts';
import type { Journal } from './journal.ts';
import { newSessionKey, wrapSessionKey } from './seal.ts';
import { type DocumentHandle, findDocument, readDocument } from './store.ts';

const serverKey = new Uint8Array(32).fill(7);

export interface Sheet {
  readonly sessionId: string;
  readonly participantId: string;
  readonly handle: DocumentHandle;
  /** Types a word and appends what that changed. */
  type(journal: Journal, word: string): ReturnType<Journal['append']>;
}

export async function makeSheet(db: Database, home: Home): Promise<Sheet> {
  const { organisationId, members } = home;
  const [sessionId = ''] = await insertSessions(db, home, [
    { status: 'scoring', participants: [{ memberId: members.ben, state: 'scoring' }] },
  ]);
  const wrappedKey = wrapSessionKey(serverKey, { organisationId, sessionId }, newSessionKey());
  await db.update(session).set({ wrappedKey }).where(eq(session.id, sessionId));
  const [row] = await db.select().from(participant).where(eq(participant.sessionId, sessionId));
  const participantId = row?.id ?? '';
  const documentId = randomUUID();
  await db
    .insert(document)
    .values({ id: documentId, organisationId, sessionId, participantId, kind: 'sealed' });
  const handle = await findDocument(db, organisationId, serverKey, { participantId });
  if (!handle) throw new Error('no document');
  const doc = new Y.Doc();
  const text = doc.getText('text');
  return {
    sessionId,
    participantId,
    handle,
    type(journal, word) {
      const before = Y.encodeStateVector(doc);
      text.insert(text.length, `${word} `);
      return journal.append({
        handle,
        update: Y.encodeStateAsUpdate(doc, before),
        claims: [],
        signedInAt: '2026-03-02T09:00:00.000Z',
      });
    },
  };
}

/** The sheet's text as the journal has it, and in how many rows. */
export async function readSheetText(
  db: Database,
  { handle }: Sheet,
): Promise<{ text: string; rows: number }> {
  const { doc, rows } = await readDocument(db, handle);
  return { text: doc.getText('text').toString(), rows };
}
