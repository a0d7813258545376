// One's own account over HTTP: its password and its sign-ins; and the page where a reset link leads. Passwords are never kept for
// repeats, so none of these takes an idempotency key.
import {
  accountView,
  idSchema,
  passwordChange,
  resetBody,
  resetPeek,
  resetView,
  signInsQuery,
} from '@attune/contract';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { ActorEnv } from '../http/actor.ts';
import { addressOf } from '../http/address.ts';
import { callerOf } from '../http/caller.ts';
import { deviceOf } from '../http/device.ts';
import { accepted } from '../http/failure.ts';
import type { Limits } from '../http/limits.ts';
import type { RequestEnv } from '../http/request.ts';
import { describe, validateBody, validateParams, validateQuery } from '../http/validate.ts';
import {
  type AccountDeps,
  type AccountOwner,
  changePassword,
  endSignIn,
  endSignIns,
  knewPassword,
  readAccount,
} from './account.service.ts';
import type { Auth } from './auth.ts';
import { peekReset, type ResetDeps, useResetLink } from './reset.service.ts';

const ownerOf = (c: Context<ActorEnv>): AccountOwner => ({
  actor: c.get('actor'),
  signedIn: c.get('signedIn'),
  caller: callerOf(c),
});

/** Under `/account`. */
export function createAccountRoutes(
  deps: AccountDeps & { readonly limits: Limits },
  requireActor: MiddlewareHandler<ActorEnv>,
) {
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get(
      '/',
      describe("The caller's account: whether it has a password, and where it is signed in.", {
        200: accountView,
      }),
      async (c) => {
        const found = accepted(await readAccount(deps.db, ownerOf(c)));
        const { signInId } = c.get('signedIn');
        const signIns = found.signIns.map(({ userAgent, createdAt, usedAt, ...one }) => ({
          ...one,
          device: userAgent ? deviceOf(userAgent) : null,
          createdAt: createdAt.toISOString(),
          usedAt: usedAt.toISOString(),
          current: one.id === signInId,
        }));
        return c.json({ hasPassword: found.hasPassword, signIns }, 200);
      },
    )
    .put(
      '/password',
      describe('Changes the password; the other browsers are signed out unless they are to stay.', {
        204: null,
      }),
      validateBody(passwordChange),
      async (c) => {
        const owner = ownerOf(c);
        const change = () => changePassword(deps, owner, c.req.valid('json'));
        accepted(await deps.limits.password(c, owner.signedIn.userId, change, knewPassword));
        return c.body(null, 204);
      },
    )
    .delete(
      '/sign-ins',
      describe('Signs the account out everywhere else, or everywhere (`keep=none`).', { 204: null }),
      validateQuery(signInsQuery),
      async (c) => {
        accepted(await endSignIns(deps, ownerOf(c), c.req.valid('query').keep));
        return c.body(null, 204);
      },
    )
    .delete(
      '/sign-ins/:id',
      describe("Ends one of the caller's sign-ins.", { 204: null }),
      validateParams(z.object({ id: idSchema })),
      async (c) => {
        accepted(await endSignIn(deps, ownerOf(c), c.req.valid('param').id));
        return c.body(null, 204);
      },
    );
}

/** Under `/password-reset`, open to visitors: the link is consumed by POST alone, and every one that does not work answers alike. */
export function createResetRoutes(
  deps: ResetDeps & { readonly auth: Pick<Auth, 'signIn'>; readonly limits: Limits },
) {
  return new Hono<RequestEnv>()
    .post(
      '/peek',
      describe('Whose password a reset link sets. Consumes nothing.', { 200: resetView }),
      validateBody(resetPeek),
      async (c) => {
        const found = accepted(await peekReset(deps, c.req.valid('json').token, callerOf(c)));
        c.header('Cache-Control', 'no-store');
        return c.json(found, 200);
      },
    )
    .post(
      '/',
      describe('Sets a new password by a reset link, ends every sign-in of the account, and signs in.', {
        204: null,
      }),
      validateBody(resetBody),
      async (c) => {
        const body = c.req.valid('json');
        const used = await deps.limits.turn(c, () => useResetLink(deps, body, callerOf(c)));
        const { userId } = accepted(used);
        const from = { address: addressOf(c), userAgent: c.req.header('user-agent') };
        const { cookies } = await deps.auth.signIn(userId, from);
        for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
        return c.body(null, 204);
      },
    );
}
