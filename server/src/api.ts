// Everything that answers HTTP, put together: headers first, then the routes, the pages last.
import { Hono } from 'hono';
import { v7 as uuidv7 } from 'uuid';
import type { AddressRange } from './address-range.ts';
import type { Bus } from './bus/bus.ts';
import type { Database } from './db/client.ts';
import { createDisplayRoutes } from './display/routes.ts';
import { checkMember, createActorMiddleware } from './http/actor.ts';
import { addressOf, findAddress } from './http/address.ts';
import { checkBodyHead, withBody } from './http/body.ts';
import { rememberBrowser, signInCookieOf } from './http/browser.ts';
import { callerOf } from './http/caller.ts';
import { demoTabs } from './http/demo-tabs.ts';
import { pagesAtOwnAddress, tellAddress } from './http/elsewhere.ts';
import { answerInTime } from './http/in-time.ts';
import { createLimits, type Limits, limitSignIn } from './http/limits.ts';
import { openApiDocument } from './http/openapi.ts';
import { answerProblem, onNotFound, onProblem } from './http/problem.ts';
import { type RequestEnv, requestId } from './http/request.ts';
import { ownPagesOnly, securityHeaders } from './http/security.ts';
import { createStatic } from './http/static.ts';
import { createMemberTableRoutes } from './imports/member-table.routes.ts';
import { createImportRoutes } from './imports/routes.ts';
import { createJoinRoutes, createLinkRoutes } from './joining/routes.ts';
import { createNotifyRoutes } from './notify/routes.ts';
import type { Health } from './ops/health.ts';
import type { Logger } from './ops/log.ts';
import type { Metrics } from './ops/metrics.ts';
import { createAccountRoutes, createResetRoutes } from './people/account.routes.ts';
import { readActor } from './people/actor.ts';
import type { Auth } from './people/auth.ts';
import { createClientRoutes } from './people/clients.routes.ts';
import { accountPath, answerDoor, doors } from './people/door.ts';
import { createGuestRoutes } from './people/guest.routes.ts';
import { createPeopleRoutes, createVisitorRoutes } from './people/routes.ts';
import type { Reach } from './reach.ts';
import { createScorecardRoutes } from './scorecards/routes.ts';
import { createSecurityRoutes } from './security/routes.ts';
import { BoardReplies } from './sessions/board-reply.ts';
import { createMeetingRoutes } from './sessions/meeting.routes.ts';
import { createSessionPeopleRoutes } from './sessions/people.routes.ts';
import { createPlaceRoutes } from './sessions/place.routes.ts';
import { createReminderRoutes } from './sessions/reminder.routes.ts';
import { createSessionRoutes } from './sessions/routes.ts';

export interface ApiDeps {
  readonly db: Database;
  readonly bus: Bus;
  readonly auth: Auth;
  readonly log: Logger;
  readonly health: Health;
  /** Whether sockets have to wait their turn to be let in. */
  readonly isDoorBusy: () => boolean;
  /** `null` where nobody may read them. */
  readonly metrics: Metrics | null;
  /** The origin people open: what `Origin` is compared with, and what links begin with. */
  readonly publicUrl: string;
  readonly reach: Reach;
  /** Whether browsers trust the certificate: not the one of HTTPS=self. */
  readonly isVouchedFor: boolean;
  /** 32 bytes; see `keys/server-key.ts`. */
  readonly serverKey: Uint8Array;
  /** Whether one signs in by a click. */
  readonly demo: boolean;
  /** Whose word on where a request comes from is taken. */
  readonly trustedProxies: readonly AddressRange[];
  /** Folder of the built pages. */
  readonly clientFolder: string;
}

/** The routes under `/api`, chained so that the client's typed calls know every one of them. */
function createRoutes(deps: ApiDeps, limits: Limits) {
  const common = { ...deps, limits, now: () => new Date().toISOString(), newId: () => uuidv7() };
  const joining = {
    ...common,
    signIn: deps.auth.signIn,
    authenticate: async (headers: Headers) => {
      const signedIn = await deps.auth.authenticate(headers);
      checkMember(headers, signedIn);
      return signedIn;
    },
  };
  const boards = new BoardReplies(common);
  const requireActor = createActorMiddleware({
    limits,
    authenticate: deps.auth.authenticate,
    readActor: (signedIn) => readActor(deps.db, signedIn),
  });
  return new Hono<RequestEnv>()
    .route('/sessions', createSessionRoutes({ ...common, boards }, requireActor))
    .route('/sessions', createMeetingRoutes(common, requireActor))
    .route('/sessions', createPlaceRoutes(common, requireActor))
    .route('/sessions', createSessionPeopleRoutes(common, requireActor))
    .route('/sessions', createReminderRoutes(common, requireActor))
    .route('/sessions', createLinkRoutes(joining, requireActor))
    .route('/', createJoinRoutes(joining))
    .route('/', createDisplayRoutes({ ...common, boards }))
    .route('/scorecards', createScorecardRoutes(common, requireActor))
    .route('/imports', createImportRoutes(common, requireActor))
    .route('/members', createMemberTableRoutes(common, requireActor))
    .route('/clients', createClientRoutes(common, requireActor))
    .route('/', createVisitorRoutes(common))
    .route('/password-reset', createResetRoutes(common))
    .route('/account', createAccountRoutes(common, requireActor))
    .route('/security-log', createSecurityRoutes(common, requireActor))
    .route('/', createNotifyRoutes(common, requireActor))
    .route('/', createGuestRoutes(common, requireActor))
    .route('/', createPeopleRoutes(common, requireActor));
}

/** What the client's typed calls are made from: every route under `/api`. */
export type Api = ReturnType<typeof createRoutes>;

export function createApi(deps: ApiDeps) {
  const app = new Hono<RequestEnv>();
  const limits = createLimits(deps);
  app.onError(onProblem(deps.log));
  app.notFound(onNotFound);
  app.use(requestId, findAddress(deps.trustedProxies), securityHeaders(deps.publicUrl, deps.isVouchedFor));
  app.get('/healthz', (c) => {
    // For a page whose socket does not open: is it the network, or does everyone come back at once?
    const door = deps.isDoorBusy() ? 'busy' : 'open';
    return c.json({ status: 'alive', door }, 200, { 'Cache-Control': 'no-store' });
  });
  app.get('/readyz', async (c) => {
    const ready = await deps.health.isReady();
    return c.json({ status: ready ? 'ready' : 'not ready' }, ready ? 200 : 503, {
      'Cache-Control': 'no-store',
    });
  });
  const { metrics } = deps;
  if (metrics) {
    app.use(async (c, next) => {
      await next();
      metrics.countReply(c.res.status);
    });
    app.get('/metrics', (c) => {
      if (!metrics.allows(c.req.header('authorization'))) {
        c.header('WWW-Authenticate', 'Bearer');
        return answerProblem(c, 'not-signed-in');
      }
      return c.body(metrics.write(), 200, {
        'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
        'Cache-Control': 'no-store',
      });
    });
  }
  app.get('/api/openapi.json', openApiDocument(app));
  app.use(
    '/api/*',
    tellAddress(deps.publicUrl),
    ownPagesOnly(deps.publicUrl),
    limits.visitors,
    checkBodyHead,
  );
  if (deps.demo) app.use('/api/*', demoTabs(signInCookieOf(deps.publicUrl)));
  app.use('/api/*', answerInTime(deps.health), rememberBrowser(deps.publicUrl));
  const door = { ...deps, now: () => new Date().toISOString(), newId: () => uuidv7() };
  const doorPaths = doors.map((name) => `${accountPath}/${name}`);
  app.on('POST', doorPaths, withBody);
  app.post(`${accountPath}/sign-in/email`, limitSignIn(limits));
  app.on('POST', doorPaths, (c) => answerDoor(door, c.req.raw, callerOf(c), addressOf(c)));
  app.route('/api', createRoutes(deps, limits));
  app.use(pagesAtOwnAddress(deps.reach));
  app.route('/', createStatic(deps.clientFolder));
  return app;
}
