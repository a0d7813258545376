// Nobody waits for a database that hangs: whoever asks meanwhile is told to come again. What a request has begun goes on; a
// command repeated under its key then gives the first result.
import { createMiddleware } from 'hono/factory';
import type { Health } from '../ops/health.ts';
import { answerProblem } from './problem.ts';
import type { RequestEnv } from './request.ts';

/** A request that takes longer is not cut for that alone: the database is asked whether it answers at all. */
const patienceMs = 3_000;
const detail = 'The database does not answer just now.';

/** Answers 503 with `Retry-After` within some 5 s of the database falling silent, and at once from then on. */
export function answerInTime(health: Pick<Health, 'databaseAnswers' | 'databaseHangs'>) {
  return createMiddleware<RequestEnv>(async (c, next) => {
    if (health.databaseHangs) return answerProblem(c, 'unavailable', { detail });
    let over = false;
    let timer: NodeJS.Timeout | undefined;
    const hangs = new Promise<'hangs'>((resolve) => {
      const look = async () => {
        const answers = await health.databaseAnswers();
        if (over) return;
        if (answers) timer = setTimeout(look, patienceMs);
        else resolve('hangs');
      };
      timer = setTimeout(look, patienceMs);
    });
    const work = next();
    try {
      const first = await Promise.race([work, hangs]);
      if (first !== 'hangs') return;
    } finally {
      over = true;
      clearTimeout(timer);
    }
    // It ends by itself, and its errors are logged where they happen.
    work.catch(() => {});
    return answerProblem(c, 'unavailable', { detail });
  });
}
