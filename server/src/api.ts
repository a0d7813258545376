// Everything that answers HTTP, put together: headers first, then the routes, the pages last.
import { Hono } from 'hono';
import { openAPIRouteHandler } from 'hono-openapi';
import type { Database } from './db/client.ts';
import { onNotFound, onProblem } from './http/problem.ts';
import { type RequestEnv, requestId } from './http/request.ts';
import { limitBody, securityHeaders } from './http/security.ts';
import { createStatic } from './http/static.ts';
import type { Health } from './ops/health.ts';
import type { Logger } from './ops/log.ts';

export interface ApiDeps {
  readonly db: Database;
  readonly log: Logger;
  readonly health: Health;
  /** The origin people open: what `Origin` is compared with, and what links begin with. */
  readonly publicUrl: string;
  /** 32 bytes; see `ops/server-key.ts`. */
  readonly serverKey: Uint8Array;
  /** Whether this is the demo's database, where one signs in by a click. */
  readonly demo: boolean;
  /** Folder of the built pages. */
  readonly clientFolder: string;
}

/** The largest body any route takes, in bytes. */
const largestBody = 4 * 1024 * 1024;

export function createApi(deps: ApiDeps) {
  const app = new Hono<RequestEnv>();
  app.onError(onProblem(deps.log));
  app.notFound(onNotFound);
  app.use(requestId, securityHeaders(deps.publicUrl), limitBody(largestBody));
  app.get('/healthz', (c) => c.json({ status: 'alive' }, 200, { 'Cache-Control': 'no-store' }));
  app.get('/readyz', async (c) => {
    const ready = await deps.health.isReady();
    return c.json({ status: ready ? 'ready' : 'not ready' }, ready ? 200 : 503, {
      'Cache-Control': 'no-store',
    });
  });
  app.get(
    '/api/openapi.json',
    openAPIRouteHandler(app, {
      documentation: { info: { title: 'Attune', version: '1', description: 'The API of Attune.' } },
      defaultValidationErrorResponse: false,
      excludeStaticFile: false,
    }),
  );
  app.route('/', createStatic(deps.clientFolder));
  return app;
}

export type Api = ReturnType<typeof createApi>;
