// SQL of jobs: added, taken by one runner at a time, done or put off. Knows nothing of what they are about.
import { and, asc, count, eq, inArray, isNull, lte, min, sql } from 'drizzle-orm';
import type { Database, Tx } from '../db/client.ts';
import { toIso } from '../db/instant.ts';
import { job } from '../db/schema.ts';

export interface NewJob {
  readonly id: string;
  readonly kind: string;
  /** Names what is to be done among the kind's jobs: a second of the same key is not added. */
  readonly key: string;
  readonly payload: object;
  /** ISO 8601 instant, UTC. */
  readonly dueAt: string;
}

/** Adds a job in the transaction of what it follows from: there are both, or neither. */
export async function addJob(tx: Tx, organisationId: string | null, added: NewJob): Promise<void> {
  await tx
    .insert(job)
    .values({ ...added, organisationId })
    .onConflictDoNothing();
}

/** A job that was taken, with the number of its try: what it may be done or put off by. */
export interface Taken {
  readonly id: string;
  readonly organisationId: string | null;
  readonly kind: string;
  readonly payload: unknown;
  /** From 1. */
  readonly attempts: number;
}

/**
 * Takes the job of these kinds that has been due the longest, and counts the try before it is made: one that ends its process
 * counts, too. From `heldUntil` on others take it to have failed.
 */
export async function takeJob(
  db: Database,
  kinds: readonly string[],
  now: string,
  heldUntil: (kind: string, attempts: number) => string,
): Promise<Taken | null> {
  return db.transaction(async (tx) => {
    const [due] = await tx
      .select()
      .from(job)
      .where(and(isNull(job.givenUpAt), lte(job.dueAt, now), inArray(job.kind, [...kinds])))
      .orderBy(asc(job.dueAt), asc(job.id))
      .limit(1)
      .for('update', { skipLocked: true });
    if (!due) return null;
    const attempts = due.attempts + 1;
    await tx
      .update(job)
      .set({ attempts, dueAt: heldUntil(due.kind, attempts) })
      .where(eq(job.id, due.id));
    const { id, organisationId, kind, payload } = due;
    return { id, organisationId, kind, payload, attempts };
  });
}

const thisTry = ({ id, attempts }: Taken) =>
  and(eq(job.id, id), eq(job.attempts, attempts), isNull(job.givenUpAt));

/** Work that does nothing with its transaction for so long loses it, and the job with it. */
const longestIdle = '60s';

/** Holds the job until the transaction ends; `false` where another has tried it since, or done it. */
export async function holdJob(tx: Tx, taken: Taken): Promise<boolean> {
  await tx.execute(sql.raw(`set local idle_in_transaction_session_timeout = '${longestIdle}'`));
  const [held] = await tx.select({ id: job.id }).from(job).where(thisTry(taken)).for('update');
  return held !== undefined;
}

export async function removeJob(tx: Tx, { id }: Taken): Promise<void> {
  await tx.delete(job).where(eq(job.id, id));
}

/** Puts a recurring job off to its next time, as one that never failed. */
export async function renewJob(tx: Tx, { id }: Taken, dueAt: string): Promise<void> {
  await tx.update(job).set({ dueAt, attempts: 0, lastError: null, failedAt: null }).where(eq(job.id, id));
}

/** Keeps what a try ended with, and when the next one is; without one the job is given up on. */
export async function failJob(
  db: Database,
  taken: Taken,
  { lastError, now, dueAt }: { lastError: string; now: string; dueAt: string | null },
): Promise<void> {
  await db
    .update(job)
    .set({ lastError, failedAt: now, ...(dueAt ? { dueAt } : { givenUpAt: now }) })
    .where(thisTry(taken));
}

/** How many jobs were given up on, and when the next of these kinds is due; `null` where none is. */
export async function readBacklog(
  db: Database,
  kinds: readonly string[],
): Promise<{ givenUp: number; nextAt: string | null }> {
  const [row] = await db
    .select({
      givenUp: sql<number>`${count()} filter (where ${job.givenUpAt} is not null)`.mapWith(Number),
      nextAt: sql<
        string | null
      >`${min(job.dueAt)} filter (where ${and(isNull(job.givenUpAt), inArray(job.kind, [...kinds]))})`,
    })
    .from(job);
  return { givenUp: row?.givenUp ?? 0, nextAt: row?.nextAt ? toIso(row.nextAt) : null };
}
