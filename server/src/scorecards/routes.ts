// Scorecards over HTTP: read, import, revise, publish, archive, export.
import {
  documentOfScorecard,
  idSchema,
  type ScorecardDetail,
  type ScorecardSummary,
  scorecardCreated,
  scorecardDetail,
  scorecardDocument,
  scorecardList,
  scorecardOfDocument,
  scorecardStatus,
} from '@attune/contract';
import { questionsOf } from '@attune/domain';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { Database } from '../db/client.ts';
import type { ActorEnv } from '../http/actor.ts';
import { createCommands } from '../http/command.ts';
import { accepted } from '../http/failure.ts';
import { describe, validateParams, validateQuery } from '../http/validate.ts';
import { mapDone } from '../outcome.ts';
import {
  importScorecard,
  publishScorecard,
  readScorecard,
  readScorecards,
  retireScorecard,
  reviseScorecard,
  type ScorecardDeps,
  statusOf,
  tryImport,
} from './service.ts';
import type { StoredScorecard } from './store.ts';

const scorecardPath = z.object({ id: idSchema });
const versionQuery = z.object({
  version: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1_000_000))),
});
const listQuery = z.object({ status: z.optional(scorecardStatus) });
const importQuery = z.object({ dryRun: z.optional(z.enum(['true', 'false'])) });
/** What publishing would object to, found by a dry run: nothing was written. */
const dryRunReply = z.object({
  dryRun: z.literal(true),
  problems: z.array(z.object({ pointer: z.string(), code: z.string() })),
});

function scorecardToSummary(stored: StoredScorecard): ScorecardSummary {
  return {
    id: stored.id,
    name: stored.content.name,
    description: stored.content.description,
    status: statusOf(stored),
    scope: stored.scope,
    versionId: stored.versionId,
    version: stored.version,
    questions: questionsOf(stored.content).length,
    sections: stored.content.sections.length,
    publishedAt: stored.publishedAt,
  };
}

const scorecardToDetail = (stored: StoredScorecard): ScorecardDetail => ({
  ...scorecardToSummary(stored),
  content: stored.content,
});

export function createScorecardRoutes(
  deps: ScorecardDeps & { readonly db: Database; readonly serverKey: Uint8Array },
  requireActor: MiddlewareHandler<ActorEnv>,
) {
  const { db } = deps;
  const command = createCommands(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get(
      '/',
      describe(
        'The scorecards one may see (S1), the newest version of each; with a status, the newest in it.',
        {
          200: scorecardList,
        },
      ),
      validateQuery(listQuery),
      async (c) => {
        const found = accepted(await readScorecards(db, c.get('actor'), c.req.valid('query').status));
        return c.json({ scorecards: found.map(scorecardToSummary) }, 200);
      },
    )
    .get(
      '/:id',
      describe('One scorecard with its content; the newest version unless one is named.', {
        200: scorecardDetail,
      }),
      validateParams(scorecardPath),
      validateQuery(versionQuery),
      async (c) => {
        const { version } = c.req.valid('query');
        const found = await readScorecard(db, c.get('actor'), c.req.valid('param').id, version);
        return c.json(scorecardToDetail(accepted(found)), 200);
      },
    )
    .get(
      '/:id/export',
      describe('The scorecard as an import document (S7); the newest version unless one is named.', {
        200: scorecardDocument,
      }),
      validateParams(scorecardPath),
      validateQuery(versionQuery),
      async (c) => {
        const { id } = c.req.valid('param');
        const { version } = c.req.valid('query');
        const stored = accepted(await readScorecard(db, c.get('actor'), id, version));
        const file = `scorecard-${id}-v${stored.version}.json`;
        c.header('Content-Disposition', `attachment; filename="${file}"`);
        return c.json(documentOfScorecard(stored.content, stored.scope), 200);
      },
    )
    .post(
      '/import',
      ...command(
        'Makes a draft out of an import document; a dry run tells what publishing would refuse.',
        {
          query: importQuery,
          body: scorecardDocument,
          size: 'document',
          replies: { 200: dryRunReply, 201: scorecardCreated },
          status: (reply) => ('dryRun' in reply ? 200 : 201),
        },
        async (unit, { actor, query, body }) => {
          const content = scorecardOfDocument(body);
          if (query.dryRun !== 'true') return importScorecard(deps, unit, actor, body.scope, content);
          const tried = await tryImport(unit.tx, actor, body.scope, content);
          return mapDone(tried, (problems) => ({ dryRun: true as const, problems }));
        },
      ),
    )
    .put(
      '/:id/draft',
      ...command(
        'Changes the draft, or makes the next draft version of a published scorecard.',
        {
          params: scorecardPath,
          body: scorecardDocument,
          size: 'document',
          replies: { 200: scorecardCreated },
        },
        (unit, { actor, params, body }) =>
          reviseScorecard(deps, unit, actor, params.id, scorecardOfDocument(body)),
      ),
    )
    .post(
      '/:id/publish',
      ...command(
        'Publishes the draft, or says everything that keeps it from being published.',
        { params: scorecardPath, replies: { 200: scorecardCreated } },
        (unit, { actor, params }) => publishScorecard(deps, unit, actor, params.id),
      ),
    )
    .post(
      '/:id/archive',
      ...command(
        'Takes the scorecard out of use; what was scored on it stays.',
        { params: scorecardPath, replies: { 200: scorecardCreated } },
        (unit, { actor, params }) => retireScorecard(deps, unit, actor, params.id),
      ),
    );
}
