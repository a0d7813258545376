// Who runs on a database of one's own: every server holds a shared lock as long as it lives, so that a change of the server's key,
// which must not happen beside one, can tell. The embedded database needs none: its folder is locked.
import postgres from 'postgres';
import type { Logger } from '../ops/log.ts';

/** Our advisory lock's number; nothing else in the database may take it. */
const runningLock = 4_400_002;
const againMs = 1_000;

export interface Running {
  release(): Promise<void>;
}

/**
 * Says that a server runs here; waits while a command that must be alone has the database.
 * @param whenBack called each time the lock was lost with its connection and is held again
 */
export async function holdRunning(
  databaseUrl: string,
  log: Logger,
  whenBack: () => Promise<void>,
): Promise<Running> {
  let isOver = false;
  let again: NodeJS.Timeout | undefined;
  const sql = postgres(databaseUrl, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => {},
    connection: { application_name: 'attune running' },
    onclose: () => later(),
  });
  const take = () => sql`select pg_advisory_lock_shared(${runningLock})`;
  function later(): void {
    if (isOver || again) return;
    again = setTimeout(() => {
      again = undefined;
      take()
        .then(whenBack)
        .catch((error: unknown) => {
          log.debug({ error }, 'the lock of a running server is not held yet');
          later();
        });
    }, againMs).unref();
  }
  await take();
  return {
    async release() {
      isOver = true;
      clearTimeout(again);
      await sql.end({ timeout: 1 }).catch(() => {});
    },
  };
}

/** Does what must be alone on the database; `null`, and nothing done, where a server runs. */
export async function aloneOn<T>(databaseUrl: string, work: () => Promise<T>): Promise<T | null> {
  const sql = postgres(databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    const [row] = await sql`select pg_try_advisory_lock(${runningLock}) as alone`;
    return row?.alone === true ? await work() : null;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
