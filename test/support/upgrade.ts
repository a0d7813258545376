// A database as an earlier version made it, for tests of what an upgrade does with what stood in it.
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sql } from 'postgres';
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

interface Before {
  readonly status: string;
  readonly transcript?: object[];
  readonly board?: object | null;
}

/** A calibration in an organisation of its own, as it was stored while a session's row held everything; returns ids. */
export async function insertCalibration(sql: Sql, { status, transcript = [], board = null }: Before) {
  const [organisation, user, member] = [randomUUID(), randomUUID(), randomUUID()];
  const [scorecard, version, session] = [randomUUID(), randomUUID(), randomUUID()];
  await sql`insert into organisation (id, name) values (${organisation}, 'Northwind')`;
  await sql`insert into "user" (id, name, email) values (${user}, 'Ana', ${`${user}@example.org`})`;
  await sql`insert into member (id, organisation_id, user_id, name, roles)
    values (${member}, ${organisation}, ${user}, 'Ana', '{lead}')`;
  await sql`insert into scorecard (id, organisation_id) values (${scorecard}, ${organisation})`;
  await sql`insert into scorecard_version (id, organisation_id, scorecard_id, version, name, content, published_at)
    values (${version}, ${organisation}, ${scorecard}, 1, 'Calls', '{}'::jsonb, now())`;
  await sql`insert into session (id, organisation_id, status, facilitator_id, name, scorecard_version_id, threshold_hundredths,
      transcript, board, wrapped_key, audit_head, created_by, status_at)
    values (${session}, ${organisation}, ${status}, ${member}, 'March', ${version}, 1000,
      ${sql.json(transcript as never)}, ${board && sql.json(board as never)}, '\\x00', '\\x00', ${member}, now())`;
  return { organisation, member, session };
}
