// The permanent log of a session as rows have it, with words where it holds hashes.
import { sayHeld } from '@attune/domain';
import type { RunningServer } from '../../server/src/start.ts';

export interface LoggedEntry {
  /** The name of who did it; empty for nobody. */
  readonly by: string;
  readonly event: Record<string, unknown>;
}

export async function logOf(
  { connection }: Pick<RunningServer, 'connection'>,
  sessionId: string,
): Promise<LoggedEntry[]> {
  const values = await connection.sql<{ hash: string; value: unknown }[]>`
    select encode(hash, 'hex') as hash, value from held_value where session_id = ${sessionId}`;
  const entries = await connection.sql<{ by: string; event: Record<string, unknown> }[]>`
    select by_name as by, event from audit_entry where session_id = ${sessionId} order by sequence`;
  const words = new Map(values.map(({ hash, value }) => [hash, value]));
  return entries.map(({ by, event }) => ({
    by: by === '' ? '' : String(words.get(by) ?? by),
    event: Object.fromEntries(
      Object.entries(event).map(([name, value]) => [name, sayHeld(value, words, 'erased')]),
    ),
  }));
}

/** Makes of a draft one that an earlier version began: proved by version 1, its log still to be written. */
export async function asOfEarlierVersion(
  { connection }: Pick<RunningServer, 'connection'>,
  sessionId: string,
): Promise<void> {
  const { sql } = connection;
  await sql`delete from audit_entry where session_id = ${sessionId}`;
  await sql`delete from held_value where session_id = ${sessionId}`;
  await sql`update session set proof = 1, audit_head = sha256(${sessionId}::text::bytea) where id = ${sessionId}`;
}
