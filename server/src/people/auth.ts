// Accounts: better-auth for passwords and cookies; our members for who someone is. A signed-in browser is a
// sign-in; only an active member of an organisation has one that counts.
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { betterAuth } from 'better-auth/minimal';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';
import type { Bus } from '../bus/bus.ts';
import type { SignedIn } from '../caller.ts';
import type { Database } from '../db/client.ts';
import * as schema from '../db/schema.ts';
import { browserOf, signInCookieOf } from '../http/browser.ts';
import { deviceOf } from '../http/device.ts';
import { endOfSignIn, idleDays } from './sign-in-life.ts';
import { findDemoUser, findLimit, findMemberOfUser } from './store.ts';

export interface AuthDeps {
  readonly db: Database;
  readonly bus: Bus;
  readonly publicUrl: string;
  readonly serverKey: Uint8Array;
  /** Whether one signs in by a click: only on the demo's database. */
  readonly demo: boolean;
}

/** The header in which the server, and nobody else, tells better-auth the client's address. */
export const clientAddressHeader = 'x-attune-client-address';

/** A sign-in is renewed by use, at most once a day. */
const daySeconds = 24 * 60 * 60;

export type Auth = ReturnType<typeof createAuth>;

export function createAuth(deps: AuthDeps) {
  const secure = deps.publicUrl.startsWith('https:');
  const auth = betterAuth({
    basePath: '/api/auth',
    baseURL: deps.publicUrl,
    trustedOrigins: [deps.publicUrl],
    secret: createHash('sha256').update('attune/cookie/v1').update(deps.serverKey).digest('base64url'),
    database: drizzleAdapter(deps.db, { provider: 'pg', schema: { ...schema, session: schema.signIn } }),
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    session: { expiresIn: idleDays * daySeconds, updateAge: daySeconds, cookieCache: { enabled: false } },
    // Limits on tries are `http/limits.ts`.
    rateLimit: { enabled: false },
    databaseHooks: {
      session: {
        create: {
          // Answered as a wrong password: that someone was deactivated is nobody's to know.
          before: async ({ userId }) => {
            if ((await findMemberOfUser(deps.db, userId))?.active) return;
            throw new APIError('UNAUTHORIZED', {
              message: 'Invalid email or password',
              code: 'INVALID_EMAIL_OR_PASSWORD',
            });
          },
        },
        delete: {
          after: async ({ id }) => deps.bus.publish({ type: 'sign-in-ended', signInId: id }),
        },
      },
    },
    advanced: {
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
      cookiePrefix: 'attune',
      cookies: {
        session_token: {
          name: signInCookieOf(deps.publicUrl),
          attributes: {},
        },
      },
    },
    plugins: [linkSignIn(), ...(deps.demo ? [demoSignIn(deps.db)] : [])],
  });

  /**
   * The active member behind a request's cookie; `null` for nobody. Asks the database: an ended sign-in ends at once.
   *
   * @param renewed takes the cookie of a sign-in that is used again after a day, for the reply; the sign-in stays the same, so
   *   that its sockets do. Left out, as where there is no reply to carry it, nothing is renewed.
   */
  async function authenticate(
    headers: Headers,
    renewed?: (cookie: string) => void,
  ): Promise<SignedIn | null> {
    const query = { disableRefresh: renewed === undefined };
    const { response: found, headers: reply } = await auth.api
      .getSession({ headers, query, returnHeaders: true })
      // Ended by someone else just when it was to be renewed.
      .catch((error: unknown) => {
        if (error instanceof APIError && error.statusCode === 401) return { response: null, headers: null };
        throw error;
      });
    if (!found) return null;
    const ends = endOfSignIn(found.session);
    // Past its longest life, however much it was used.
    if (ends.getTime() <= Date.now()) return null;
    const member = await findMemberOfUser(deps.db, found.user.id);
    if (!member?.active) return null;
    const limit = await findLimit(deps.db, found.session.id);
    for (const cookie of reply?.getSetCookie() ?? []) renewed?.(cookie);
    return {
      signInId: found.session.id,
      userId: found.user.id,
      memberId: member.id,
      organisationId: member.organisationId,
      name: member.name,
      limit,
      signedInAt: found.session.createdAt.toISOString(),
      endsAt: ends.toISOString(),
      browser: browserOf(headers, deps.publicUrl, found.session.id),
      device: deviceOf(headers.get('user-agent') ?? ''),
    };
  }

  /** Answers better-auth's own routes, with the client's address as the connection has it. For `door.ts` alone. */
  async function handle(request: Request, clientAddress: string | undefined): Promise<Response> {
    const headers = new Headers(request.headers);
    headers.delete(clientAddressHeader);
    if (clientAddress && isIP(clientAddress)) headers.set(clientAddressHeader, clientAddress);
    return auth.handler(new Request(request, { headers }));
  }

  /**
   * Signs an account in without a password: for our own routes alone, after a link has shown who comes. The caller limits the
   * sign-in before it answers, unless the link showed that the account itself comes.
   * @param from what the account's owner knows the browser by
   */
  async function signIn(
    userId: string,
    from?: { readonly address: string | undefined; readonly userAgent: string | undefined },
  ): Promise<{ signInId: string; cookies: string[] }> {
    const asked = new Headers();
    if (from?.userAgent) asked.set('user-agent', from.userAgent);
    if (from?.address && isIP(from.address)) asked.set(clientAddressHeader, from.address);
    const { headers, response } = await auth.api.linkSignIn({
      body: { userId },
      headers: asked,
      returnHeaders: true,
    });
    return { signInId: response.signInId, cookies: headers.getSetCookie() };
  }

  /** A password as it is stored. */
  async function hashPassword(password: string): Promise<string> {
    const { password: passwords } = await auth.$context;
    return passwords.hash(password);
  }

  /** Whether this is the password that is stored. */
  async function verifyPassword(stored: string, password: string): Promise<boolean> {
    const { password: passwords } = await auth.$context;
    return passwords.verify({ hash: stored, password });
  }

  return { authenticate, handle, hashPassword, verifyPassword, signIn };
}

/** Called by our own routes, never over HTTP: a sign-in of an account, without a password. */
function linkSignIn() {
  return {
    id: 'link',
    endpoints: {
      linkSignIn: createAuthEndpoint(
        '/link/sign-in',
        { method: 'POST', body: z.object({ userId: z.uuid() }), metadata: { SERVER_ONLY: true } },
        async (context) => {
          const user = await context.context.internalAdapter.findUserById(context.body.userId);
          const session = user && (await context.context.internalAdapter.createSession(user.id));
          if (!session) throw new APIError('INTERNAL_SERVER_ERROR');
          await setSessionCookie(context, { session, user });
          return context.json({ signInId: session.id });
        },
      ),
    },
  } as const;
}

/** `POST /api/auth/demo/sign-in { memberId }`: a real sign-in of a demo member, without a password (O6). */
function demoSignIn(db: Database) {
  return {
    id: 'demo',
    endpoints: {
      demoSignIn: createAuthEndpoint(
        '/demo/sign-in',
        { method: 'POST', body: z.object({ memberId: z.uuid() }) },
        async (context) => {
          const user = await findDemoUser(db, context.body.memberId);
          if (!user) throw new APIError('NOT_FOUND');
          const session = await context.context.internalAdapter.createSession(user.id);
          if (!session) throw new APIError('INTERNAL_SERVER_ERROR');
          await setSessionCookie(context, { session, user });
          return context.json({ token: session.token });
        },
      ),
    },
  };
}
