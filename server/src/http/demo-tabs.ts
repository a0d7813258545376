// On the demo several people may be signed in at once, a tab each (O6): a tab that names itself has a sign-in cookie of its own. What
// stands behind sees the one cookie it always sees. Used for the demo alone: elsewhere a browser is signed in as one person.
import { isTabName, tabHeader, tabParameter } from '@attune/contract';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { RequestEnv } from './request.ts';

/** A browser's tabs that stay signed in: those that signed in last. Its cookies travel with each request. */
export const mostTabs = 12;

const separated = /\s*;\s*/;
const nameOf = (pair: string) => pair.split('=', 1)[0] ?? '';
const beginning = (cookie: string) => `${cookie}-tab-`;

/**
 * The cookies of a request as its tab means them: the tab's own sign-in in the place of the browser's.
 * @param cookie name of the sign-in's cookie
 */
function cookiesOfTab(header: string, cookie: string, tab: string): string {
  const pairs = header.split(separated).filter((pair) => pair !== '');
  const own = pairs.find((pair) => nameOf(pair) === beginning(cookie) + tab);
  const others = pairs.filter(
    (pair) => nameOf(pair) !== cookie && !nameOf(pair).startsWith(beginning(cookie)),
  );
  return (own ? [cookie + own.slice(nameOf(own).length), ...others] : others).join('; ');
}

/** Puts the sign-in of the tab that the headers name into the sign-in's place; without a name nothing changes. */
export function readTab(headers: Headers, cookie: string, tab = headers.get(tabHeader)): void {
  if (tab === null || !isTabName(tab)) return;
  headers.set('cookie', cookiesOfTab(headers.get('cookie') ?? '', cookie, tab));
}

const tabOf = (c: Context): string | null => c.req.header(tabHeader) ?? c.req.query(tabParameter) ?? null;

/** Before everything that reads or sets the sign-in's cookie. */
export function demoTabs(cookie: string) {
  return createMiddleware<RequestEnv>(async (c, next) => {
    const tab = tabOf(c);
    if (tab === null || !isTabName(tab)) return next();
    const signedInTabs = (c.req.header('cookie') ?? '')
      .split(separated)
      .map(nameOf)
      .filter((name) => name.startsWith(beginning(cookie)));
    readTab(c.req.raw.headers, cookie, tab);
    await next();
    const own = beginning(cookie) + tab;
    const set = c.res.headers.getSetCookie();
    const isNew = !signedInTabs.includes(own) && set.some((line) => nameOf(line) === cookie);
    // The oldest come first.
    const gone = isNew ? signedInTabs.slice(0, Math.max(0, signedInTabs.length + 1 - mostTabs)) : [];
    c.res.headers.delete('Set-Cookie');
    for (const line of set)
      c.header('Set-Cookie', nameOf(line) === cookie ? own + line.slice(cookie.length) : line, {
        append: true,
      });
    const secure = cookie.startsWith('__Host-') ? '; Secure' : '';
    for (const name of gone)
      c.header('Set-Cookie', `${name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${secure}`, {
        append: true,
      });
  });
}
