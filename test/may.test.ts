// What a page offers is what the server lets one do: `/api/me` names the actions that need no object, and every route that asks for
// one of them answers as it says, whoever asks.
import { randomUUID } from 'node:crypto';
import type { MeView } from '@attune/contract';
import { type Access, type GeneralAction, generalActions, type Role, roles } from '@attune/domain';
import { expect } from 'vitest';
import { guestIn } from './support/guests.ts';
import { type Person, type Reply, scaleDocument } from './support/people.ts';
import { teamTest } from './support/team.ts';

type Browser = Pick<Person, 'get' | 'send'>;
type Ask = (browser: Browser) => Promise<Reply>;
type Send = Parameters<Browser['send']>;

const get =
  (path: string): Ask =>
  (browser) =>
    browser.get(path);
const send =
  (method: Send[0], path: string, body?: () => unknown): Ask =>
  (browser) =>
    browser.send(method, path, body?.());
const anId = randomUUID();

/** Every route that asks the table for one of these, with a valid body. */
const routes: Record<GeneralAction, readonly Ask[]> = {
  'calibrations.list': [get('/api/sessions')],
  'calibrations.create': [
    send('POST', '/api/sessions', () => ({ name: 'x', scorecardVersionId: randomUUID() })),
  ],
  'scorecards.list': [get('/api/scorecards')],
  'scorecards.create': [
    send('POST', '/api/imports', () => ({
      kind: 'scorecard',
      name: 'x',
      sizeBytes: 9,
      hash: 'a'.repeat(64),
    })),
    send('POST', '/api/scorecards', () => ({ name: 'x' })),
    send('POST', '/api/scorecards/import', () => scaleDocument(1)),
    send('POST', '/api/scorecards/import?dryRun=true', () => scaleDocument(1)),
  ],
  'members.list': [get('/api/members')],
  'members.administer': [
    get('/api/organisation'),
    send('POST', '/api/members', () => ({
      name: 'Agent',
      roles: ['agent'],
      access: { kind: 'organisation' },
    })),
    get('/api/members/export.csv'),
    send('POST', '/api/imports', () => ({ kind: 'members', name: 'x', sizeBytes: 9, hash: 'a'.repeat(64) })),
    send('POST', `/api/members/${anId}/invitation`, () => ({ email: `${randomUUID()}@example.org` })),
    send('PATCH', `/api/members/${anId}`, () => ({ active: false })),
    send('POST', `/api/members/${anId}/password-reset`),
    get('/api/invitations'),
    send('POST', '/api/invitations', () => ({
      email: `${randomUUID()}@example.org`,
      roles: ['evaluator'],
      access: { kind: 'organisation' },
    })),
    send('DELETE', `/api/invitations/${anId}`),
    get('/api/guests'),
    send('DELETE', `/api/guests/${anId}`),
    get('/api/security-log'),
  ],
  'organisation.change': [send('PATCH', '/api/organisation', () => ({ revision: 1 }))],
  'clients.list': [get('/api/clients')],
  'clients.change': [send('POST', '/api/clients', () => ({ name: randomUUID() }))],
  'notifications.read': [
    get('/api/notifications'),
    send('POST', '/api/notifications/read', () => ({})),
    get('/api/notifications/choices'),
    send('PUT', '/api/notifications/choices', () => ({ inApp: ['invited'] })),
  ],
  'account.manage': [
    get('/api/account'),
    send('PUT', '/api/account/password', () => ({ present: 'x', password: 'a long password' })),
    send('DELETE', `/api/account/sign-ins/${anId}`),
    send('DELETE', '/api/account/sign-ins'),
  ],
};

const it = teamTest();

/** Asks everything, and compares it with what `/api/me` says. @returns what it says */
async function expectAsSaid(browser: Browser): Promise<GeneralAction[]> {
  const { may } = (await browser.get('/api/me')).body as MeView;
  for (const action of generalActions) {
    const denied: boolean[] = [];
    for (const ask of routes[action]) denied.push((await ask(browser)).status === 403);
    expect([action, denied]).toEqual([action, denied.map(() => !may.includes(action))]);
  }
  return may;
}

for (const role of roles) {
  it(`[O2] what the server lets ${role} do is what their page offers`, async ({ team }) => {
    const may = await expectAsSaid(await team.organisation.member(`One of ${role}`, [role]));
    expect(may.includes('members.administer')).toBe(role === 'admin');
    expect(may).toContain('account.manage');
  });
}

it('[O2] [O4] several roles, none, and access to a part are answered alike', async ({ team }) => {
  const { organisation } = team;
  const part: Access = { kind: 'grants', grants: [{ clientId: organisation.clientId, lobId: null }] };
  const kinds: readonly [readonly Role[], Access?][] = [[['agent', 'manager']], [[]], [['admin'], part]];
  const told: GeneralAction[][] = [];
  for (const [some, access] of kinds)
    told.push(await expectAsSaid(await organisation.member('Someone', some, access)));
  expect(told[2]).toContain('members.administer');
  expect(told[2]).not.toContain('clients.change');
  expect(told[2]).not.toContain('organisation.change');
});

it('[J1] [J2] a guest, whose sign-in is limited to one session, is offered none of it and refused all of it', async ({
  team,
  server,
}) => {
  const { id } = await team.calibration('scoring');
  expect(await expectAsSaid(await guestIn(server.url, team.lead, id, 'Gus'))).toEqual([]);
});
