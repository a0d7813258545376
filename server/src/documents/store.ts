// SQL of the documents: load out of the journal, compact, delete. A load never writes. Knows nothing of sockets and rules.
import { and, asc, eq, lte, sql } from 'drizzle-orm';
import * as Y from 'yjs';
import type { Database, Tx } from '../db/client.ts';
import { document, documentClient, documentUpdate, participant, session } from '../db/schema.ts';
import { type Association, seal, unseal, unwrapSessionKey } from './seal.ts';

type Reader = Database | Tx;

/** A document's row with what its encryption needs. `key` is null for notes, which the group reads anyway. */
export interface DocumentHandle {
  readonly id: string;
  readonly kind: 'sealed' | 'notes';
  readonly organisationId: string;
  readonly sessionId: string;
  readonly participantId: string | null;
  readonly key: Uint8Array | null;
}

const updateVersion = 1;

/** What a journal row's encryption is bound to. */
const associationOf = (handle: DocumentHandle, rowId: string): Association => ({
  organisationId: handle.organisationId,
  sessionId: handle.sessionId,
  participantId: handle.participantId ?? '',
  rowId,
  version: updateVersion,
});

/** An update as it lies in the journal: encrypted and padded where the document is sealed. */
export const toJournal = (handle: DocumentHandle, rowId: string, update: Uint8Array): Uint8Array =>
  handle.key ? seal(handle.key, associationOf(handle, rowId), update) : update;

const fromJournal = (handle: DocumentHandle, rowId: string, bytes: Uint8Array): Uint8Array =>
  handle.key ? unseal(handle.key, associationOf(handle, rowId), bytes) : new Uint8Array(bytes);

/** The rows of a document in its own organisation. */
const updatesOf = ({ organisationId, id }: DocumentHandle) =>
  and(eq(documentUpdate.organisationId, organisationId), eq(documentUpdate.documentId, id));

type Wanted =
  | { readonly documentId: string }
  | { readonly participantId: string }
  | { readonly notesOf: string };

/** The document's handle; `null` where there is none: then there is no such room. */
export async function findDocument(
  db: Reader,
  organisationId: string,
  serverKey: Uint8Array,
  wanted: Wanted,
): Promise<DocumentHandle | null> {
  const where =
    'documentId' in wanted
      ? eq(document.id, wanted.documentId)
      : 'participantId' in wanted
        ? eq(document.participantId, wanted.participantId)
        : and(eq(document.sessionId, wanted.notesOf), eq(document.kind, 'notes'));
  const [row] = await db
    .select({ document, wrappedKey: session.wrappedKey })
    .from(document)
    .innerJoin(session, eq(session.id, document.sessionId))
    .where(and(eq(document.organisationId, organisationId), where));
  if (!row) return null;
  const { id, kind, sessionId, participantId } = row.document;
  const key =
    kind === 'sealed' ? unwrapSessionKey(serverKey, { organisationId, sessionId }, row.wrappedKey) : null;
  return { id, kind, organisationId, sessionId, participantId, key };
}

/** Where a participant's sealed room belongs, even when its document is gone; `null` where there is no such participant. */
export async function findSealedRoom(
  db: Reader,
  participantId: string,
): Promise<{ organisationId: string; sessionId: string } | null> {
  const [row] = await db
    .select({ organisationId: participant.organisationId, sessionId: participant.sessionId })
    .from(participant)
    .where(eq(participant.id, participantId));
  return row ?? null;
}

/** The content a document begins with. @throws where it has begun already */
export async function insertFirstUpdate(
  tx: Tx,
  handle: DocumentHandle,
  rowId: string,
  update: Uint8Array,
): Promise<void> {
  const { organisationId, id: documentId } = handle;
  const bytes = toJournal(handle, rowId, update);
  await tx.insert(documentUpdate).values({ organisationId, documentId, number: 1, rowId, bytes });
  await tx
    .update(document)
    .set({ updateNumber: 1 })
    .where(and(eq(document.organisationId, organisationId), eq(document.id, documentId)));
}

/** The document as the journal has it. @throws when a row cannot be opened: then the room stays absent */
export async function readDocument(
  db: Reader,
  handle: DocumentHandle,
): Promise<{ doc: Y.Doc; rows: number }> {
  const rows = await db
    .select()
    .from(documentUpdate)
    .where(updatesOf(handle))
    .orderBy(asc(documentUpdate.number));
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const row of rows) Y.applyUpdate(doc, fromJournal(handle, row.rowId, row.bytes));
  });
  return { doc, rows: rows.length };
}

/** The same by id, for services that project a document under the session's lock. The caller destroys it. */
export async function loadDocument(
  tx: Tx,
  organisationId: string,
  wanted: { readonly serverKey: Uint8Array; readonly documentId: string },
): Promise<Y.Doc> {
  const handle = await findDocument(tx, organisationId, wanted.serverKey, { documentId: wanted.documentId });
  if (!handle) throw new Error('no such document');
  return (await readDocument(tx, handle)).doc;
}

/** Which member owns which Yjs client id of the document. */
export async function readClients(
  db: Reader,
  { organisationId, id }: DocumentHandle,
): Promise<Map<number, string>> {
  const rows = await db
    .select()
    .from(documentClient)
    .where(and(eq(documentClient.organisationId, organisationId), eq(documentClient.documentId, id)));
  return new Map(rows.map(({ clientId, memberId }) => [clientId, memberId]));
}

/**
 * One snapshot in place of the rows it covers, in one transaction, under the number of the last of them. Rows that come meanwhile
 * stay: appends go on, since the document's own row is not locked against them.
 */
export async function compactDocument(
  db: Database,
  handle: DocumentHandle,
  newId: () => string,
): Promise<void> {
  await db.transaction(async (tx) => {
    // One at a time.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${handle.id}, 8))`);
    const [there] = await tx
      .select({ id: document.id })
      .from(document)
      .where(and(eq(document.organisationId, handle.organisationId), eq(document.id, handle.id)))
      .for('key share');
    if (!there) return;
    const rows = await tx
      .select()
      .from(documentUpdate)
      .where(updatesOf(handle))
      .orderBy(asc(documentUpdate.number));
    const last = rows.at(-1);
    if (!last || rows.length < 2) return;
    const doc = new Y.Doc();
    for (const row of rows) Y.applyUpdate(doc, fromJournal(handle, row.rowId, row.bytes));
    const rowId = newId();
    const bytes = toJournal(handle, rowId, Y.encodeStateAsUpdate(doc));
    doc.destroy();
    await tx.delete(documentUpdate).where(and(updatesOf(handle), lte(documentUpdate.number, last.number)));
    const { organisationId, id: documentId } = handle;
    await tx
      .insert(documentUpdate)
      .values({ organisationId, documentId, number: last.number, rowId, snapshot: true, bytes });
  });
}

/** Deletes one participant's sealed document with its journal, unread. */
export async function deleteSealedDocument(
  tx: Tx,
  organisationId: string,
  participantId: string,
): Promise<void> {
  await tx
    .delete(document)
    .where(
      and(
        eq(document.organisationId, organisationId),
        eq(document.participantId, participantId),
        eq(document.kind, 'sealed'),
      ),
    );
}

/** Deletes the sealed documents of a session with their journals: only what was submitted remains (live.md 4.4). */
export async function deleteSealedDocuments(
  tx: Tx,
  organisationId: string,
  sessionId: string,
): Promise<void> {
  await tx
    .delete(document)
    .where(
      and(
        eq(document.organisationId, organisationId),
        eq(document.sessionId, sessionId),
        eq(document.kind, 'sealed'),
      ),
    );
}
