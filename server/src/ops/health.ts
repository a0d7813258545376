// Whether this process lives, whether it should be sent work, and whether its database answers at all.
import type postgres from 'postgres';

export interface Health {
  /** The database answers within 2 s, and the server is not on its way out. */
  isReady(): Promise<boolean>;
  /** The database answers within 2 s, be it with an error. */
  databaseAnswers(): Promise<boolean>;
  /** A question to the database has waited for more than 2 s and waits still. Costs nothing to ask. */
  readonly databaseHangs: boolean;
  /** From now on not ready; called first at a shutdown. */
  drain(): void;
}

const patienceMs = 2_000;
/** A question that waits for so long is asked anew: it may be its connection alone that is lost. */
const askAgainMs = 5_000;

type Answer = 'yes' | 'an error' | 'none yet';

/** @param sql connections of its own, two at least: one may be lost without a word */
export function createHealth(sql: postgres.Sql): Health {
  let draining = false;
  let hangs = false;
  let asked: { readonly at: number; readonly answer: Promise<Answer> } | null = null;

  /** One question at a time, however many want to know. */
  function ask(): Promise<Answer> {
    if (asked && performance.now() - asked.at < askAgainMs) return asked.answer;
    const settle = (answer: Answer) => {
      if (asked === question) asked = null;
      if (answer !== 'none yet') hangs = false;
      // Until it answers there is always a question whose answer ends this.
      else if (hangs) void ask();
      return answer;
    };
    const answer = sql`select 1`.then(
      () => settle('yes'),
      (error: unknown) => settle(isSilence(error) ? 'none yet' : 'an error'),
    );
    const question = { at: performance.now(), answer };
    asked = question;
    return answer;
  }

  async function askInTime(): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<Answer>((resolve) => {
      timer = setTimeout(() => resolve('none yet'), patienceMs);
    });
    const answer = await Promise.race([ask(), tooLate]);
    clearTimeout(timer);
    if (answer === 'none yet') {
      hangs = true;
      void ask();
    }
    return answer;
  }

  return {
    async isReady() {
      if (draining) return false;
      return (await askInTime()) === 'yes' && !draining;
    },
    databaseAnswers: async () => (await askInTime()) !== 'none yet',
    get databaseHangs() {
      return hangs;
    },
    drain() {
      draining = true;
    },
  };
}

/** A connection was taken and nothing said on it: as from a frozen process, for which its machine still listens. */
const isSilence = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === 'CONNECT_TIMEOUT';
