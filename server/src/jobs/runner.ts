// Does jobs as they come due, one at a time: take, work, done in one transaction with the work (N6). A try that fails, or whose
// process dies, is made again after a gap that grows; after the last one the job stays where it is, and the operator sees it.
// Of many runners each job is one's: what another has taken is skipped.
import type { Database } from '../db/client.ts';
import type { Logger } from '../ops/log.ts';
import type { Done, Kind } from './kind.ts';
import { addJob, failJob, holdJob, readBacklog, removeJob, renewJob, type Taken, takeJob } from './store.ts';

export interface RunnerDeps {
  readonly db: Database;
  readonly log: Logger;
  readonly kinds: readonly Kind[];
  readonly now: () => string;
  readonly newId: () => string;
}

/** Numbers for the operator; by kind where they are maps. */
export interface JobNumbers {
  /** Tries that failed so far. */
  readonly failed: ReadonlyMap<string, number>;
  /** Jobs given up on that lie in the table, as last seen. */
  readonly givenUp: number;
  /** How long the job has waited that should be under way by now, in milliseconds; 0 where none has. */
  readonly overdueMs: number;
}

export interface Runner extends JobNumbers {
  /** Begins: looks at once, and then whenever something is due. */
  start(): void;
  /** Looks now instead of at its next time: something was added. */
  wake(): void;
  /** Does everything that is due, and resolves when nothing is left but what others have taken. @throws where the database fails */
  runDue(): Promise<void>;
  /** Takes no more; waits for the job under way, but not long: what is cut off is tried again. */
  stop(): Promise<void>;
}

/** Tries before a job is given up on. */
export const mostAttempts = 12;
const firstGapMs = 30_000;
const longestGapMs = 6 * 60 * 60 * 1_000;
/** Looks at least so often: others add jobs, too. */
const longestWaitMs = 5_000;
const shortestWaitMs = 250;
const longestGoodbyeMs = 2_000;
/** Shorter waits are what every job has before it is taken. */
const shortestOverdueMs = 60_000;

/** How long after a try began the next one may: 30 s, 1 min, 2 min, … 6 h. */
export const gapMs = (attempts: number): number => Math.min(firstGapMs * 2 ** (attempts - 1), longestGapMs);

const after = (instant: string, ms: number) => new Date(Date.parse(instant) + ms).toISOString();

export function createRunner({ db, log, kinds, now, newId }: RunnerDeps): Runner {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const names = [...byName.keys()];
  const failed = new Map(names.map((name) => [name, 0]));
  let givenUp = 0;
  let nextAt: string | null = null;
  let isSetUp = false;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  let stopping = false;

  /** A recurring job that failed does not come more seldom than one that is well. */
  const again = (kind: Kind | undefined, attempts: number) =>
    after(now(), Math.min(gapMs(attempts), kind?.everyMs ?? longestGapMs));

  async function setUp(): Promise<void> {
    await db.transaction(async (tx) => {
      for (const { name, everyMs } of kinds)
        if (everyMs !== null)
          await addJob(tx, null, { id: newId(), kind: name, key: '', payload: {}, dueAt: now() });
    });
    isSetUp = true;
  }

  async function runDue(): Promise<void> {
    if (!isSetUp) await setUp();
    while (!stopping) {
      const taken = await takeJob(db, names, now(), (name, attempts) => again(byName.get(name), attempts));
      const kind = taken && byName.get(taken.kind);
      if (!kind) break;
      // Those before it ended without a word.
      if (kind.everyMs === null && taken.attempts > mostAttempts)
        await fail(kind, taken, new Error('no try came to an end'));
      else await attempt(kind, taken);
    }
    ({ givenUp, nextAt } = await readBacklog(db, names));
  }

  async function attempt(kind: Kind, taken: Taken): Promise<void> {
    let done: Done;
    try {
      done = await db.transaction(async (tx) => {
        if (!(await holdJob(tx, taken))) return {};
        const { organisationId, payload } = taken;
        const outcome = await kind.run(tx, { organisationId, payload, now: now() });
        if (kind.everyMs === null) await removeJob(tx, taken);
        else await renewJob(tx, taken, outcome.more ? now() : after(now(), kind.everyMs));
        return outcome;
      });
    } catch (error) {
      await fail(kind, taken, error);
      return;
    }
    done.tell?.();
  }

  async function fail(kind: Kind, taken: Taken, error: unknown): Promise<void> {
    const { id, attempts } = taken;
    failed.set(kind.name, (failed.get(kind.name) ?? 0) + 1);
    const isLast = kind.everyMs === null && attempts >= mostAttempts;
    const told = { job: { id, kind: kind.name, attempts }, error };
    if (isLast) log.error(told, 'a job has failed too often and is given up on');
    else log.warn(told, 'a job has failed and will be tried again');
    const dueAt = isLast ? null : again(kind, attempts);
    await failJob(db, taken, { lastError: inWords(error), now: now(), dueAt });
  }

  let isLooking = false;
  let isWoken = false;
  const look = () => {
    clearTimeout(timer);
    [isLooking, isWoken] = [true, false];
    turn = runDue()
      .catch((error: unknown) => log.warn({ error }, 'jobs could not be looked for; trying again'))
      .then(() => {
        isLooking = false;
        if (stopping) return;
        if (isWoken) return look();
        const waitMs = nextAt === null ? longestWaitMs : Date.parse(nextAt) - Date.parse(now());
        timer = setTimeout(look, Math.max(shortestWaitMs, Math.min(waitMs, longestWaitMs))).unref();
      });
  };

  return {
    failed,
    get givenUp() {
      return givenUp;
    },
    get overdueMs() {
      const ms = nextAt === null ? 0 : Date.parse(now()) - Date.parse(nextAt);
      return ms < shortestOverdueMs ? 0 : ms;
    },
    start: look,
    wake() {
      isWoken = true;
      if (!isLooking && !stopping) look();
    },
    runDue,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      const patience = new Promise((resolve) => setTimeout(resolve, longestGoodbyeMs).unref());
      await Promise.race([turn, patience]);
    },
  };
}

/** An error as it is kept beside the job: of the database's only the code, since its words may hold what people wrote. */
function inWords(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'not an error';
  return 'code' in cause ? `${cause.name} ${String(cause.code)}` : `${cause.name}: ${cause.message}`;
}
