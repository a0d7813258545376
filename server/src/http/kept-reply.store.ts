// SQL of the replies kept for repeats, by member and key.
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { commandReply } from '../db/schema.ts';

/** Whose command, and under which key. */
export interface KeyOf {
  readonly organisationId: string;
  readonly memberId: string;
  readonly key: string;
}

/** Holds the key until the transaction ends: of two commands under it the second waits for the first. */
export async function lockKey(tx: Tx, { memberId, key }: KeyOf): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${memberId} ${key}`}, 7))`);
}

export async function findReply(tx: Tx, { organisationId, memberId, key }: KeyOf) {
  const [kept] = await tx
    .select()
    .from(commandReply)
    .where(
      and(
        eq(commandReply.organisationId, organisationId),
        eq(commandReply.memberId, memberId),
        eq(commandReply.key, key),
      ),
    );
  return kept ?? null;
}

export async function insertReply(tx: Tx, row: typeof commandReply.$inferInsert): Promise<void> {
  await tx.insert(commandReply).values(row);
}

/** Every reply that is kept takes a few of more than a day ago with it, so that no timer has to. */
export async function forgetOld(tx: Tx): Promise<void> {
  await tx.execute(sql`
    delete from ${commandReply} where (member_id, key) in (
      select member_id, key from ${commandReply} where created_at < now() - interval '24 hours'
      order by created_at limit 20 for update skip locked)`);
}
