// What members are told in the app (O7), and which kinds each wants to hear of.
import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { member } from './people.ts';
import { session } from './sessions.ts';

export const notification = pgTable(
  'notification',
  {
    id: uuid('id').primaryKey(),
    organisationId: uuid('organisation_id').notNull(),
    memberId: uuid('member_id').notNull(),
    sessionId: uuid('session_id').notNull(),
    kind: text('kind').notNull(),
    byName: text('by_name'),
    at: instant('at').notNull(),
    readAt: instant('read_at'),
    /** What must not be told twice: of one member, session and kind, one row for each value. */
    once: text('once').notNull(),
  },
  (table) => [
    foreignKey({
      name: 'notification_member',
      columns: [table.organisationId, table.memberId],
      foreignColumns: [member.organisationId, member.id],
    }),
    foreignKey({
      name: 'notification_session',
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [session.organisationId, session.id],
    }).onDelete('cascade'),
    unique('notification_once').on(table.memberId, table.sessionId, table.kind, table.once),
    index('notification_inbox').on(table.memberId, table.at.desc(), table.id.desc()),
    index('notification_unread').on(table.memberId).where(sql`${table.readAt} is null`),
  ],
);

/** A kind one has chosen about; every kind without a row is on. */
export const notificationChoice = pgTable(
  'notification_choice',
  {
    memberId: uuid('member_id').notNull(),
    organisationId: uuid('organisation_id').notNull(),
    kind: text('kind').notNull(),
    inApp: boolean('in_app').notNull(),
  },
  (table) => [
    primaryKey({ name: 'notification_choice_key', columns: [table.memberId, table.kind] }),
    foreignKey({
      name: 'notification_choice_member',
      columns: [table.organisationId, table.memberId],
      foreignColumns: [member.organisationId, member.id],
    }),
  ],
);
