// Whether this process lives, and whether it should be sent work.
import type postgres from 'postgres';

export interface Health {
  /** The database answers within 2 s, and the server is not on its way out. */
  isReady(): Promise<boolean>;
  /** From now on not ready; called first at a shutdown. */
  drain(): void;
}

export function createHealth(sql: postgres.Sql): Health {
  let draining = false;
  return {
    async isReady() {
      if (draining) return false;
      let timer: NodeJS.Timeout | undefined;
      const tooLate = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), 2_000);
      });
      const answer = sql`select 1`.then(
        () => !draining,
        () => false,
      );
      const ready = await Promise.race([answer, tooLate]);
      clearTimeout(timer);
      return ready;
    },
    drain() {
      draining = true;
    },
  };
}
