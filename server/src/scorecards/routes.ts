// Scorecards over HTTP: read, make, import, change a draft, publish, archive, export.
import {
  documentOfScorecard,
  draftBody,
  draftSaved,
  idSchema,
  newScorecardBody,
  publishingView,
  type ScorecardDetail,
  type ScorecardSummary,
  type ScorecardVersion,
  scorecardCreated,
  scorecardDetail,
  scorecardDocument,
  scorecardList,
  scorecardOfDocument,
  scorecardStatus,
  scorecardVersions,
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
import { beginDraft, createScorecard, discardDraft, saveDraft } from './drafts.service.ts';
import {
  importScorecard,
  publishScorecard,
  type ReadScorecard,
  readPublishing,
  readScorecard,
  readScorecards,
  readVersions,
  retireScorecard,
  type ScorecardDeps,
  statusOf,
  tryImport,
} from './service.ts';
import type { StoredScorecard } from './store.ts';

const scorecardPath = z.object({ id: idSchema });
const versionQuery = z.object({
  version: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1_000_000))),
});
const seenQuery = z.object({ versionId: idSchema, revision: z.coerce.number().check(z.int(), z.minimum(1)) });
/** The draft that was looked at, and in which revision. */
const publishQuery = z.partial(seenQuery);
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

const scorecardToDetail = (found: ReadScorecard): ScorecardDetail => ({
  ...scorecardToSummary(found),
  content: found.content,
  revision: found.revision,
  lastChange: found.lastChange,
  publishedVersion: found.publishedVersion,
  mayChange: found.mayChange,
});

const scorecardToVersion = (stored: StoredScorecard): ScorecardVersion => ({
  versionId: stored.versionId,
  version: stored.version,
  name: stored.content.name,
  publishedAt: stored.publishedAt,
  lastChange: stored.lastChange,
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
      '/:id/versions',
      describe('The versions of a scorecard that one may see, newest first.', { 200: scorecardVersions }),
      validateParams(scorecardPath),
      async (c) => {
        const found = accepted(await readVersions(db, c.get('actor'), c.req.valid('param').id));
        return c.json({ versions: found.map(scorecardToVersion) }, 200);
      },
    )
    .get(
      '/:id/publishing',
      describe('What publishing the draft would change for others.', { 200: publishingView }),
      validateParams(scorecardPath),
      async (c) => {
        const found = await readPublishing(db, c.get('actor'), c.req.valid('param').id);
        return c.json(accepted(found), 200);
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
    .post(
      '/',
      ...command(
        'Makes a draft with one section and one question, both still without words.',
        { body: newScorecardBody, replies: { 201: scorecardCreated } },
        (unit, { actor, body }) => createScorecard(deps, unit, actor, body),
      ),
    )
    .post(
      '/:id/draft',
      ...command(
        'The draft of the scorecard: the one there is, or the next version, begun with what is published.',
        { params: scorecardPath, replies: { 200: draftSaved } },
        (unit, { actor, params }) => beginDraft(deps, unit, actor, params.id),
      ),
    )
    .put(
      '/:id/draft',
      ...command(
        'Saves the draft over the revision it was made from; over any other it is refused, with what stands there.',
        { params: scorecardPath, body: draftBody, size: 'document', replies: { 200: draftSaved } },
        (unit, { actor, params, body }) => saveDraft(deps, unit, actor, params.id, body),
      ),
    )
    .delete(
      '/:id/draft',
      ...command(
        'Takes the draft away; with it the scorecard, where nothing of it was ever published.',
        { params: scorecardPath, query: seenQuery, replies: { 204: null } },
        (unit, { actor, params, query }) => discardDraft(unit, actor, params.id, query),
      ),
    )
    .post(
      '/:id/publish',
      ...command(
        'Publishes the draft, where given the one named in its revision, or says everything that keeps it from being published.',
        { params: scorecardPath, query: publishQuery, replies: { 200: scorecardCreated } },
        (unit, { actor, params, query }) => publishScorecard(deps, unit, actor, params.id, query),
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
