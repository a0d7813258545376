// The connection to PostgreSQL, typed with our tables. Only stores and services may take one.
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { preparing } from './prepared.ts';
import * as schema from './schema.ts';

/** Something that runs queries: the pool, or a transaction. What only reads takes this. */
export type Database = PgDatabase<PostgresJsQueryResultHKT, typeof schema>;

/** A transaction. A function that writes several rows, or needs a lock, takes this. */
export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0];

export interface Connection {
  readonly db: Database;
  /** The driver itself, for LISTEN/NOTIFY and statements that Drizzle cannot say. */
  readonly sql: postgres.Sql;
  /** Waits at most `deadlineMs` for running queries, then closes by force. Never throws. */
  close(deadlineMs: number): Promise<void>;
}

/** Opens a pool; nothing connects before the first query. */
export function connect(databaseUrl: string, poolSize = 20): Connection {
  const sql = postgres(databaseUrl, {
    max: poolSize,
    connect_timeout: 5,
    idle_timeout: 60,
    onnotice: () => {},
    // Drizzle reads and writes arrays itself; the driver's own asking on every new connection would be one more thing to fail.
    fetch_types: false,
    // A returning database is tried again within half a second, for ever.
    backoff: (attempt) => Math.min(0.05 * 2 ** attempt, 0.5),
    connection: { application_name: 'attune' },
  });
  return {
    db: drizzle(preparing(sql), { schema }),
    sql,
    close: (deadlineMs) => sql.end({ timeout: deadlineMs / 1_000 }).catch(() => {}),
  };
}
