// The people of a session over HTTP: put out, let back in, given another name; and what an excused participant is told (C12, J1).
import { idSchema, ownExcuse, putOutBody, renameGuestBody } from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { describe, validateParams } from '../http/validate.ts';
import type { CommandDeps } from './execute.ts';
import { readOwnExcuse } from './read.ts';
import { createSessionCommands, found, sessionPath } from './replies.ts';

const personPath = z.object({ id: idSchema, memberId: idSchema });

export function createSessionPeopleRoutes(deps: CommandDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const command = createSessionCommands(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .post(
      '/:id/put-out',
      ...command(
        'Puts a participant or an observer out at once; before the reveal their sheet is destroyed (C12).',
        { params: sessionPath, body: putOutBody },
        ({ body }) => ({ type: 'put-out', ...body }),
      ),
    )
    .delete(
      '/:id/put-out/:memberId',
      ...command(
        'Lets a member who was put out after the reveal back in (C12).',
        { params: personPath },
        ({ params }) => ({ type: 'let-back-in', memberId: params.memberId }),
      ),
    )
    .put(
      '/:id/guests/:memberId',
      ...command(
        'Gives a guest another name, before or after they are let in (J1).',
        { params: personPath, body: renameGuestBody },
        ({ params, body }) => ({ type: 'rename-guest', memberId: params.memberId, to: body.name }),
      ),
    )
    .get(
      '/:id/excuse',
      describe('That the caller is excused, by whom and why (C7).', { 200: ownExcuse }),
      validateParams(sessionPath),
      async (c) => c.json(found(await readOwnExcuse(deps.db, c.get('actor'), c.req.valid('param').id)), 200),
    );
}
