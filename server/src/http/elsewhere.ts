// Another address than the configured one: `Origin` is compared whole, so nothing works there, and whoever came there must be told
// which address does (O6). What a request says of its address is compared, and never repeated.
import type { MiddlewareHandler } from 'hono';
import { isLoopback, type Reach } from '../reach.ts';
import type { RequestEnv } from './request.ts';
import { isPagePath } from './static.ts';

/** In replies of the API: the right address. A page that was opened elsewhere finds out by it, whatever stands in between. */
const addressHeader = 'Attune-Address';

export function tellAddress(publicUrl: string): MiddlewareHandler<RequestEnv> {
  return async (c, next) => {
    await next();
    c.res.headers.set(addressHeader, publicUrl);
  };
}

/** What proxies add: then `Host` may be a name that no browser has seen. */
const proxied = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Leads whoever opens a page at a wrong address to the right one: by itself between names of this machine, else by a page with the
 * address on it. Only where the address is this very socket; behind anything else `Host` may be an internal name, and the page
 * is served: it knows its own address, and compares it with what the API tells.
 */
export function pagesAtOwnAddress({ publicUrl, isDirect }: Pick<Reach, 'publicUrl' | 'isDirect'>) {
  const right = new URL(publicUrl);
  const middleware: MiddlewareHandler<RequestEnv> = async (c, next) => {
    const isPage = ['GET', 'HEAD'].includes(c.req.method) && isPagePath(c.req.path);
    const told = c.req.header('host');
    if (!isDirect || !isPage || told === undefined || proxied.some((name) => c.req.header(name)))
      return next();
    const text = `${right.protocol}//${told}`;
    const asked = URL.canParse(text) ? new URL(text) : null;
    if (!asked || asked.host === right.host) return next();
    if (isLoopback(asked.hostname) && isLoopback(right.hostname) && asked.port === right.port) {
      const { pathname, search } = new URL(c.req.url);
      c.header('Cache-Control', 'no-store');
      return c.redirect(publicUrl + pathname + search, 307);
    }
    // A bare name may be a container's, from a proxy beside it that says nothing of itself.
    const isBare = /^[^.[]+$/.test(asked.hostname) && !isLoopback(asked.hostname);
    const isBrowser = c.req.header('accept')?.includes('text/html') ?? false;
    if (isBare || !isBrowser) return next();
    c.header('Cache-Control', 'no-store');
    return c.html(page(publicUrl), 421);
  };
  return middleware;
}

/** Needs no script and no session. The address is the configured one, which has no character that HTML would mind. */
const page = (publicUrl: string) => `<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/plain.css" />
    <title>Attune has another address</title>
  </head>
  <body>
    <main>
      <h1>Attune has another address</h1>
      <p>Open it at <a href="${publicUrl}/">${publicUrl}</a></p>
      ${isLoopback(new URL(publicUrl).hostname) ? '<p>That address opens only on the computer that Attune runs on.</p>' : ''}
      <p>
        Do you run this server? The address people open is <code>PUBLIC_URL</code>. To use the one you typed, stop the
        server, and start it with <code>PUBLIC_URL</code> set to that.
      </p>
    </main>
  </body>
</html>
`;
