// The built pages. Files under /assets carry a hash in their name and are kept for ever; everything else is asked for
// again each time. Addresses of the API and of sync never fall back to a page.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { answerProblem } from './problem.ts';
import type { RequestEnv } from './request.ts';

const notPages = /^\/(api|sync|assets|healthz|readyz|metrics)(\/|$)/;

/** What the evaluator's page shows; every other address is the main page's, but for the meeting screen's. See client/src/paths.ts. */
const evaluatorPages = /^\/(join|calibrations\/[^/]+\/score)\/*$/i;

/** Whether an address of ours is a page's: neither the API's nor a file's. */
export const isPagePath = (pathname: string) => !notPages.test(pathname) && path.extname(pathname) === '';

/** Serves a folder made by the client's build; every other address is a page, whose router reads it. */
export function createStatic(folder: string): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  if (!existsSync(path.join(folder, 'index.html'))) {
    const detail = 'The pages are not built: run npm start, or npm run dev.';
    return app.get('*', (c) => answerProblem(c, 'not-found', notPages.test(c.req.path) ? {} : { detail }));
  }
  const files = serveStatic({ root: folder, precompressed: true });
  const page = serveStatic({ root: folder, path: 'index.html', precompressed: true });
  const evaluator = serveStatic({ root: folder, path: 'score.html', precompressed: true });
  const screen = serveStatic({ root: folder, path: 'display.html', precompressed: true });
  const none = async () => {};
  app.get('/assets/*', async (c) => {
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return (await files(c, none)) ?? answerProblem(c, 'not-found');
  });
  app.get('*', async (c, next) => {
    if (notPages.test(c.req.path)) return answerProblem(c, 'not-found');
    c.header('Cache-Control', 'no-cache');
    if (!isPagePath(c.req.path)) return (await files(c, none)) ?? answerProblem(c, 'not-found');
    if (c.req.path === '/display') return screen(c, next);
    return evaluatorPages.test(c.req.path) ? evaluator(c, next) : page(c, next);
  });
  return app;
}
