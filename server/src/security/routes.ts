// The security log over HTTP, for the organisation's administrators alone.
import { securityPage, securityQuery } from '@attune/contract';
import { mayDo } from '@attune/domain';
import { Hono, type MiddlewareHandler } from 'hono';
import type { Database } from '../db/client.ts';
import type { ActorEnv } from '../http/actor.ts';
import { ProblemError } from '../http/problem.ts';
import { describe, validateQuery } from '../http/validate.ts';
import { readSecurityPage } from './log.store.ts';

/** Under `/security-log`. */
export function createSecurityRoutes(
  deps: { readonly db: Database },
  requireActor: MiddlewareHandler<ActorEnv>,
) {
  return new Hono<ActorEnv>().use(requireActor).get(
    '/',
    describe('Who came in, who let whom in, who took what out, the newest first; for administrators.', {
      200: securityPage,
    }),
    validateQuery(securityQuery),
    async (c) => {
      const actor = c.get('actor');
      if (!mayDo(actor, 'members.administer')) throw new ProblemError('not-allowed');
      const page = await readSecurityPage(deps.db, actor.organisationId, c.req.valid('query'));
      if (!page)
        throw new ProblemError('invalid-input', {
          errors: [{ pointer: '?cursor', code: 'cursor' }],
        });
      return c.json(page, 200);
    },
  );
}
