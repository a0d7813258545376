// Why signing in did not work.
import { m } from '../paraglide/messages.js';
import type { ProblemWords } from './problems.ts';

export const signIn = {
  wrong: (): ProblemWords => ({ title: m.signIn_wrong_title(), detail: m.signIn_wrong_detail() }),
  /** @param seconds until the next try is taken */
  wait: (seconds: number): ProblemWords => ({
    title: m.signIn_tooMany(),
    detail:
      seconds < 60
        ? m.signIn_waitSeconds({ count: seconds })
        : m.signIn_waitMinutes({ count: Math.ceil(seconds / 60) }),
  }),
} as const;
