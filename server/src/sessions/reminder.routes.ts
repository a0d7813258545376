// The facilitator's reminders over HTTP (O7).
import { remindBody, reminded } from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import type { ActorEnv } from '../http/actor.ts';
import { idempotent } from '../http/idempotency.ts';
import { ProblemError, refusalProblem } from '../http/problem.ts';
import { describe, validateBody, validateParams } from '../http/validate.ts';
import type { NotifyDeps } from '../notify/service.ts';
import { remind } from './reminder.service.ts';
import { sessionPath } from './replies.ts';

/** Under `/sessions`. */
export function createReminderRoutes(
  deps: NotifyDeps & { readonly serverKey: Uint8Array },
  requireActor: MiddlewareHandler<ActorEnv>,
) {
  const once = idempotent(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .post(
      '/:id/reminders',
      describe('Reminds those who have not submitted (O7).', { 200: reminded }),
      once,
      validateParams(sessionPath),
      validateBody(remindBody),
      async (c) => {
        const wanted = c.req.valid('json').participantIds ?? null;
        const outcome = await remind(deps, c.get('actor'), c.req.valid('param').id, wanted);
        if (outcome.ok) return c.json({ participantIds: outcome.participantIds }, 200);
        if ('denied' in outcome) throw new ProblemError(outcome.denied);
        throw refusalProblem(outcome.refusal);
      },
    );
}
