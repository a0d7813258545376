// The built pages. Files under /assets carry a hash in their name and are kept for ever; everything else is asked for
// again each time. Addresses of the API and of sync never fall back to a page.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { answerProblem } from './problem.ts';
import type { RequestEnv } from './request.ts';

const notPages = /^\/(api|sync|assets|healthz|readyz)(\/|$)/;

/** Serves a folder made by the client's build; every other address is the page itself, whose router reads it. */
export function createStatic(folder: string): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const cache = (value: string) => (_: string, c: { header(name: string, value: string): void }) =>
    c.header('Cache-Control', value);
  app.get(
    '/assets/*',
    serveStatic({ root: folder, precompressed: true, onFound: cache('public, max-age=31536000, immutable') }),
    (c) => answerProblem(c, 'not-found'),
  );
  const files = serveStatic({ root: folder, precompressed: true, onFound: cache('no-cache') });
  const page = serveStatic({
    root: folder,
    path: 'index.html',
    precompressed: true,
    onFound: cache('no-cache'),
  });
  app.get('*', async (c, next) => {
    if (notPages.test(c.req.path)) return answerProblem(c, 'not-found');
    if (!existsSync(path.join(folder, 'index.html'))) {
      return answerProblem(c, 'not-found', {
        detail: 'The pages are not built: run npm start, or npm run dev.',
      });
    }
    if (c.req.path !== '/' && path.extname(c.req.path) !== '') {
      const file = await files(c, async () => {});
      return file ?? answerProblem(c, 'not-found');
    }
    return page(c, next);
  });
  return app;
}
