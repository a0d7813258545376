// Columns that many tables have.
import { sql } from 'drizzle-orm';
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
export const instant = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: 'string' });
export const createdAt = () => instant('created_at').notNull().default(sql`now()`);
/** A scope (O4): both null for the whole organisation, a client, or a client with one of its lines of business. */
export const scopeColumns = () => ({ clientId: uuid('client_id'), lobId: uuid('lob_id') });
