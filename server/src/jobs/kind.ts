// A kind of work: what it is called, what its jobs carry, and how one is done.
import type * as z from 'zod/mini';
import type { Tx } from '../db/client.ts';

/** What is left to do once the work is committed. */
export interface Done {
  /** Tells those who are to hear of it. */
  readonly tell?: () => void;
  /** A recurring kind's: there is more to do than one transaction should hold, so again at once. */
  readonly more?: boolean;
}

/** A job as its work sees it. */
export interface Work<Payload> {
  /** `null`: of the whole server. */
  readonly organisationId: string | null;
  readonly payload: Payload;
  /** ISO 8601 instant, UTC. */
  readonly now: string;
}

export interface Kind {
  /** In the table, the log and the metrics, such as `due-near`. */
  readonly name: string;
  /** Comes again by itself, so long after it was done; such a job is never given up on. */
  readonly everyMs: number | null;
  /** @throws where the payload is not the kind's, or the work failed */
  run(tx: Tx, work: Work<unknown>): Promise<Done>;
}

/**
 * A kind whose jobs somebody adds. What it writes with `tx` happens once. Whatever it does beside that, such as sending, may happen
 * again: where the commit fails afterwards, or it takes so long that another believes it dead.
 */
export const defineKind = <Payload>(
  name: string,
  payload: z.ZodMiniType<Payload>,
  work: (tx: Tx, work: Work<Payload>) => Promise<Done>,
): Kind => ({
  name,
  everyMs: null,
  run: async (tx, given) => work(tx, { ...given, payload: payload.parse(given.payload) }),
});

/** A kind with one job for the whole server, which comes again and again. */
export const defineRecurring = (
  name: string,
  everyMs: number,
  work: (tx: Tx, now: string) => Promise<Done>,
): Kind => ({ name, everyMs, run: (tx, { now }) => work(tx, now) });

const hourMs = 60 * 60 * 1_000;
/** Rows one transaction of a pruning deletes. */
const mostPruned = 2_000;

/** Deletes what is older than `keptMs`, a batch at a time, every hour. @param deleteOld returns how many it deleted */
export const definePruning = (
  name: string,
  keptMs: number,
  deleteOld: (tx: Tx, before: string, most: number) => Promise<number>,
): Kind =>
  defineRecurring(name, hourMs, async (tx, now) => {
    const before = new Date(Date.parse(now) - keptMs).toISOString();
    return { more: (await deleteOld(tx, before, mostPruned)) === mostPruned };
  });
