// Clients and their lines of business over HTTP (O3).
import {
  type ClientView,
  clientList,
  clientView,
  idSchema,
  namedChange,
  newClient,
  newLob,
} from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { Database } from '../db/client.ts';
import type { ActorEnv } from '../http/actor.ts';
import { createCommands } from '../http/command.ts';
import { accepted } from '../http/failure.ts';
import { describe } from '../http/validate.ts';
import { mapDone } from '../outcome.ts';
import {
  addClient,
  addLob,
  type ClientDeps,
  changeClient,
  changeLob,
  readClients,
} from './clients.service.ts';
import type { Client } from './clients.store.ts';

const clientPath = z.object({ id: idSchema });
const lobPath = z.object({ id: idSchema, lobId: idSchema });

const clientToView = ({ lobs, ...client }: Client): ClientView => ({
  ...client,
  lobs: lobs.map((lob) => ({ ...lob })),
});

export function createClientRoutes(
  deps: ClientDeps & { readonly db: Database; readonly serverKey: Uint8Array },
  requireActor: MiddlewareHandler<ActorEnv>,
) {
  const command = createCommands(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get(
      '/',
      describe('Clients with their lines of business (O3), those one has access to (O4).', {
        200: clientList,
      }),
      async (c) => {
        const clients = accepted(await readClients(deps.db, c.get('actor')));
        return c.json({ clients: clients.map(clientToView) }, 200);
      },
    )
    .post(
      '/',
      ...command(
        'Adds a client with lines of business.',
        { body: newClient, replies: { 201: clientView } },
        async (unit, { actor, body }) => mapDone(await addClient(deps, unit, actor, body), clientToView),
      ),
    )
    .patch(
      '/:id',
      ...command(
        'Renames a client, archives it, or takes it up again. What is archived is offered for nothing new.',
        { params: clientPath, body: namedChange, replies: { 200: clientView } },
        async (unit, { actor, params, body }) =>
          mapDone(await changeClient(deps, unit, actor, params.id, body), clientToView),
      ),
    )
    .post(
      '/:id/lobs',
      ...command(
        'Adds a line of business to a client.',
        { params: clientPath, body: newLob, replies: { 201: clientView } },
        async (unit, { actor, params, body }) =>
          mapDone(await addLob(deps, unit, actor, params.id, body), clientToView),
      ),
    )
    .patch(
      '/:id/lobs/:lobId',
      ...command(
        'Renames a line of business, archives it, or takes it up again.',
        { params: lobPath, body: namedChange, replies: { 200: clientView } },
        async (unit, { actor, params, body }) => {
          const changed = await changeLob(
            deps,
            unit,
            actor,
            { clientId: params.id, lobId: params.lobId },
            body,
          );
          return mapDone(changed, clientToView);
        },
      ),
    );
}
