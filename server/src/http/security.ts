// Headers that every reply carries. Nothing may be loosened for one route here.
import type { MiddlewareHandler } from 'hono';
import { ProblemError } from './problem.ts';
import type { RequestEnv } from './request.ts';

/**
 * The content security policy of every page. Recordings play from wherever the organisation keeps them; everything else
 * comes from us. Svelte's trusted-types policy and the note editor's for pasted text are the only ones allowed.
 * @param publicUrl the origin people open; sockets to it are allowed, which older Safari does not read from 'self'.
 */
export function contentSecurityPolicy(publicUrl: string): string {
  const socketOrigin = publicUrl.replace(/^http/, 'ws');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${socketOrigin}`,
    'media-src https: http:',
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types svelte-trusted-html ProseMirrorClipboard',
  ].join('; ');
}

/**
 * Sets the security headers on every reply, an error's too.
 * @param isVouchedFor whether browsers trust the certificate. One of our own making they only put up with, and after
 *   `Strict-Transport-Security` not even that: nobody could go on past the next one, and on `localhost` no other server either.
 */
export function securityHeaders(publicUrl: string, isVouchedFor = true): MiddlewareHandler<RequestEnv> {
  const headers: Record<string, string> = {
    'Content-Security-Policy': contentSecurityPolicy(publicUrl),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  };
  if (publicUrl.startsWith('https:') && isVouchedFor)
    headers['Strict-Transport-Security'] = 'max-age=31536000; includeSubDomains';
  const entries = Object.entries(headers);
  return async (c, next) => {
    await next();
    for (const [name, value] of entries) c.res.headers.set(name, value);
  };
}

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what another site's page sends with its visitor's cookies. `SameSite` alone does not: to it, another port or another
 * subdomain of ours is the same site. Programs that are no browser say neither header. Mostly it is our own page, opened at an
 * address that is not the configured one: so the refusal names the right one, which is no secret.
 * @param publicUrl the origin people open
 */
export function ownPagesOnly(publicUrl: string): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site') ?? 'none';
    const isOwn = origin === undefined ? site === 'none' || site === 'same-origin' : origin === publicUrl;
    if (!safeMethods.includes(c.req.method) && !isOwn) {
      const detail = `The request came from a page at another address. Open ${publicUrl} and try again there; whoever runs the server sets its address with PUBLIC_URL.`;
      throw new ProblemError('wrong-address', { detail, address: publicUrl });
    }
    await next();
  };
}
