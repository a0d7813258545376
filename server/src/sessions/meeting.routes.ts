// The HTTP face of a running meeting: what the facilitator drives, and re-votes. Path, who, status; the rest is the services'.
import {
  candidateList,
  focusBody,
  handOverBody,
  idSchema,
  namesBody,
  openRevoteBody,
  ownVote,
  revealRevoteBody,
  sessionView,
  speakFirstBody,
  timerBody,
  undoBody,
  voteBody,
} from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { idempotent } from '../http/idempotency.ts';
import { ProblemError } from '../http/problem.ts';
import { describe, validateBody, validateParams } from '../http/validate.ts';
import type { CommandDeps } from './execute.ts';
import { readOwnVote } from './facts.ts';
import { entersPlace } from './place.routes.ts';
import { readFacilitators } from './read.ts';
import { commanding, found, sessionPath } from './replies.ts';

const revotePath = z.object({ id: idSchema, revoteId: idSchema });

export function createMeetingRoutes(deps: CommandDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const once = idempotent(deps);
  const enters = entersPlace(deps);
  const give = commanding(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .put(
      '/:id/focus',
      describe('Moves the question that everyone follows; null shows the overview (C9).', {
        200: sessionView,
      }),
      once,
      validateParams(sessionPath),
      validateBody(focusBody),
      (c) => give(c, c.req.valid('param').id, { type: 'focus', ...c.req.valid('json') }),
    )
    .post(
      '/:id/timer',
      describe("Starts, pauses, resumes, extends or stops a question's shared timer (C9).", {
        200: sessionView,
      }),
      once,
      validateParams(sessionPath),
      validateBody(timerBody),
      (c) => give(c, c.req.valid('param').id, { type: 'timer', ...c.req.valid('json') }),
    )
    .post(
      '/:id/sweep',
      describe('Agrees on every unanimous question that has no agreed answer (C9).', { 200: sessionView }),
      once,
      validateParams(sessionPath),
      (c) => give(c, c.req.valid('param').id, { type: 'sweep' }),
    )
    .post(
      '/:id/undo',
      describe('Undoes the last move of the focus or the last sweep; never a reveal (C9).', {
        200: sessionView,
      }),
      once,
      validateParams(sessionPath),
      validateBody(undoBody),
      (c) => give(c, c.req.valid('param').id, { type: 'undo', ...c.req.valid('json') }),
    )
    .put(
      '/:id/speak-first',
      describe('Whether flagged questions name who might speak first (C9).', { 200: sessionView }),
      once,
      validateParams(sessionPath),
      validateBody(speakFirstBody),
      (c) => give(c, c.req.valid('param').id, { type: 'set-speak-first', ...c.req.valid('json') }),
    )
    .put(
      '/:id/names',
      describe('Whose names the board shows: all, none on the meeting screen, none until closed (J3).', {
        200: sessionView,
      }),
      once,
      validateParams(sessionPath),
      validateBody(namesBody),
      (c) => give(c, c.req.valid('param').id, { type: 'set-names', ...c.req.valid('json') }),
    )
    .get(
      '/:id/facilitators',
      describe('Leads the session can be handed to (C3).', { 200: candidateList }),
      validateParams(sessionPath),
      async (c) => {
        const leads = await readFacilitators(deps.db, c.get('actor'), c.req.valid('param').id);
        return c.json(found(leads), 200);
      },
    )
    .post(
      '/:id/hand-over',
      describe('Makes another lead the facilitator (C3).', { 200: sessionView }),
      once,
      validateParams(sessionPath),
      validateBody(handOverBody),
      (c) => give(c, c.req.valid('param').id, { type: 'hand-over', ...c.req.valid('json') }),
    )
    .post(
      '/:id/revotes',
      describe('Opens a re-vote on a question (C13).', { 200: sessionView }),
      once,
      validateParams(sessionPath),
      validateBody(openRevoteBody),
      (c) => give(c, c.req.valid('param').id, { type: 'open-revote', ...c.req.valid('json') }),
    )
    .get(
      '/:id/revotes/:revoteId/vote',
      describe("The caller's own vote in an open re-vote (C13).", { 200: ownVote }),
      validateParams(revotePath),
      enters,
      async (c) => {
        const { id, revoteId } = c.req.valid('param');
        const vote = await readOwnVote(deps, c.get('actor'), id, revoteId);
        if (vote === 'not-found') throw new ProblemError('not-found');
        return c.json(vote, 200);
      },
    )
    .put(
      '/:id/revotes/:revoteId/vote',
      describe("Casts the caller's vote, or changes it until the reveal (C13).", { 200: sessionView }),
      once,
      validateParams(revotePath),
      validateBody(voteBody),
      enters,
      (c) => {
        const { id, revoteId } = c.req.valid('param');
        return give(c, id, {
          type: 'vote',
          revoteId,
          memberId: c.get('actor').memberId,
          ...c.req.valid('json'),
        });
      },
    )
    .post(
      '/:id/revotes/:revoteId/reveal',
      describe('Reveals every vote at once (C13).', { 200: sessionView }),
      once,
      validateParams(revotePath),
      validateBody(revealRevoteBody),
      (c) => {
        const { id, revoteId } = c.req.valid('param');
        return give(c, id, { type: 'reveal-revote', revoteId, ...c.req.valid('json') });
      },
    )
    .delete(
      '/:id/revotes/:revoteId',
      describe('Calls an open re-vote off; its votes are destroyed unread (C13).', { 200: sessionView }),
      once,
      validateParams(revotePath),
      (c) => {
        const { id, revoteId } = c.req.valid('param');
        return give(c, id, { type: 'cancel-revote', revoteId });
      },
    );
}
