// How an outcome becomes an HTTP reply, for every route of a session: the view as it stands, or the problem that says why not.
import { idSchema, type SessionView } from '@attune/contract';
import type { Actor } from '@attune/domain';
import * as z from 'zod/mini';
import { ProblemError, refusalProblem } from '../http/problem.ts';
import type { Outcome } from './command.service.ts';
import { type StoredSession, sessionToView } from './stored-session.ts';

export const sessionPath = z.object({ id: idSchema });
export const participantPath = z.object({ id: idSchema, participantId: idSchema });
export const questionPath = z.object({ id: idSchema, questionId: z.string().check(z.maxLength(100)) });

/** The session after an accepted command. @throws {ProblemError} for one that was refused */
export function accepted(outcome: Outcome, actor: Actor): StoredSession {
  if (outcome.ok) return outcome.stored;
  if ('denied' in outcome) throw new ProblemError(outcome.denied);
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
