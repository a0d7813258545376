// Guests over HTTP, for administrators (J1).
import { guestList, idSchema } from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { createCommands } from '../http/command.ts';
import { accepted } from '../http/failure.ts';
import { describe } from '../http/validate.ts';
import { endGuest, readGuests } from './guests.ts';
import type { PeopleRouteDeps } from './routes.ts';

const guestPath = z.object({ id: idSchema });

export function createGuestRoutes(deps: PeopleRouteDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const command = createCommands(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get(
      '/guests',
      describe('Who came into a session without an account, for administrators (J1).', { 200: guestList }),
      async (c) => {
        const guests = accepted(await readGuests(deps, c.get('actor')));
        return c.json({ guests }, 200);
      },
    )
    .delete(
      '/guests/:id',
      ...command(
        'Ends a guest: their sign-in and their live connections, at once (J1).',
        { params: guestPath, replies: { 204: null } },
        (unit, { actor, params, caller }) => endGuest(deps, unit, actor, params.id, caller),
      ),
    );
}
