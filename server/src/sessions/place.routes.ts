// The HTTP face of a person's own place (J2): who opened it, what its owner says of that, an empty sheet after a reset. Path, who,
// status; the rest is the service's.
import { idSchema, placeAnswerBody, placeView, sessionView } from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { idempotent } from '../http/idempotency.ts';
import { ProblemError } from '../http/problem.ts';
import { describe, validateBody, validateParams } from '../http/validate.ts';
import type { CommandDeps } from './execute.ts';
import { answerPlace, enterPlace, readPlace, restartPlace } from './place.service.ts';
import { accepted, found, sessionPath, viewAfter } from './replies.ts';

const entryPath = z.object({ id: idSchema, entryId: idSchema });

/** Before anything of a person's own place is read or written over HTTP: the entry is kept. */
export const entersPlace = (deps: CommandDeps): MiddlewareHandler<ActorEnv, '/:id/*'> =>
  createMiddleware<ActorEnv, '/:id/*'>(async (c, next) => {
    const id = idSchema.safeParse(c.req.param('id'));
    if (id.success) await enterPlace(deps, c.get('actor'), c.get('signedIn'), id.data);
    await next();
  });

export function createPlaceRoutes(deps: CommandDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const once = idempotent(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get(
      '/:id/place',
      describe("The caller's own place: other browsers that opened it, and whether it is shut (J2).", {
        200: placeView,
      }),
      validateParams(sessionPath),
      async (c) => {
        const { id } = c.req.valid('param');
        return c.json(found(await readPlace(deps, c.get('actor'), c.get('signedIn'), id)), 200);
      },
    )
    .post(
      '/:id/place/entries/:entryId',
      describe(
        "Says of another browser that opened one's place: me, or not me, which ends its sign-in (J2).",
        {
          204: null,
        },
      ),
      once,
      validateParams(entryPath),
      validateBody(placeAnswerBody),
      async (c) => {
        const actor = c.get('actor');
        const { id, entryId } = c.req.valid('param');
        const said = c.req.valid('json');
        const outcome = await answerPlace(deps, actor, c.get('signedIn'), id, { entryId, ...said });
        if (outcome === 'done') return c.body(null, 204);
        if (outcome === 'not-found') throw new ProblemError('not-found');
        if (outcome === 'spent')
          throw new ProblemError('not-allowed', { detail: 'This sign-in has started afresh once already.' });
        accepted(outcome, actor);
        return c.body(null, 204);
      },
    )
    .post(
      '/:id/place/restart',
      describe(
        "Starts an empty sheet where one's own is shut after a reset; the old one is discarded (J2).",
        {
          200: sessionView,
        },
      ),
      once,
      validateParams(sessionPath),
      async (c) => {
        const actor = c.get('actor');
        return c.json(viewAfter(await restartPlace(deps, actor, c.req.valid('param').id), actor), 200);
      },
    );
}
