// Which key of the server this database was written with.
import { sql } from 'drizzle-orm';
import { check, integer, pgTable } from 'drizzle-orm/pg-core';
import { bytea, instant } from './columns.ts';

/** One row: what tells the right key from any other, without telling the key. */
export const serverKey = pgTable(
  'server_key',
  {
    id: integer('id').primaryKey().default(1),
    /** An HMAC under the key. */
    proof: bytea('proof').notNull(),
    rotatedAt: instant('rotated_at'),
  },
  (table) => [check('server_key_single', sql`${table.id} = 1`)],
);
