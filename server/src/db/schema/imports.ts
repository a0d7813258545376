// Imports (E10): a file as it comes in, in parts; its rows as they were read; what bringing them in would do. All of it goes after a day.
import type { ImportCounts, ImportKind, ImportProblem, ImportState, RowFault } from '@attune/contract';
import type { Access, Role, Scope, Scorecard } from '@attune/domain';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea, createdAt } from './columns.ts';
import { member, organisation } from './people.ts';

export const fileImport = pgTable(
  'file_import',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id),
    /** Whose it is: nobody else sees it. */
    memberId: uuid('member_id').notNull(),
    kind: text('kind').notNull().$type<ImportKind>(),
    fileName: text('file_name').notNull(),
    /** SHA-256 of the whole file, in hex, as whoever sends it says. */
    fileHash: text('file_hash').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    receivedBytes: integer('received_bytes').notNull().default(0),
    state: text('state').notNull().default('uploading').$type<ImportState>(),
    /** For whom a scorecard is to be; `null` where the file says. */
    scope: jsonb('scope').$type<Scope>(),
    /** Rows done of what is under way: read, compared, written. */
    rowsDone: integer('rows_done').notNull().default(0),
    counts: jsonb('counts').$type<ImportCounts>(),
    /** Stands for exactly what the dry run showed: a yes names it. */
    plan: text('plan'),
    /** Whether what it would do has changed since somebody said yes. */
    changedSince: boolean('changed_since').notNull().default(false),
    /** What is wrong with the file as a whole. */
    problem: jsonb('problem').$type<ImportProblem>(),
    /** Of a scorecard: its content as it was read. */
    content: jsonb('content').$type<Scorecard>(),
    /** Of a scorecard: the draft that was made. */
    madeId: uuid('made_id'),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({
      name: 'file_import_member',
      columns: [table.organisationId, table.memberId],
      foreignColumns: [member.organisationId, member.id],
    }),
    unique('file_import_organisation_id').on(table.organisationId, table.id),
    index('file_import_of').on(table.organisationId, table.memberId),
    index('file_import_old').on(table.createdAt),
    check('file_import_kind', sql`${table.kind} in ('members', 'scorecard')`),
  ],
);

/** Bytes of a file, in the order they came. */
export const importPart = pgTable(
  'import_part',
  {
    organisationId: uuid('organisation_id').notNull(),
    importId: uuid('import_id').notNull(),
    /** Where in the file it begins. */
    offsetBytes: integer('offset_bytes').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (table) => [
    primaryKey({ name: 'import_part_key', columns: [table.importId, table.offsetBytes] }),
    foreignKey({
      name: 'import_part_import',
      columns: [table.organisationId, table.importId],
      foreignColumns: [fileImport.organisationId, fileImport.id],
    }).onDelete('cascade'),
  ],
);

/** What a member has beside an account. */
export interface MemberFields {
  readonly name: string;
  readonly email: string | null;
  readonly employeeNumber: string | null;
  readonly roles: readonly Role[];
  readonly access: Access;
  readonly active: boolean;
}

/** A row of a table that was read. */
export const importRow = pgTable(
  'import_row',
  {
    organisationId: uuid('organisation_id').notNull(),
    importId: uuid('import_id').notNull(),
    /** From 1, the header not counted. */
    number: integer('number').notNull(),
    /** The line of the file it begins on, from 1. */
    line: integer('line').notNull(),
    /** As they stand in the file, for whoever mends it. */
    cells: jsonb('cells').notNull().$type<string[]>(),
    /** What its cells say. */
    fields: jsonb('fields').notNull().$type<Partial<MemberFields>>(),
    /** By what another row may mean the same member; a name only where the row has neither of the others. */
    employeeNumber: text('employee_number'),
    email: text('email'),
    name: text('name'),
    /** Faults of the row alone, found as it was read. */
    readFaults: jsonb('read_faults').notNull().$type<RowFault[]>(),
    faults: jsonb('faults').$type<RowFault[]>(),
    /** What of it would be written. */
    planned: jsonb('planned').$type<Partial<MemberFields>>(),
    outcome: text('outcome').$type<'make' | 'change' | 'leave' | 'bad'>(),
    memberId: uuid('member_id'),
  },
  (table) => [
    primaryKey({ name: 'import_row_key', columns: [table.importId, table.number] }),
    foreignKey({
      name: 'import_row_import',
      columns: [table.organisationId, table.importId],
      foreignColumns: [fileImport.organisationId, fileImport.id],
    }).onDelete('cascade'),
    index('import_row_outcome').on(table.importId, table.outcome, table.number),
    index('import_row_employee_number').on(table.importId, table.employeeNumber),
    index('import_row_email').on(table.importId, table.email),
    index('import_row_name').on(table.importId, table.name),
  ],
);
