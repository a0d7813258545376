// Links, lobby and a guest's further devices over HTTP (J1 to J3). Tokens come in bodies of POST alone; every link that does not work
// answers alike.

import {
  allowDeviceBody,
  askDeviceBody,
  claimDeviceBody,
  deviceAllowed,
  deviceAsked,
  deviceClaim,
  idSchema,
  joinBody,
  joinPeek,
  joinState,
  lobbyList,
  makeLinkBody,
  peekJoinBody,
  sessionLinks,
} from '@attune/contract';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import * as z from 'zod/mini';
import type { SignedIn } from '../caller.ts';
import type { ActorEnv } from '../http/actor.ts';
import { addressOf, callerNetwork } from '../http/address.ts';
import { callerOf } from '../http/caller.ts';
import { createCommands } from '../http/command.ts';
import { deviceOf } from '../http/device.ts';
import type { Limits } from '../http/limits.ts';
import { ProblemError, refusalProblem } from '../http/problem.ts';
import type { RequestEnv } from '../http/request.ts';
import { describe, validateBody, validateParams } from '../http/validate.ts';
import { createSessionCommands, found, sessionPath } from '../sessions/replies.ts';
import { allowDevice, askDevice, claimDevice } from './device.service.ts';
import { type JoinDeps, join, peekJoin, readJoinState, readLobby } from './join.service.ts';
import { endLink, makeLink, readLinks } from './links.service.ts';

export interface JoiningRouteDeps extends JoinDeps {
  readonly limits: Limits;
  readonly authenticate: (headers: Headers) => Promise<SignedIn | null>;
}

const linkPath = z.object({ id: idSchema, kind: z.enum(['join', 'display']) });
const entryPath = z.object({ id: idSchema, entryId: idSchema });

/** Devices that may ask from one network, in one session, within five minutes: it must not fill the session's line. */
const asksFromOnePlace = { most: 20, seconds: 5 * 60 };

function setCookies(c: Context, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
}

/** Open to visitors: what a link leads to, joining by it, and waiting. */
export function createJoinRoutes(deps: JoiningRouteDeps) {
  return new Hono<RequestEnv>()
    .post(
      '/join/peek',
      describe('What a join link leads to. Consumes nothing (J1).', { 200: joinPeek }),
      validateBody(peekJoinBody),
      async (c) => {
        const who = await deps.authenticate(c.req.raw.headers);
        const peek = await peekJoin(deps, c.req.valid('json').token, who, callerOf(c));
        if (!peek) throw new ProblemError('link-not-valid');
        c.header('Cache-Control', 'no-store');
        return c.json(peek, 200);
      },
    )
    .post(
      '/join',
      describe('Joins by the link: a member at once, anyone else asks to be let in (J1).', {
        200: joinState,
      }),
      validateBody(joinBody),
      async (c) => {
        const { token, name } = c.req.valid('json');
        const who = await deps.authenticate(c.req.raw.headers);
        const outcome = await join(deps, token, name, who, addressOf(c));
        if (!outcome.ok) {
          if ('refusal' in outcome) throw refusalProblem(outcome.refusal);
          if (outcome.slug !== 'name-needed') throw new ProblemError(outcome.slug);
          throw new ProblemError('invalid-input', {
            errors: [{ pointer: '/name', code: 'own-name-missing' }],
          });
        }
        setCookies(c, outcome.cookies);
        return c.json(outcome.state, 200);
      },
    )
    .get(
      '/join/state',
      describe('Where the caller stands who came by a link (J1).', { 200: joinState }),
      async (c) => {
        const who = await deps.authenticate(c.req.raw.headers);
        if (!who) throw new ProblemError('not-signed-in');
        const { limit, organisationId, memberId } = who;
        c.header('Cache-Control', 'no-store');
        const state = limit && (await readJoinState(deps.db, organisationId, limit.sessionId, memberId));
        return c.json(found(state), 200);
      },
    )
    .post(
      '/join/device',
      describe("A guest's further device asks to be let in, and shows two words (J2).", { 200: deviceAsked }),
      validateBody(askDeviceBody),
      async (c) => {
        const device = deviceOf(c.req.header('user-agent') ?? '');
        // Only a link that works costs anything: a wrong one spends nobody's budget.
        const spend = (sessionId: string) =>
          deps.limits.spend(`device ${callerNetwork(c)} ${sessionId}`, asksFromOnePlace);
        const asked = await askDevice(deps, c.req.valid('json').token, device, spend);
        if (asked === null) throw new ProblemError('link-not-valid');
        if (typeof asked === 'string') throw new ProblemError(asked);
        return c.json(asked, 200);
      },
    )
    .post(
      '/join/device/claim',
      describe('Whether a device that asked was let in; a yes signs it in, once (J2).', { 200: deviceClaim }),
      validateBody(claimDeviceBody),
      async (c) => {
        const { requestId, secret } = c.req.valid('json');
        const outcome = await claimDevice(deps, requestId, secret);
        if (!outcome) throw new ProblemError('link-not-valid');
        if (outcome.state !== 'in') return c.json({ state: outcome.state }, 200);
        setCookies(c, outcome.cookies);
        return c.json({ state: outcome.state, sessionId: outcome.sessionId }, 200);
      },
    );
}

/** Under `/sessions`: what the facilitator does with links and with those who come by them. */
export function createLinkRoutes(deps: JoiningRouteDeps, requireActor: MiddlewareHandler<ActorEnv>) {
  const command = createSessionCommands(deps);
  const linkCommand = createCommands(deps);
  return new Hono<ActorEnv>()
    .use(requireActor)
    .get(
      '/:id/links',
      describe('The join and display links (J1, J3).', { 200: sessionLinks }),
      validateParams(sessionPath),
      async (c) => c.json(found(await readLinks(deps, c.get('actor'), c.req.valid('param').id)), 200),
    )
    .post(
      '/:id/links/:kind',
      ...linkCommand(
        'Makes a link; the one before it ends (J1, J3).',
        { params: linkPath, body: makeLinkBody, replies: { 200: sessionLinks } },
        (unit, { actor, params: { id, kind }, body, caller }) =>
          makeLink(unit, deps, actor, id, kind, body.days, caller),
      ),
    )
    .delete(
      '/:id/links/:kind',
      ...linkCommand(
        'Ends a link for good (J1, J3).',
        { params: linkPath, replies: { 200: sessionLinks } },
        (unit, { actor, params: { id, kind }, caller }) => endLink(unit, deps, actor, id, kind, caller),
      ),
    )
    .post(
      '/:id/lobby/:entryId/admit',
      ...command('Lets a guest in (J1).', { params: entryPath }, ({ params }) => ({
        type: 'admit',
        entryId: params.entryId,
      })),
    )
    .delete(
      '/:id/lobby/:entryId',
      ...command('Turns a guest away (J1).', { params: entryPath }, ({ params }) => ({
        type: 'turn-away',
        entryId: params.entryId,
      })),
    )
    .get(
      '/:id/lobby',
      describe('Who waits, and whose name each name is like (J1).', { 200: lobbyList }),
      validateParams(sessionPath),
      async (c) => {
        const waiting = found(await readLobby(deps, c.get('actor'), c.req.valid('param').id));
        return c.json({ waiting }, 200);
      },
    )
    .delete(
      '/:id/lobby',
      ...command('Turns everyone away who waits (J1).', { params: sessionPath }, () => ({
        type: 'empty-lobby',
      })),
    )
    .post(
      '/:id/devices',
      validateBody(allowDeviceBody),
      // The words could be guessed: they count like a password. The same words told again do not.
      async (c, next) => {
        const tried = async () => {
          await next();
          return c.res;
        };
        await deps.limits.password(c, c.get('signedIn').signInId, tried, ({ status, headers }) =>
          status === 200 ? true : status === 422 && !headers.has('idempotent-replayed') ? false : null,
        );
      },
      ...linkCommand(
        'Lets in the device that shows these two words, as the guest who types them (J2).',
        { params: sessionPath, body: allowDeviceBody, replies: { 200: deviceAllowed } },
        ({ tx }, { actor, signedIn, params, body }) =>
          allowDevice(tx, deps, actor, signedIn, params.id, body.words),
      ),
    );
}
