// Replies to commands, kept for repeats.
import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdAt } from './columns.ts';
import { organisation } from './people.ts';

/** The first reply to a command, given again to a repeat with the same key. */
export const commandReply = pgTable(
  'command_reply',
  {
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisation.id),
    memberId: uuid('member_id').notNull(),
    key: text('key').notNull(),
    /** Method and path; another request under the same key is refused. */
    request: text('request').notNull(),
    /** Keyed, so that nobody can guess what was in it. */
    bodyHash: bytea('body_hash').notNull(),
    status: integer('status').notNull(),
    /** Sealed: see `http/kept-reply.ts`. */
    reply: jsonb('reply'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ name: 'command_reply_key', columns: [table.memberId, table.key] }),
    index('command_reply_created').on(table.createdAt),
  ],
);
