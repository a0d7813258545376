// The facilitator's reminders over HTTP (O7).
import { remindBody, reminded } from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import type { ActorEnv } from '../http/actor.ts';
import { createCommands } from '../http/command.ts';
import type { NotifyDeps } from '../notify/service.ts';
import { remind } from './reminder.service.ts';
import { sessionPath } from './replies.ts';

/** Under `/sessions`. */
export function createReminderRoutes(
  deps: NotifyDeps & { readonly serverKey: Uint8Array },
  requireActor: MiddlewareHandler<ActorEnv>,
) {
  const command = createCommands(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .post(
      '/:id/reminders',
      ...command(
        'Reminds those who have not submitted (O7).',
        { params: sessionPath, body: remindBody, replies: { 200: reminded } },
        (unit, { actor, params, body }) => remind(deps, unit, actor, params.id, body.participantIds ?? null),
      ),
    );
}
