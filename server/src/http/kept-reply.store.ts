// SQL of the replies kept for repeats, by member and key.
import { and, asc, eq, lt, sql } from 'drizzle-orm';
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

/** Deletes up to `most` replies from before the instant, of every organisation. @returns how many */
export async function deleteOldReplies(tx: Tx, before: string, most: number): Promise<number> {
  const old = tx
    .select({ memberId: commandReply.memberId, key: commandReply.key })
    .from(commandReply)
    .where(lt(commandReply.createdAt, before))
    .orderBy(asc(commandReply.createdAt))
    .limit(most)
    .for('update', { skipLocked: true });
  const gone = await tx
    .delete(commandReply)
    .where(sql`(${commandReply.memberId}, ${commandReply.key}) in (${old})`)
    .returning({ key: commandReply.key });
  return gone.length;
}
