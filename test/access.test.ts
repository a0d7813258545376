// Every route and every room, against everyone who must be refused: nobody, another organisation, the wrong role, the wrong
// scope, and a colleague without a place. Fails when a route is not in the table.
import { randomUUID } from 'node:crypto';
import { scorecardDocument, scorecardOfDocument } from '@attune/contract';
import { describe, expect } from 'vitest';
import { type ApiDeps, createApi } from '../server/src/api.ts';
import type { RunningServer } from '../server/src/start.ts';
import { importRoutes } from './support/import-routes.ts';
import { beginImport } from './support/imports.ts';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Person,
  publishScorecard,
  type Reply,
  scaleDocument,
  visitor,
} from './support/people.ts';
import { openRoom, until } from './support/rooms.ts';
import { longestSetUpMs, serverTest } from './support/team.ts';

interface World {
  readonly draftId: string;
  readonly closedId: string;
  readonly participantId: string;
  readonly scorecardId: string;
  readonly clientId: string;
  readonly memberId: string;
  /** The administrator's. */
  readonly importId: string;
}

type Caller = 'nobody' | 'otherOrganisation' | 'agent' | 'otherScope' | 'colleague';

interface Row {
  readonly path: (world: World) => string;
  readonly body?: (world: World) => unknown;
  /** Who may; default the lead who facilitates. */
  readonly right?: 'lead' | 'participant' | 'admin' | 'anyone' | 'noOne';
  /** What each other caller is answered, where it is not the usual: 401 for nobody, 404 for the rest. */
  readonly refused?: Partial<Record<Caller, number>>;
}

const usual: Record<Caller, number> = {
  nobody: 401,
  otherOrganisation: 404,
  agent: 404,
  otherScope: 404,
  colleague: 404,
};

const everyoneSignedIn = { otherOrganisation: 200, agent: 200, otherScope: 200, colleague: 200 } as const;
const noOneElse = { otherOrganisation: 403, agent: 403, otherScope: 403, colleague: 403 } as const;
const draft =
  (rest = '') =>
  ({ draftId }: World) =>
    `/api/sessions/${draftId}${rest}`;
const closed =
  (rest: string) =>
  ({ closedId }: World) =>
    `/api/sessions/${closedId}${rest}`;
const person =
  (rest = '') =>
  ({ draftId, participantId }: World) =>
    `/api/sessions/${draftId}/participants/${participantId}${rest}`;
const card =
  (rest = '') =>
  ({ scorecardId }: World) =>
    `/api/scorecards/${scorecardId}${rest}`;
const revote =
  (rest = '') =>
  ({ draftId }: World) =>
    `/api/sessions/${draftId}/revotes/${anId}${rest}`;
const publicRoute = {
  nobody: 404,
  otherOrganisation: 404,
  agent: 404,
  otherScope: 404,
  colleague: 404,
} as const;
const anId = randomUUID();
const aToken = 'A'.repeat(43);

const table: Record<string, Row> = {
  // A list shows what one may see: that others see nothing of this session is checked below.
  'GET /api/sessions': { path: () => '/api/sessions', refused: { ...everyoneSignedIn, agent: 403 } },
  'GET /api/sessions/:id': { path: draft() },
  'PUT /api/sessions/:id/settings': {
    path: draft('/settings'),
    body: () => ({ name: 'x', scorecardVersionId: randomUUID() }),
  },
  'GET /api/sessions/:id/candidates': { path: draft('/candidates') },
  'POST /api/sessions/:id/participants': {
    path: draft('/participants'),
    body: () => ({ memberId: randomUUID() }),
  },
  'POST /api/sessions/:id/participants/:participantId/excuse': {
    path: person('/excuse'),
    body: () => ({ reason: 'Away' }),
  },
  'DELETE /api/sessions/:id/participants/:participantId/excuse': { path: person('/excuse') },
  'POST /api/sessions/:id/transition': { path: draft('/transition'), body: () => ({ from: 'draft' }) },
  'POST /api/sessions/:id/submission': { path: draft('/submission'), body: () => ({}), right: 'participant' },
  'DELETE /api/sessions/:id/submission': { path: draft('/submission'), right: 'participant' },
  'PUT /api/sessions/:id/resolutions/:questionId': {
    path: draft('/resolutions/q1'),
    body: () => ({ agreed: null, cause: null }),
  },
  'PUT /api/sessions/:id/focus': { path: draft('/focus'), body: () => ({ questionId: null }) },
  'POST /api/sessions/:id/timer': {
    path: draft('/timer'),
    body: () => ({ questionId: 'q1', action: { kind: 'pause' } }),
  },
  'POST /api/sessions/:id/sweep': { path: draft('/sweep') },
  'POST /api/sessions/:id/undo': { path: draft('/undo'), body: () => ({ kind: 'focus' }) },
  'PUT /api/sessions/:id/speak-first': { path: draft('/speak-first'), body: () => ({ on: true }) },
  'PUT /api/sessions/:id/names': { path: draft('/names'), body: () => ({ names: 'shown' }) },
  'GET /api/sessions/:id/facilitators': { path: draft('/facilitators') },
  'POST /api/sessions/:id/hand-over': {
    path: draft('/hand-over'),
    body: () => ({ memberId: randomUUID() }),
  },
  'POST /api/sessions/:id/revotes': { path: draft('/revotes'), body: () => ({ questionId: 'q1' }) },
  // A vote is cast in review alone: until then there is nothing, for participants either.
  'GET /api/sessions/:id/revotes/:revoteId/vote': { path: revote('/vote'), right: 'noOne' },
  'PUT /api/sessions/:id/revotes/:revoteId/vote': {
    path: revote('/vote'),
    body: () => ({ answer: { kind: 'na' } }),
    right: 'noOne',
  },
  'POST /api/sessions/:id/revotes/:revoteId/reveal': { path: revote('/reveal'), body: () => ({}) },
  'DELETE /api/sessions/:id/revotes/:revoteId': { path: revote() },
  'GET /api/notifications': {
    path: () => '/api/notifications',
    right: 'anyone',
    refused: everyoneSignedIn,
  },
  'POST /api/notifications/read': {
    path: () => '/api/notifications/read',
    body: () => ({}),
    right: 'anyone',
    refused: everyoneSignedIn,
  },
  'GET /api/notifications/choices': {
    path: () => '/api/notifications/choices',
    right: 'anyone',
    refused: everyoneSignedIn,
  },
  'PUT /api/notifications/choices': {
    path: () => '/api/notifications/choices',
    body: () => ({ inApp: ['invited'] }),
    right: 'anyone',
    refused: everyoneSignedIn,
  },
  'POST /api/sessions/:id/reminders': { path: draft('/reminders'), body: () => ({}) },
  'GET /api/sessions/:id/links': { path: draft('/links') },
  'POST /api/sessions/:id/links/:kind': { path: draft('/links/join'), body: () => ({}) },
  'DELETE /api/sessions/:id/links/:kind': { path: draft('/links/join') },
  'POST /api/sessions/:id/lobby/:entryId/admit': { path: draft(`/lobby/${anId}/admit`), right: 'noOne' },
  'DELETE /api/sessions/:id/lobby/:entryId': { path: draft(`/lobby/${anId}`), right: 'noOne' },
  'GET /api/sessions/:id/lobby': { path: draft('/lobby') },
  'DELETE /api/sessions/:id/lobby': { path: draft('/lobby') },
  'POST /api/sessions/:id/put-out': {
    path: draft('/put-out'),
    body: () => ({ memberId: anId, reason: 'Nobody knows them' }),
    right: 'noOne',
  },
  'DELETE /api/sessions/:id/put-out/:memberId': { path: draft(`/put-out/${anId}`) },
  'PUT /api/sessions/:id/guests/:memberId': {
    path: draft(`/guests/${anId}`),
    body: () => ({ name: 'Gus' }),
    right: 'noOne',
  },
  // Whoever is excused reads it, and nobody else.
  'GET /api/sessions/:id/excuse': { path: draft('/excuse'), right: 'noOne' },
  // A member's other devices sign in: only a guest lets one in, as places.test.ts shows.
  'POST /api/sessions/:id/devices': {
    path: draft('/devices'),
    body: () => ({ words: 'anchor basket' }),
    right: 'noOne',
  },
  'GET /api/sessions/:id/place': { path: draft('/place'), right: 'participant' },
  'POST /api/sessions/:id/place/entries/:entryId': {
    path: draft(`/place/entries/${anId}`),
    body: () => ({ answer: 'me' }),
    right: 'noOne',
  },
  // Only where a place is shut after somebody else's reset.
  'POST /api/sessions/:id/place/restart': { path: draft('/place/restart'), right: 'noOne' },
  // Links: one that does not work answers everyone alike.
  'POST /api/join/peek': {
    path: () => '/api/join/peek',
    body: () => ({ token: aToken }),
    refused: publicRoute,
  },
  'POST /api/join': {
    path: () => '/api/join',
    body: () => ({ token: aToken, name: 'x' }),
    refused: publicRoute,
  },
  'GET /api/join/state': { path: () => '/api/join/state', right: 'noOne' },
  'POST /api/join/device': {
    path: () => '/api/join/device',
    body: () => ({ token: aToken }),
    refused: publicRoute,
  },
  'POST /api/join/device/claim': {
    path: () => '/api/join/device/claim',
    body: () => ({ requestId: anId, secret: aToken }),
    refused: publicRoute,
  },
  'POST /api/display': {
    path: () => '/api/display',
    body: () => ({ token: aToken }),
    refused: publicRoute,
  },
  'GET /api/display': { path: () => '/api/display', refused: publicRoute },
  'GET /api/display/board': { path: () => '/api/display/board', refused: publicRoute },
  'GET /api/sessions/:id/commitments': { path: draft('/commitments') },
  'GET /api/sessions/:id/board': { path: closed('/board') },
  'GET /api/sessions/:id/calendar.ics': { path: draft('/calendar.ics') },
  'GET /api/sessions/:id/record': { path: closed('/record') },
  'GET /api/sessions/:id/record.json': { path: closed('/record.json') },
  'GET /api/sessions/:id/record.csv': { path: closed('/record.csv') },
  'POST /api/sessions/:id/take-over': { path: draft('/take-over'), right: 'admin' },
  'DELETE /api/sessions/:id/participants/:participantId': { path: person(), right: 'admin' },
  'DELETE /api/sessions/:id': { path: draft(), right: 'admin' },
  'POST /api/sessions': {
    path: () => '/api/sessions',
    body: () => ({ name: 'x', scorecardVersionId: randomUUID() }),
    refused: { otherOrganisation: 422, agent: 403, otherScope: 422, colleague: 403 },
  },
  'GET /api/scorecards': { path: () => '/api/scorecards', refused: { ...everyoneSignedIn, agent: 403 } },
  'GET /api/scorecards/:id': { path: card(), refused: { colleague: 200 } },
  'GET /api/scorecards/:id/export': { path: card('/export'), refused: { colleague: 200 } },
  'POST /api/scorecards/import': {
    path: () => '/api/scorecards/import?dryRun=true',
    body: () => scaleDocument(1),
    refused: { otherOrganisation: 200, agent: 403, otherScope: 200, colleague: 403 },
  },
  'POST /api/scorecards': {
    path: () => '/api/scorecards',
    body: ({ clientId }) => ({ name: 'x', scope: { kind: 'client', clientId } }),
    refused: { otherOrganisation: 422, agent: 403, otherScope: 422, colleague: 403 },
  },
  'GET /api/scorecards/:id/versions': { path: card('/versions'), refused: { colleague: 200 } },
  'GET /api/scorecards/:id/publishing': { path: card('/publishing'), refused: { colleague: 403 } },
  'POST /api/scorecards/:id/draft': { path: card('/draft'), refused: { colleague: 403 } },
  'PUT /api/scorecards/:id/draft': {
    path: card('/draft'),
    body: () => ({
      versionId: anId,
      revision: 1,
      scope: { kind: 'organisation' },
      content: scorecardOfDocument(scorecardDocument.parse(scaleDocument(1))),
    }),
    refused: { colleague: 403 },
  },
  'DELETE /api/scorecards/:id/draft': {
    path: card(`/draft?versionId=${anId}&revision=1`),
    refused: { colleague: 403 },
  },
  'POST /api/scorecards/:id/publish': { path: card('/publish'), refused: { colleague: 403 } },
  'POST /api/scorecards/:id/archive': { path: card('/archive'), refused: { colleague: 403 } },
  'GET /api/me': { path: () => '/api/me', right: 'anyone', refused: everyoneSignedIn },
  'GET /api/organisation': { path: () => '/api/organisation', right: 'admin', refused: noOneElse },
  'PATCH /api/organisation': {
    path: () => '/api/organisation',
    body: () => ({ revision: 1, guestsAllowed: true }),
    right: 'admin',
    refused: noOneElse,
  },
  'GET /api/clients': { path: () => '/api/clients', right: 'anyone', refused: everyoneSignedIn },
  'GET /api/members': {
    path: () => '/api/members',
    refused: { otherOrganisation: 200, agent: 403, otherScope: 200, colleague: 403 },
  },
  'POST /api/members': {
    path: () => '/api/members',
    body: () => ({ name: 'Agent', roles: ['agent'], access: { kind: 'organisation' } }),
    right: 'admin',
    refused: noOneElse,
  },
  'POST /api/members/:id/invitation': {
    path: ({ memberId }) => `/api/members/${memberId}/invitation`,
    body: () => ({ email: 'new@example.org' }),
    right: 'admin',
    refused: noOneElse,
  },
  ...importRoutes,
  'PATCH /api/members/:id': {
    path: ({ memberId }) => `/api/members/${memberId}`,
    body: () => ({ roles: ['evaluator'] }),
    right: 'admin',
    refused: noOneElse,
  },
  'POST /api/members/:id/password-reset': {
    path: ({ memberId }) => `/api/members/${memberId}/password-reset`,
    right: 'admin',
    refused: noOneElse,
  },
  'GET /api/security-log': { path: () => '/api/security-log', right: 'admin', refused: noOneElse },
  // One's own account: what is said of it is the caller's, and the accounts of these have no password.
  'GET /api/account': { path: () => '/api/account', right: 'anyone', refused: everyoneSignedIn },
  'PUT /api/account/password': {
    path: () => '/api/account/password',
    body: () => ({ present: 'x', password: 'a long password' }),
    right: 'anyone',
    refused: { otherOrganisation: 409, agent: 409, otherScope: 409, colleague: 409 },
  },
  'DELETE /api/account/sign-ins': {
    path: () => '/api/account/sign-ins',
    right: 'anyone',
    refused: { otherOrganisation: 204, agent: 204, otherScope: 204, colleague: 204 },
  },
  'DELETE /api/account/sign-ins/:id': { path: () => `/api/account/sign-ins/${anId}`, right: 'noOne' },
  'POST /api/invitations': {
    path: () => '/api/invitations',
    body: () => ({ email: 'new@example.org', roles: ['evaluator'], access: { kind: 'organisation' } }),
    right: 'admin',
    refused: noOneElse,
  },
  'GET /api/invitations': { path: () => '/api/invitations', right: 'admin', refused: noOneElse },
  'DELETE /api/invitations/:id': {
    path: () => `/api/invitations/${anId}`,
    right: 'noOne',
    refused: noOneElse,
  },
  'GET /api/guests': { path: () => '/api/guests', right: 'admin', refused: noOneElse },
  'DELETE /api/guests/:id': { path: () => `/api/guests/${anId}`, right: 'noOne', refused: noOneElse },
  'POST /api/clients': {
    path: () => '/api/clients',
    body: () => ({ name: 'New' }),
    right: 'admin',
    refused: noOneElse,
  },
  'PATCH /api/clients/:id': {
    path: () => `/api/clients/${anId}`,
    body: () => ({ name: 'New' }),
    right: 'noOne',
    refused: noOneElse,
  },
  'POST /api/clients/:id/lobs': {
    path: () => `/api/clients/${anId}/lobs`,
    body: () => ({ name: 'New' }),
    right: 'noOne',
    refused: noOneElse,
  },
  'PATCH /api/clients/:id/lobs/:lobId': {
    path: () => `/api/clients/${anId}/lobs/${anId}`,
    body: () => ({ name: 'New' }),
    right: 'noOne',
    refused: noOneElse,
  },
  // Open to visitors: each tells nothing, and a link that does not work answers everyone alike.
  'GET /api/welcome': {
    path: () => '/api/welcome',
    right: 'anyone',
    refused: { nobody: 200, ...everyoneSignedIn },
  },
  'GET /api/openapi.json': {
    path: () => '/api/openapi.json',
    right: 'anyone',
    refused: { nobody: 200, ...everyoneSignedIn },
  },
  'POST /api/demo/sign-in': {
    path: () => '/api/demo/sign-in',
    body: () => ({ memberId: randomUUID() }),
    refused: publicRoute,
  },
  'POST /api/set-up': {
    path: () => '/api/set-up',
    body: () => ({
      token: aToken,
      organisation: 'x',
      name: 'x',
      email: 'x@example.org',
      password: 'a long password',
    }),
    refused: publicRoute,
  },
  'POST /api/invitations/peek': {
    path: () => '/api/invitations/peek',
    body: () => ({ token: aToken }),
    refused: publicRoute,
  },
  'POST /api/password-reset/peek': {
    path: () => '/api/password-reset/peek',
    body: () => ({ token: aToken }),
    refused: publicRoute,
  },
  'POST /api/password-reset': {
    path: () => '/api/password-reset',
    body: () => ({ token: aToken, password: 'a long password' }),
    refused: publicRoute,
  },
  'POST /api/invitations/accept': {
    path: () => '/api/invitations/accept',
    body: () => ({ token: aToken, name: 'x', password: 'a long password' }),
    refused: publicRoute,
  },
};

let server: RunningServer;
let world: World;
let people: Record<Caller, Pick<Person, 'send' | 'cookie'>> &
  Record<'lead' | 'participant' | 'admin' | 'anyone', Person>;

const it = serverTest();

it.beforeAll(async ({ server: started }) => {
  server = started;
  const home = await makeOrganisation(server);
  const elsewhere = await makeOrganisation(server, 'Elsewhere');
  const cards = { kind: 'grants', grants: [{ clientId: home.clientId, lobId: home.lobId }] } as const;
  const loans = { kind: 'grants', grants: [{ clientId: home.clientId, lobId: home.otherLobId }] } as const;
  const lead = await home.member('Ana', ['lead'], cards);
  const participant = await home.member('Ben', ['evaluator'], cards);
  const other = await home.member('Chidi', ['evaluator'], cards);
  const admin = await home.member('Sofia', ['admin']);
  people = {
    lead,
    participant,
    admin,
    anyone: participant,
    nobody: visitor(server.url),
    otherOrganisation: await elsewhere.member('Eve', ['admin', 'evaluator']).then(async (eve) => {
      // The routes for administrators are asked as a lead of the other organisation.
      return { ...eve, ...(await elsewhere.member('Lea', ['lead'])) };
    }),
    agent: await home.member('Noor', ['agent'], cards),
    otherScope: await home.member('Loa', ['lead'], loans),
    colleague: await home.member('Kit', ['evaluator'], cards),
  };
  const scope = { kind: 'lob', clientId: home.clientId, lobId: home.lobId } as const;
  const scorecardVersionId = await publishScorecard(lead, {
    ...scaleDocument(1, 5, { required: false }),
    scope,
  });
  const { scorecards } = (await lead.get('/api/scorecards')).body as { scorecards: { id: string }[] };
  const drafted = await makeSession(
    lead,
    { scorecardVersionId, scope, meetingAt: '2099-03-02T10:00:00.000Z' },
    [participant, other],
  );
  const finished = await makeSession(lead, { scorecardVersionId, scope, name: 'Finished' }, [
    participant,
    other,
  ]);
  await advance(lead, finished.id, 'draft');
  for (const one of [participant, other])
    await one.send('POST', `/api/sessions/${finished.id}/submission`, {});
  for (const from of ['scoring', 'review', 'resolved']) await advance(lead, finished.id, from);
  world = {
    draftId: drafted.id,
    closedId: finished.id,
    participantId: drafted.participantIds[0] ?? '',
    scorecardId: scorecards[0]?.id ?? '',
    clientId: home.clientId,
    memberId: other.memberId,
    importId: (await beginImport(people.admin, 'scorecard', new Uint8Array(5))).id,
  };
}, longestSetUpMs);

/** Every route the server has under `/api`, better-auth's own left out: those are its to test. */
function routes(): string[] {
  const nothing = {} as unknown as ApiDeps;
  const deps = {
    ...nothing,
    db: {},
    publicUrl: 'http://localhost',
    reach: { publicUrl: 'http://localhost' },
    clientFolder: '/nowhere',
    auth: {},
  } as unknown as ApiDeps;
  const named = createApi(deps).routes.map(({ method, path }) => `${method} ${path.replace(/\/$/, '')}`);
  return [...new Set(named)]
    .filter((route) => /^(GET|POST|PUT|PATCH|DELETE) \/api\/(?!auth)/.test(route))
    .sort();
}

function ask(who: Pick<Person, 'send'>, route: string): Promise<Reply> {
  const row = table[route] as Row;
  const method = route.split(' ', 1)[0] as 'POST';
  return who.send(method, row.path(world), row.body?.(world));
}

const callers = Object.keys(usual) as Caller[];

describe('access', () => {
  it('[O2] every route is in the table', () => {
    expect(Object.keys(table).sort()).toEqual(routes());
  });

  it('[X6] the OpenAPI document has every route, says what each does and what it is asked with, and has no other', async () => {
    interface Operation {
      readonly summary?: string;
      readonly parameters?: readonly { readonly in: string; readonly name: string }[];
    }
    const { paths } = (await people.lead.get('/api/openapi.json')).body as {
      paths: Record<string, Record<string, Operation>>;
    };
    const described = new Map(
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => [
          `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
          operation,
        ]),
      ),
    );
    expect([...described.keys()].sort()).toEqual(
      routes().filter((route) => route !== 'GET /api/openapi.json'),
    );
    for (const [route, { summary = '', parameters = [] }] of described) {
      expect([route, summary]).toEqual([route, expect.stringMatching(/\.$/)]);
      const inPath = parameters.filter((one) => one.in === 'path').map(({ name }) => `:${name}`);
      expect([route, inPath]).toEqual([route, route.match(/:\w+/g) ?? []]);
    }
  });

  for (const route of Object.keys(table)) {
    it(`[O1 O2 O4] ${route} answers each caller as it must`, async () => {
      const { refused, right = 'lead' } = table[route] as Row;
      const expected = { ...usual, ...refused };
      for (const caller of callers) {
        const reply = await ask(people[caller], route);
        expect([caller, reply.status, reply.text.slice(0, 200)]).toEqual([
          caller,
          expected[caller],
          expect.any(String),
        ]);
        expect(reply.text).not.toContain(world.draftId);
      }
      if (refused === publicRoute || right === 'noOne') return;
      const { status } = await ask(people[right], route);
      expect([401, 403, 404]).not.toContain(status);
    });
  }

  it('[J3] a meeting screen’s cookie opens its own two routes, and is nobody on every other', async () => {
    const { body } = await people.lead.send('POST', `/api/sessions/${world.closedId}/links/display`, {});
    const token = new URL((body as { display: { url: string } }).display.url).hash.slice(1);
    const opened = await visitor(server.url).send('POST', '/api/display', { token });
    const cookie = opened.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    const screen = visitor(server.url, cookie.split(';', 1)[0]);
    const own = ['GET /api/display', 'GET /api/display/board'];
    for (const route of own) expect([route, (await ask(screen, route)).status]).toEqual([route, 200]);
    for (const route of Object.keys(table).filter((one) => !own.includes(one))) {
      const { status, text } = await ask(screen, route);
      expect([route, status]).toEqual([route, { ...usual, ...table[route]?.refused }.nobody]);
      expect(text).not.toContain(world.closedId);
    }
  });

  it('[live 1] every room sends strangers, other organisations, wrong roles and wrong scopes away for good', async () => {
    const finished = `meeting/${world.closedId}`;
    for (const name of [
      finished,
      `sealed/${world.participantId}`,
      `feed/${world.memberId}`,
      'meeting/x',
      'other/room',
    ]) {
      for (const caller of callers) {
        const room = openRoom(server.url, name, people[caller].cookie);
        await until(`${caller} is sent away from ${name}`, () => room.closes.length > 0);
        expect([name, caller, room.closes[0]]).toEqual([name, caller, caller === 'nobody' ? 4401 : 4404]);
        expect(room.frames).toEqual([]);
        room.close();
      }
    }
  });

  it('[live 3] a foreign, missing or prefix-alike origin is refused before the socket opens', async () => {
    for (const origin of ['http://evil.example', `${server.url}.evil.example`, '']) {
      const room = openRoom(server.url, `meeting/${world.closedId}`, people.lead.cookie, { origin });
      await until(`${origin} is refused`, () => room.closes.length > 0);
      expect(room.closes[0]).toBe(1006);
      expect(room.provider.synced).toBe(false);
      room.close();
    }
  });

  it('[O5] a deactivated member loses sign-in and sockets at once', async () => {
    const room = openRoom(server.url, `meeting/${world.closedId}`, people.participant.cookie);
    await until('the room is open', () => room.frames.length > 0);
    const { memberId } = people.participant;
    const done = await people.admin.send('PATCH', `/api/members/${memberId}`, { active: false });
    expect(done.status).toBe(200);
    await until('the socket is closed', () => room.closes.includes(4401));
    expect((await people.participant.get('/api/me')).status).toBe(401);
    room.close();
  });
});
