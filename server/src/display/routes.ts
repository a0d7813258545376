// The meeting screen over HTTP (J3): its link is shown once, in a body, and then kept by its browser in a cookie of its own that
// opens these routes and nothing else.
import { boardView, displayQuery, displayView, openDisplayBody } from '@attune/contract';
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { callerOf } from '../http/caller.ts';
import { accepted } from '../http/failure.ts';
import { ProblemError } from '../http/problem.ts';
import type { RequestEnv } from '../http/request.ts';
import { sendPressed } from '../http/send-pressed.ts';
import { describe, validateBody, validateQuery } from '../http/validate.ts';
import type { LinkRow } from '../joining/store.ts';
import type { SecurityDeps } from '../security/log.ts';
import {
  type DisplayDeps,
  displayCookie,
  findDisplay,
  openDisplay,
  readDisplay,
  readDisplayBoard,
} from './service.ts';

export function createDisplayRoutes(deps: DisplayDeps & SecurityDeps) {
  const name = displayCookie(deps.publicUrl);

  /**
   * The screen's link by its cookie.
   * @param shown the session on the screen, where there is one already
   * @throws {ProblemError} as for any link that does not work, also where the cookie is another session's by now
   */
  async function linkOf(c: Context<RequestEnv>, shown: string | undefined): Promise<LinkRow> {
    const token = getCookie(c, name);
    const link = token ? await findDisplay(deps, token) : null;
    if (!link || (shown !== undefined && shown !== link.sessionId)) throw new ProblemError('link-not-valid');
    c.header('Cache-Control', 'no-store');
    return link;
  }

  return new Hono<RequestEnv>()
    .post(
      '/display',
      describe('Opens a meeting screen by its link; the browser keeps it in a cookie (J3).', {
        200: displayView,
      }),
      validateBody(openDisplayBody),
      async (c) => {
        const { token } = c.req.valid('json');
        const { view, expiresAt } = accepted(await openDisplay(deps, token, callerOf(c)));
        setCookie(c, name, token, {
          httpOnly: true,
          sameSite: 'Lax',
          secure: deps.publicUrl.startsWith('https:'),
          path: '/',
          expires: new Date(expiresAt),
        });
        c.header('Cache-Control', 'no-store');
        return c.json(view, 200);
      },
    )
    .get(
      '/display',
      describe('What the screen draws (J3).', { 200: displayView }),
      validateQuery(displayQuery),
      async (c) => {
        const link = await linkOf(c, c.req.valid('query').session);
        return c.json(accepted(await readDisplay(deps, link)), 200);
      },
    )
    .get(
      '/display/board',
      describe('The board as the room may see it, from review on (J3).', { 200: boardView }),
      validateQuery(displayQuery),
      async (c) => {
        const link = await linkOf(c, c.req.valid('query').session);
        return sendPressed(c, accepted(await readDisplayBoard(deps, link)));
      },
    );
}
