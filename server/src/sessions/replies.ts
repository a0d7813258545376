// What the routes of a session share: their paths, and the declaration of a command's route.
import { idSchema, sessionReply } from '@attune/contract';
import type { Command } from '@attune/domain';
import * as z from 'zod/mini';
import type { BodySize } from '../http/body.ts';
import { type Asked, createCommands } from '../http/command.ts';
import { ProblemError } from '../http/problem.ts';
import { mapDone } from '../outcome.ts';
import { type CommandDeps, execute } from './execute.ts';
import { sessionToReply } from './views.ts';

export const sessionPath = z.object({ id: idSchema });
export const participantPath = z.object({ id: idSchema, participantId: idSchema });
export const questionPath = z.object({ id: idSchema, questionId: z.string().check(z.maxLength(100)) });

/** @throws {ProblemError} `not-found` for null */
export function found<T>(value: T | null): T {
  if (value === null) throw new ProblemError('not-found');
  return value;
}

type SessionPath = z.core.$ZodType<{ id: string }>;

/** Declares the route of a session's command: it answers with its number, and what the caller may do then; what it did comes over
 * the session's room. */
export function createSessionCommands(deps: CommandDeps) {
  const command = createCommands(deps);
  return <P extends SessionPath, B extends z.core.$ZodType | undefined = undefined>(
    summary: string,
    takes: { readonly params: P; readonly body?: B; readonly size?: BodySize },
    of: (asked: Asked<P, undefined, B>) => Command,
  ) =>
    command<{ readonly 200: typeof sessionReply }, P, undefined, B>(
      summary,
      { ...takes, replies: { 200: sessionReply } },
      async (unit, asked) => {
        const { actor, signedIn, params } = asked;
        const giver = { actor, sessionId: params.id, signedInAt: signedIn.signedInAt };
        const outcome = await execute(unit, deps, giver, of(asked));
        return mapDone(outcome, ({ stored }) => sessionToReply(stored, actor));
      },
    );
}
