// Imports over HTTP (E10): begun, sent in parts, looked at, said yes to, given up.
import { idSchema, importScope, importView, importYes, newImport, partQuery } from '@attune/contract';
import { Hono, type MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as z from 'zod/mini';
import { transact } from '../db/transact.ts';
import type { ActorEnv } from '../http/actor.ts';
import { partBytes, takesBody } from '../http/body.ts';
import { createCommands } from '../http/command.ts';
import { accepted } from '../http/failure.ts';
import { describe, validateParams, validateQuery } from '../http/validate.ts';
import { badRowsToCsv } from './bad-rows.ts';
import { csvReply } from './csv-reply.ts';
import {
  aimImport,
  beginImport,
  giveUp,
  type ImportDeps,
  readImport,
  readOwn,
  sayYes,
  takePart,
} from './service.ts';

const importPath = z.object({ id: idSchema });
const takesPart = takesBody(
  createMiddleware((_c, next) => next()),
  'part',
);

export function createImportRoutes(
  deps: ImportDeps & { readonly serverKey: Uint8Array },
  requireActor: MiddlewareHandler<ActorEnv>,
) {
  const command = createCommands(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .post(
      '/',
      ...command(
        'Begins an import of a file, or goes on with one of the same file: its parts are sent next.',
        { body: newImport, replies: { 201: importView } },
        (unit, { actor, body }) => beginImport(deps, unit, actor, body),
      ),
    )
    .get(
      '/:id',
      describe('An import of one’s own: how much of it has come, and what it would do.', { 200: importView }),
      validateParams(importPath),
      async (c) => c.json(accepted(await readImport(deps, c.get('actor'), c.req.valid('param').id)), 200),
    )
    .put(
      '/:id/parts',
      describe(
        'Sends the part of the file that comes next, as bytes; any other is refused with how much there is.',
        { 200: importView },
        'bytes',
      ),
      validateParams(importPath),
      validateQuery(partQuery),
      takesPart,
      async (c) => {
        const { id } = c.req.valid('param');
        const { offset } = c.req.valid('query');
        // Asked before the bytes are read, so that a stranger sends none.
        accepted(await readOwn(deps.db, c.get('actor'), id));
        const bytes = await partBytes(c);
        const taken = await transact(deps.db, (unit) =>
          takePart(deps, unit, c.get('actor'), id, offset, bytes),
        );
        return c.json(accepted(taken), 200);
      },
    )
    .put(
      '/:id/scope',
      ...command(
        'Says for whom an imported scorecard is to be.',
        { params: importPath, body: importScope, replies: { 200: importView } },
        (unit, { actor, params, body }) => aimImport(unit, actor, params.id, body.scope),
      ),
    )
    .post(
      '/:id/yes',
      ...command(
        'Brings in exactly what the dry run of this plan showed: all of it, or nothing.',
        { params: importPath, body: importYes, replies: { 200: importView } },
        (unit, { actor, params, body, caller }) => sayYes(deps, unit, actor, params.id, body.plan, caller),
      ),
    )
    .delete(
      '/:id',
      ...command(
        'Gives an import up: its file and what was read of it go.',
        { params: importPath, replies: { 204: null } },
        (unit, { actor, params }) => giveUp(unit, actor, params.id),
      ),
    )
    .get(
      '/:id/bad-rows.csv',
      describe(
        'The bad rows of an import as CSV, each as it stands in the file, with what is wrong and what is allowed.',
        {
          200: null,
        },
      ),
      validateParams(importPath),
      async (c) => {
        const found = accepted(await readOwn(deps.db, c.get('actor'), c.req.valid('param').id));
        return csvReply(c, 'bad-rows.csv', badRowsToCsv(deps.db, found));
      },
    );
}
