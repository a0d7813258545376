// The people of a session over HTTP: put out, let back in, given another name; and what an excused participant is told (C12, J1).
import { idSchema, ownExcuse, putOutBody, renameGuestBody, sessionView } from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { idempotent } from '../http/idempotency.ts';
import { describe, validateBody, validateParams } from '../http/validate.ts';
import type { CommandDeps } from './execute.ts';
import { readOwnExcuse } from './read.ts';
import { commanding, found, sessionPath } from './replies.ts';

const personPath = z.object({ id: idSchema, memberId: idSchema });

export function createSessionPeopleRoutes(deps: CommandDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const once = idempotent(deps);
  const give = commanding(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .post(
      '/:id/put-out',
      describe(
        'Puts a participant or an observer out at once; before the reveal their sheet is destroyed (C12).',
        {
          200: sessionView,
        },
      ),
      once,
      validateParams(sessionPath),
      validateBody(putOutBody),
      (c) => give(c, c.req.valid('param').id, { type: 'put-out', ...c.req.valid('json') }),
    )
    .delete(
      '/:id/put-out/:memberId',
      describe('Lets a member who was put out after the reveal back in (C12).', { 200: sessionView }),
      once,
      validateParams(personPath),
      (c) => {
        const { id, memberId } = c.req.valid('param');
        return give(c, id, { type: 'let-back-in', memberId });
      },
    )
    .put(
      '/:id/guests/:memberId',
      describe('Gives a guest another name, before or after they are let in (J1).', { 200: sessionView }),
      once,
      validateParams(personPath),
      validateBody(renameGuestBody),
      (c) => {
        const { id, memberId } = c.req.valid('param');
        return give(c, id, { type: 'rename-guest', memberId, to: c.req.valid('json').name });
      },
    )
    .get(
      '/:id/excuse',
      describe('That the caller is excused, by whom and why (C7).', { 200: ownExcuse }),
      validateParams(sessionPath),
      async (c) => c.json(found(await readOwnExcuse(deps.db, c.get('actor'), c.req.valid('param').id)), 200),
    );
}
