// A database as an earlier version made it, for tests of what an upgrade does with what stood in it.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate } from '../../server/src/db/migrate.ts';
import { migrationsFolder } from '../../server/src/paths.ts';
import { emptyDatabase, type FreshDatabase } from './postgres.ts';

/** @param last the last migration that version had, by its tag */
export async function databaseBefore(last: string): Promise<FreshDatabase> {
  const database = await emptyDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'attune-migrations-'));
  try {
    await cp(migrationsFolder, folder, { recursive: true });
    const journal = path.join(folder, 'meta', '_journal.json');
    const whole = JSON.parse(await readFile(journal, 'utf8')) as { entries: { tag: string }[] };
    const at = whole.entries.findIndex(({ tag }) => tag === last);
    await writeFile(journal, JSON.stringify({ ...whole, entries: whole.entries.slice(0, at + 1) }));
    await migrate(database.url, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return database;
}
