// Scorecards and their versions.
import type { Scorecard } from '@attune/domain';
import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, instant, scopeColumns } from './columns.ts';
import { client, lob, member, organisation } from './people.ts';

export const scorecard = pgTable(
  'scorecard',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id),
    ...scopeColumns(),
    archivedAt: instant('archived_at'),
    createdAt: createdAt(),
  },
  (table) => [
    foreignKey({
      name: 'scorecard_client',
      columns: [table.organisationId, table.clientId],
      foreignColumns: [client.organisationId, client.id],
    }),
    foreignKey({
      name: 'scorecard_lob',
      columns: [table.organisationId, table.clientId, table.lobId],
      foreignColumns: [lob.organisationId, lob.clientId, lob.id],
    }),
    check('scorecard_scope', sql`${table.lobId} is null or ${table.clientId} is not null`),
    unique('scorecard_organisation_id').on(table.organisationId, table.id),
  ],
);

/** One version's content. A published version never changes. */
export const scorecardVersion = pgTable(
  'scorecard_version',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    scorecardId: uuid('scorecard_id').notNull(),
    version: integer('version').notNull(),
    name: text('name').notNull(),
    content: jsonb('content').notNull().$type<Scorecard>(),
    createdAt: createdAt(),
    publishedAt: instant('published_at'),
    /** Counts the changes of a draft: whoever saves says which one they changed. */
    revision: integer('revision').notNull().default(1),
    changedAt: instant('changed_at'),
    changedBy: uuid('changed_by'),
  },
  (table) => [
    foreignKey({
      name: 'scorecard_version_changed_by',
      columns: [table.organisationId, table.changedBy],
      foreignColumns: [member.organisationId, member.id],
    }),
    foreignKey({
      name: 'scorecard_version_scorecard',
      columns: [table.organisationId, table.scorecardId],
      foreignColumns: [scorecard.organisationId, scorecard.id],
    }),
    unique('scorecard_version_number').on(table.scorecardId, table.version),
    uniqueIndex('scorecard_version_one_draft').on(table.scorecardId).where(sql`published_at is null`),
    unique('scorecard_version_organisation_id').on(table.organisationId, table.id),
  ],
);
