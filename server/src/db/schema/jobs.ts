// Work that must happen once (N6): waiting, being tried, or given up on. What is done has no row.
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdAt, instant } from './columns.ts';
import { organisation } from './people.ts';

export const job = pgTable(
  'job',
  {
    id: uuid('id').primaryKey(),
    /** `null`: of the whole server. */
    organisationId: uuid('organisation_id').references(() => organisation.id),
    kind: text('kind').notNull(),
    /** What must not be there twice: of one kind, one row for each value, also where it was given up on. */
    key: text('key').notNull(),
    /** As the kind reads it. */
    payload: jsonb('payload').notNull(),
    /** When it is tried next; while it is tried, when others may take it to have failed. */
    dueAt: instant('due_at').notNull(),
    /** Tries so far, the one under way counted. */
    attempts: integer('attempts').notNull().default(0),
    /** What the last try ended with, in words without anyone's content. */
    lastError: text('last_error'),
    failedAt: instant('failed_at'),
    /** Not tried any more; kept, so that somebody sees it. */
    givenUpAt: instant('given_up_at'),
    createdAt: createdAt(),
  },
  (table) => [
    unique('job_once').on(table.kind, table.key),
    index('job_due').on(table.dueAt, table.id).where(sql`${table.givenUpAt} is null`),
  ],
);
