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
import { mayDo, publishProblems, questionsOf } from '@attune/domain';
import { Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { idempotent } from '../http/idempotency.ts';
import { ProblemError } from '../http/problem.ts';
import { describe, validateBody, validateParams, validateQuery } from '../http/validate.ts';
import {
  findScopeProblem,
  importScorecard,
  publishScorecard,
  readScorecard,
  readScorecards,
  retireScorecard,
  reviseScorecard,
  type ScopeProblem,
  type ScorecardDeps,
  type ScorecardOutcome,
  statusOf,
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

const scopeSentences: Record<ScopeProblem, string> = {
  'scope-unknown': 'Choose a client, or a line of business of that client.',
  'scope-not-covered': 'Choose a client or line of business that is all yours.',
};

function accepted(outcome: ScorecardOutcome): { id: string; versionId: string } {
  if (outcome.ok) return { id: outcome.id, versionId: outcome.versionId };
  if ('slug' in outcome) throw new ProblemError(outcome.slug);
  if ('scopeProblem' in outcome) {
    throw new ProblemError('invalid-input', {
      errors: [{ pointer: '/scope', detail: scopeSentences[outcome.scopeProblem] }],
    });
  }
  throw new ProblemError('scorecard-not-publishable', {
    errors: outcome.problems.map(({ pointer, code }) => ({ pointer, detail: code })),
  });
}

export function createScorecardRoutes(
  deps: ScorecardDeps & { readonly serverKey: Uint8Array },
  requireActor: MiddlewareHandler<ActorEnv>,
) {
  const { db } = deps;
  const once = idempotent(deps);
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
        const actor = c.get('actor');
        if (!mayDo(actor, 'scorecards.list')) throw new ProblemError('not-allowed');
        const found = await readScorecards(db, actor, c.req.valid('query').status);
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
        const stored = await readScorecard(db, c.get('actor'), c.req.valid('param').id, version);
        if (!stored) throw new ProblemError('not-found');
        return c.json(scorecardToDetail(stored), 200);
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
        const stored = await readScorecard(db, c.get('actor'), id, c.req.valid('query').version);
        if (!stored) throw new ProblemError('not-found');
        const file = `scorecard-${id}-v${stored.version}.json`;
        c.header('Content-Disposition', `attachment; filename="${file}"`);
        return c.json(documentOfScorecard(stored.content, stored.scope), 200);
      },
    )
    .post(
      '/import',
      describe('Makes a draft out of an import document; a dry run tells what publishing would refuse.', {
        200: dryRunReply,
        201: scorecardCreated,
      }),
      once,
      validateQuery(importQuery),
      validateBody(scorecardDocument, 'document'),
      async (c) => {
        const document = c.req.valid('json');
        const content = scorecardOfDocument(document);
        const actor = c.get('actor');
        if (c.req.valid('query').dryRun === 'true') {
          if (!mayDo(actor, 'scorecards.create')) throw new ProblemError('not-allowed');
          const scopeProblem = await findScopeProblem(db, actor, document.scope);
          const problems = [
            ...(scopeProblem ? [{ pointer: '/scope', code: scopeProblem }] : []),
            ...publishProblems(content).map(({ pointer, code }) => ({ pointer, code })),
          ];
          return c.json({ dryRun: true as const, problems }, 200);
        }
        return c.json(accepted(await importScorecard(deps, actor, document.scope, content)), 201);
      },
    )
    .put(
      '/:id/draft',
      describe('Changes the draft, or makes the next draft version of a published scorecard.', {
        200: scorecardCreated,
      }),
      once,
      validateParams(scorecardPath),
      validateBody(scorecardDocument, 'document'),
      async (c) => {
        const content = scorecardOfDocument(c.req.valid('json'));
        return c.json(
          accepted(await reviseScorecard(deps, c.get('actor'), c.req.valid('param').id, content)),
          200,
        );
      },
    )
    .post(
      '/:id/publish',
      describe('Publishes the draft, or says everything that keeps it from being published.', {
        200: scorecardCreated,
      }),
      once,
      validateParams(scorecardPath),
      async (c) =>
        c.json(accepted(await publishScorecard(deps, c.get('actor'), c.req.valid('param').id)), 200),
    )
    .post(
      '/:id/archive',
      describe('Takes the scorecard out of use; what was scored on it stays.', { 200: scorecardCreated }),
      once,
      validateParams(scorecardPath),
      async (c) =>
        c.json(accepted(await retireScorecard(deps, c.get('actor'), c.req.valid('param').id)), 200),
    );
}
