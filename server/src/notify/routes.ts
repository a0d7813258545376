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
import { createCommands } from '../http/command.ts';
import { accepted } from '../http/failure.ts';
import { describe, validateQuery } from '../http/validate.ts';
import { choose, type NotifyDeps, readAll, readChoices, readInbox } from './service.ts';

export function createNotifyRoutes(
  deps: NotifyDeps & { readonly serverKey: Uint8Array },
  requireActor: MiddlewareHandler<ActorEnv>,
) {
  const { db } = deps;
  const command = createCommands(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get(
      '/notifications',
      describe("The caller's notifications, the latest first (O7).", { 200: notificationPage }),
      validateQuery(notificationQuery),
      async (c) => c.json(accepted(await readInbox(db, c.get('actor'), c.req.valid('query'))), 200),
    )
    .post(
      '/notifications/read',
      ...command(
        "Marks the caller's notifications as read: the given ones, or all (O7).",
        { body: readNotificationsBody, replies: { 200: unreadCount } },
        (unit, { actor, body }) => readAll(deps, unit, actor, body.ids ?? null),
      ),
    )
    .get(
      '/notifications/choices',
      describe('What the caller wants to hear of in the app (O7).', { 200: notificationChoices }),
      async (c) => c.json(accepted(await readChoices(db, c.get('actor'))), 200),
    )
    .put(
      '/notifications/choices',
      ...command(
        'Chooses what to hear of in the app (O7).',
        { body: notificationChoices, replies: { 200: notificationChoices } },
        (unit, { actor, body }) => choose(unit, actor, body.inApp),
      ),
    );
}
