// One browser across its sign-ins (J2): a random cookie of its own, by which a place tells a browser it knows from a further one.
// It signs nobody in and names nobody; of it only the hash is kept.
import { createHash, randomBytes } from 'node:crypto';
import { getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { parse } from 'hono/utils/cookie';
import type { RequestEnv } from './request.ts';

const isSecure = (publicUrl: string) => publicUrl.startsWith('https:');
/** The cookie of a sign-in. */
export const signInCookieOf = (publicUrl: string) => (isSecure(publicUrl) ? '__Host-attune' : 'attune');
const cookieName = (publicUrl: string) => (isSecure(publicUrl) ? '__Host-attune-browser' : 'attune_browser');

/** Browsers keep no cookie for longer. */
const keptDays = 400;

/**
 * The browser behind a request's cookies: hexadecimal SHA-256.
 *
 * @param otherwise stands for a program that keeps no cookie: then each sign-in is a browser of its own
 */
export function browserOf(headers: Headers, publicUrl: string, otherwise: string): string {
  const name = cookieName(publicUrl);
  const value = parse(headers.get('cookie') ?? '', name)[name];
  return createHash('sha256')
    .update(value ? `cookie/${value}` : `sign-in/${otherwise}`)
    .digest('hex');
}

/** Gives a browser its cookie as it signs in for the first time; it stays through signing out and in. */
export const rememberBrowser = (publicUrl: string) =>
  createMiddleware<RequestEnv>(async (c, next) => {
    await next();
    const name = cookieName(publicUrl);
    const signInCookie = signInCookieOf(publicUrl);
    const signsIn = c.res.headers.getSetCookie().some((cookie) => cookie.startsWith(`${signInCookie}=`));
    // A renewed cookie is none of a sign-in.
    if (!signsIn || getCookie(c, signInCookie) !== undefined || getCookie(c, name) !== undefined) return;
    setCookie(c, name, randomBytes(32).toString('base64url'), {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: isSecure(publicUrl),
      maxAge: keptDays * 24 * 60 * 60,
    });
  });
