// The HTTP face of a person's own place (J2): who opened it, what its owner says of that, an empty sheet after a reset. Path, who,
// status; the rest is the service's.
import { idSchema, placeAnswerBody, placeView, sessionReply } from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { createCommands } from '../http/command.ts';
import { describe, validateParams } from '../http/validate.ts';
import { mapDone } from '../outcome.ts';
import type { CommandDeps } from './execute.ts';
import { answerPlace, enterPlace, readPlace, restartPlace } from './place.service.ts';
import { found, sessionPath } from './replies.ts';
import { sessionToReply } from './views.ts';

const entryPath = z.object({ id: idSchema, entryId: idSchema });

/** Before anything of a person's own place is read or written over HTTP: the entry is kept. */
export const entersPlace = (deps: CommandDeps): MiddlewareHandler<ActorEnv, '/:id/*'> =>
  createMiddleware<ActorEnv, '/:id/*'>(async (c, next) => {
    const id = idSchema.safeParse(c.req.param('id'));
    if (id.success) await enterPlace(deps, c.get('actor'), c.get('signedIn'), id.data);
    await next();
  });

export function createPlaceRoutes(deps: CommandDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const command = createCommands(deps);
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
      ...command(
        "Says of another browser that opened one's place: me, or not me, which ends its sign-in (J2).",
        { params: entryPath, body: placeAnswerBody, replies: { 204: null } },
        (unit, { actor, signedIn, params: { id, entryId }, body }) =>
          answerPlace(unit, deps, actor, signedIn, id, { entryId, ...body }),
      ),
    )
    .post(
      '/:id/place/restart',
      ...command(
        "Starts an empty sheet where one's own is shut after a reset; the old one is discarded (J2).",
        { params: sessionPath, replies: { 200: sessionReply } },
        async (unit, { actor, params }) =>
          mapDone(await restartPlace(unit, deps, actor, params.id), ({ stored }) =>
            sessionToReply(stored, actor),
          ),
      ),
    );
}
