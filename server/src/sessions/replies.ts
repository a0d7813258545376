// How an outcome becomes an HTTP reply, for every route of a session: the view as it stands, or the problem that says why not.
import { idSchema, type SessionView } from '@attune/contract';
import type { Actor, Command } from '@attune/domain';
import type { Context } from 'hono';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { ProblemError, refusalProblem } from '../http/problem.ts';
import { type CommandDeps, execute, type Outcome } from './execute.ts';
import type { StoredSession } from './stored-session.ts';
import { sessionToView } from './views.ts';

export const sessionPath = z.object({ id: idSchema });
export const participantPath = z.object({ id: idSchema, participantId: idSchema });
export const questionPath = z.object({ id: idSchema, questionId: z.string().check(z.maxLength(100)) });

/** The session after an accepted command. @throws {ProblemError} for one that was refused */
export function accepted(outcome: Outcome, actor: Actor): StoredSession {
  if (outcome.ok) return outcome.stored;
  if ('denied' in outcome) throw new ProblemError(outcome.denied);
  if ('problems' in outcome) throw new ProblemError('invalid-input', { errors: outcome.problems });
  throw refusalProblem(outcome.refusal, { present: sessionToView(outcome.stored, actor) });
}

/** What nearly every command answers: the session as the caller sees it now. @throws {ProblemError} */
export const viewAfter = (outcome: Outcome, actor: Actor): SessionView =>
  sessionToView(accepted(outcome, actor), actor);

/** @throws {ProblemError} `not-found` for null */
export function found<T>(value: T | null): T {
  if (value === null) throw new ProblemError('not-found');
  return value;
}

/** A route's last step: gives the session the command as the caller, and answers with how it stands then. */
export function commanding(deps: CommandDeps) {
  return async (c: Context<ActorEnv>, sessionId: string, command: Command) => {
    const actor = c.get('actor');
    const { signedInAt } = c.get('signedIn');
    return c.json(viewAfter(await execute(deps, { actor, sessionId, signedInAt }, command), actor), 200);
  };
}
