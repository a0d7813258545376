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
  speakFirstBody,
  timerBody,
  undoBody,
  voteBody,
} from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { ProblemError } from '../http/problem.ts';
import { describe, validateParams } from '../http/validate.ts';
import type { CommandDeps } from './execute.ts';
import { readOwnVote } from './facts.ts';
import { entersPlace } from './place.routes.ts';
import { readFacilitators } from './read.ts';
import { createSessionCommands, found, sessionPath } from './replies.ts';

const revotePath = z.object({ id: idSchema, revoteId: idSchema });

export function createMeetingRoutes(deps: CommandDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const enters = entersPlace(deps);
  const command = createSessionCommands(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .put(
      '/:id/focus',
      ...command(
        'Moves the question that everyone follows; null shows the overview (C9).',
        { params: sessionPath, body: focusBody },
        ({ body }) => ({ type: 'focus', ...body }),
      ),
    )
    .post(
      '/:id/timer',
      ...command(
        "Starts, pauses, resumes, extends or stops a question's shared timer (C9).",
        { params: sessionPath, body: timerBody },
        ({ body }) => ({ type: 'timer', ...body }),
      ),
    )
    .post(
      '/:id/sweep',
      ...command(
        'Agrees on every unanimous question that has no agreed answer (C9).',
        { params: sessionPath },
        () => ({ type: 'sweep' }),
      ),
    )
    .post(
      '/:id/undo',
      ...command(
        'Undoes the last move of the focus or the last sweep; never a reveal (C9).',
        { params: sessionPath, body: undoBody },
        ({ body }) => ({ type: 'undo', ...body }),
      ),
    )
    .put(
      '/:id/speak-first',
      ...command(
        'Whether flagged questions name who might speak first (C9).',
        { params: sessionPath, body: speakFirstBody },
        ({ body }) => ({ type: 'set-speak-first', ...body }),
      ),
    )
    .put(
      '/:id/names',
      ...command(
        'Whose names the board shows: all, none on the meeting screen, none until closed (J3).',
        { params: sessionPath, body: namesBody },
        ({ body }) => ({ type: 'set-names', ...body }),
      ),
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
      ...command(
        'Makes another lead the facilitator (C3).',
        { params: sessionPath, body: handOverBody },
        ({ body }) => ({ type: 'hand-over', ...body }),
      ),
    )
    .post(
      '/:id/revotes',
      ...command(
        'Opens a re-vote on a question (C13).',
        { params: sessionPath, body: openRevoteBody },
        ({ body }) => ({ type: 'open-revote', ...body }),
      ),
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
      enters,
      ...command(
        "Casts the caller's vote, or changes it until the reveal (C13).",
        { params: revotePath, body: voteBody },
        ({ actor, params, body }) => ({
          type: 'vote',
          revoteId: params.revoteId,
          memberId: actor.memberId,
          ...body,
        }),
      ),
    )
    .post(
      '/:id/revotes/:revoteId/reveal',
      ...command(
        'Reveals every vote at once (C13).',
        { params: revotePath, body: revealRevoteBody },
        ({ params, body }) => ({ type: 'reveal-revote', revoteId: params.revoteId, ...body }),
      ),
    )
    .delete(
      '/:id/revotes/:revoteId',
      ...command(
        'Calls an open re-vote off; its votes are destroyed unread (C13).',
        { params: revotePath },
        ({ params }) => ({ type: 'cancel-revote', revoteId: params.revoteId }),
      ),
    );
}
