// Brings a database's tables to this version, under a lock, so that many servers may start at once. Never goes back.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { migrationsFolder } from '../paths.ts';
import { StartError } from '../start-error.ts';

/** Our advisory lock's number; nothing else in the database may take it. */
const migrationLock = 4_400_001;

/**
 * Applies the migrations that are missing.
 * @returns how many were applied.
 * @throws {StartError} when the database was made by a newer version, or one migration was skipped.
 */
export async function migrate(databaseUrl: string, folder: string = migrationsFolder): Promise<number> {
  const known = knownMigrations(folder);
  const sql = postgres(databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    const before = await appliedMigrations(sql);
    if (before > known) {
      throw new StartError(
        `The database was made by a newer Attune (${before} migrations, this version knows ${known}): start that version, or set another database.`,
      );
    }
    if (known > before) await applyMigrations(drizzle(sql), { migrationsFolder: folder });
    const after = await appliedMigrations(sql);
    if (after !== known) {
      throw new StartError(
        `The database has ${after} migrations where this version needs ${known}: restore it from a backup.`,
      );
    }
    return after - before;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function knownMigrations(folder: string): number {
  const journal = path.join(folder, 'meta', '_journal.json');
  if (!existsSync(journal)) return 0;
  const parsed: unknown = JSON.parse(readFileSync(journal, 'utf8'));
  const entries =
    typeof parsed === 'object' && parsed !== null && 'entries' in parsed ? parsed.entries : null;
  return Array.isArray(entries) ? entries.length : 0;
}

async function appliedMigrations(sql: postgres.Sql): Promise<number> {
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  if (table?.there !== true) return 0;
  const [row] = await sql`select count(*)::int as applied from drizzle.__drizzle_migrations`;
  return Number(row?.applied ?? 0);
}
