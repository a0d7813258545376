// Notifications over HTTP (O7): one's own and nobody else's.
import {
  notificationChoices,
  notificationPage,
  notificationQuery,
  readNotificationsBody,
  unreadCount,
} from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import type { ActorEnv } from '../http/actor.ts';
import { idempotent } from '../http/idempotency.ts';
import { ProblemError } from '../http/problem.ts';
import { describe, validateBody, validateQuery } from '../http/validate.ts';
import { choose, type NotifyDeps, readAll, readChoices, readInbox } from './service.ts';

function own<T>(value: T | null): T {
  if (value === null) throw new ProblemError('not-allowed');
  return value;
}

export function createNotifyRoutes(
  deps: NotifyDeps & { readonly serverKey: Uint8Array },
  requireActor: MiddlewareHandler<ActorEnv>,
) {
  const once = idempotent(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get(
      '/notifications',
      describe("The caller's notifications, the latest first (O7).", { 200: notificationPage }),
      validateQuery(notificationQuery),
      async (c) => c.json(own(await readInbox(deps, c.get('actor'), c.req.valid('query'))), 200),
    )
    .post(
      '/notifications/read',
      describe("Marks the caller's notifications as read: the given ones, or all (O7).", {
        200: unreadCount,
      }),
      once,
      validateBody(readNotificationsBody),
      async (c) => {
        const unread = own(await readAll(deps, c.get('actor'), c.req.valid('json').ids ?? null));
        return c.json({ unread }, 200);
      },
    )
    .get(
      '/notifications/choices',
      describe('What the caller wants to hear of in the app (O7).', { 200: notificationChoices }),
      async (c) => c.json({ inApp: own(await readChoices(deps, c.get('actor'))) }, 200),
    )
    .put(
      '/notifications/choices',
      describe('Chooses what to hear of in the app (O7).', { 200: notificationChoices }),
      once,
      validateBody(notificationChoices),
      async (c) => {
        const inApp = own(await choose(deps, c.get('actor'), c.req.valid('json').inApp));
        return c.json({ inApp }, 200);
      },
    );
}
