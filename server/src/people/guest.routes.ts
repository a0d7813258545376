// Guests over HTTP, for administrators (J1).
import { guestList, idSchema } from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { callerOf } from '../http/caller.ts';
import { idempotent } from '../http/idempotency.ts';
import { ProblemError } from '../http/problem.ts';
import { describe, validateParams } from '../http/validate.ts';
import { endGuest, readGuests } from './guests.ts';
import type { PeopleRouteDeps } from './routes.ts';

const guestPath = z.object({ id: idSchema });

export function createGuestRoutes(deps: PeopleRouteDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get(
      '/guests',
      describe('Who came into a session without an account, for administrators (J1).', { 200: guestList }),
      async (c) => {
        const guests = await readGuests(deps, c.get('actor'));
        if (guests === 'not-allowed') throw new ProblemError(guests);
        return c.json({ guests }, 200);
      },
    )
    .delete(
      '/guests/:id',
      describe('Ends a guest: their sign-in and their live connections, at once (J1).', { 204: null }),
      idempotent(deps),
      validateParams(guestPath),
      async (c) => {
        const outcome = await endGuest(deps, c.get('actor'), c.req.valid('param').id, callerOf(c));
        if (outcome !== 'ok') throw new ProblemError(outcome);
        return c.body(null, 204);
      },
    );
}
