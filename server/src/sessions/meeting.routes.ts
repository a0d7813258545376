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
import type { CommandDeps } from './command.service.ts';
import { handOver, runDiscussion, setNames, sweepUnanimous } from './discussion.service.ts';
import { entersPlace } from './place.routes.ts';
import { readFacilitators } from './read.ts';
import { found, sessionPath, viewAfter } from './replies.ts';
import { cancelRevote, castVote, readOwnVote, revealRevote, startRevote } from './revote.service.ts';

const revotePath = z.object({ id: idSchema, revoteId: idSchema });

export function createMeetingRoutes(deps: CommandDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const once = idempotent(deps);
  const enters = entersPlace(deps);
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
      async (c) => {
        const actor = c.get('actor');
        const command = { type: 'focus', ...c.req.valid('json') } as const;
        return c.json(
          viewAfter(await runDiscussion(deps, actor, c.req.valid('param').id, command), actor),
          200,
        );
      },
    )
    .post(
      '/:id/timer',
      describe("Starts, pauses, resumes, extends or stops a question's shared timer (C9).", {
        200: sessionView,
      }),
      once,
      validateParams(sessionPath),
      validateBody(timerBody),
      async (c) => {
        const actor = c.get('actor');
        const command = { type: 'timer', ...c.req.valid('json') } as const;
        return c.json(
          viewAfter(await runDiscussion(deps, actor, c.req.valid('param').id, command), actor),
          200,
        );
      },
    )
    .post(
      '/:id/sweep',
      describe('Agrees on every unanimous question that has no agreed answer (C9).', { 200: sessionView }),
      once,
      validateParams(sessionPath),
      async (c) => {
        const actor = c.get('actor');
        return c.json(viewAfter(await sweepUnanimous(deps, actor, c.req.valid('param').id), actor), 200);
      },
    )
    .post(
      '/:id/undo',
      describe('Undoes the last move of the focus or the last sweep; never a reveal (C9).', {
        200: sessionView,
      }),
      once,
      validateParams(sessionPath),
      validateBody(undoBody),
      async (c) => {
        const actor = c.get('actor');
        const command = { type: 'undo', ...c.req.valid('json') } as const;
        return c.json(
          viewAfter(await runDiscussion(deps, actor, c.req.valid('param').id, command), actor),
          200,
        );
      },
    )
    .put(
      '/:id/speak-first',
      describe('Whether flagged questions name who might speak first (C9).', { 200: sessionView }),
      once,
      validateParams(sessionPath),
      validateBody(speakFirstBody),
      async (c) => {
        const actor = c.get('actor');
        const command = { type: 'set-speak-first', ...c.req.valid('json') } as const;
        return c.json(
          viewAfter(await runDiscussion(deps, actor, c.req.valid('param').id, command), actor),
          200,
        );
      },
    )
    .put(
      '/:id/names',
      describe('Whose names the board shows: all, none on the meeting screen, none until closed (J3).', {
        200: sessionView,
      }),
      once,
      validateParams(sessionPath),
      validateBody(namesBody),
      async (c) => {
        const actor = c.get('actor');
        const { names } = c.req.valid('json');
        return c.json(viewAfter(await setNames(deps, actor, c.req.valid('param').id, names), actor), 200);
      },
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
      async (c) => {
        const actor = c.get('actor');
        const { memberId } = c.req.valid('json');
        return c.json(viewAfter(await handOver(deps, actor, c.req.valid('param').id, memberId), actor), 200);
      },
    )
    .post(
      '/:id/revotes',
      describe('Opens a re-vote on a question (C13).', { 200: sessionView }),
      once,
      validateParams(sessionPath),
      validateBody(openRevoteBody),
      async (c) => {
        const actor = c.get('actor');
        const { questionId } = c.req.valid('json');
        return c.json(
          viewAfter(await startRevote(deps, actor, c.req.valid('param').id, questionId), actor),
          200,
        );
      },
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
      async (c) => {
        const actor = c.get('actor');
        const { id, revoteId } = c.req.valid('param');
        const { signedInAt } = c.get('signedIn');
        const vote = { revoteId, signedInAt, ...c.req.valid('json') };
        return c.json(viewAfter(await castVote(deps, actor, id, vote), actor), 200);
      },
    )
    .post(
      '/:id/revotes/:revoteId/reveal',
      describe('Reveals every vote at once (C13).', { 200: sessionView }),
      once,
      validateParams(revotePath),
      validateBody(revealRevoteBody),
      async (c) => {
        const actor = c.get('actor');
        const { id, revoteId } = c.req.valid('param');
        const { without } = c.req.valid('json');
        return c.json(viewAfter(await revealRevote(deps, actor, id, revoteId, without), actor), 200);
      },
    )
    .delete(
      '/:id/revotes/:revoteId',
      describe('Calls an open re-vote off; its votes are destroyed unread (C13).', { 200: sessionView }),
      once,
      validateParams(revotePath),
      async (c) => {
        const actor = c.get('actor');
        const { id, revoteId } = c.req.valid('param');
        return c.json(viewAfter(await cancelRevote(deps, actor, id, revoteId), actor), 200);
      },
    );
}
