// Live documents and their journal.
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea } from './columns.ts';
import { participant, session } from './sessions.ts';

/** A live document: a participant's sealed sheet, or a session's notes (`participant_id` null). */
export const document = pgTable(
  'document',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    participantId: uuid('participant_id'),
    kind: text('kind').notNull().$type<'sealed' | 'notes'>(),
    /** Number of the last update. Raised in the transaction that adds one, so that numbers are committed in their order. */
    updateNumber: bigint('update_number', { mode: 'number' }).notNull().default(0),
  },
  (table) => [
    foreignKey({
      name: 'document_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'document_participant',
      columns: [table.sessionId, table.participantId],
      foreignColumns: [participant.sessionId, participant.id],
    }).onDelete('cascade'),
    unique('document_organisation_id').on(table.organisationId, table.id),
    check('document_kind', sql`(${table.kind} = 'sealed') = (${table.participantId} is not null)`),
    uniqueIndex('document_sealed_once').on(table.participantId).where(sql`kind = 'sealed'`),
    uniqueIndex('document_notes_once').on(table.sessionId).where(sql`kind = 'notes'`),
  ],
);

/**
 * The journal: a document's updates by number, from 1 and without gaps. A snapshot has the number of the last update it stands for,
 * so that whoever has read up to a number is brought forward by the rows above it, whatever became of those between.
 */
export const documentUpdate = pgTable(
  'document_update',
  {
    organisationId: uuid('organisation_id').notNull(),
    documentId: uuid('document_id').notNull(),
    number: bigint('number', { mode: 'number' }).notNull(),
    /** Names the row in the associated data of its encryption. */
    rowId: uuid('row_id').notNull(),
    snapshot: boolean('snapshot').notNull().default(false),
    /** A Yjs update (version 1); encrypted and padded for sealed documents. */
    bytes: bytea('bytes').notNull(),
  },
  (table) => [
    primaryKey({ name: 'document_update_key', columns: [table.documentId, table.number] }),
    foreignKey({
      name: 'document_update_document',
      columns: [table.organisationId, table.documentId],
      foreignColumns: [document.organisationId, document.id],
    }).onDelete('cascade'),
  ],
);

/** Which member owns a Yjs client id in a notes document: nobody else may write under it. */
export const documentClient = pgTable(
  'document_client',
  {
    organisationId: uuid('organisation_id').notNull(),
    documentId: uuid('document_id').notNull(),
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    memberId: uuid('member_id').notNull(),
  },
  (table) => [
    primaryKey({ name: 'document_client_key', columns: [table.documentId, table.clientId] }),
    foreignKey({
      name: 'document_client_document',
      columns: [table.organisationId, table.documentId],
      foreignColumns: [document.organisationId, document.id],
    }).onDelete('cascade'),
  ],
);
