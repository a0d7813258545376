// Members without a sign-in: added, changed, found, invited later as who they are, and counted nowhere as somebody who can take part.
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { password, tokenOf } from '../../../test/support/accounts.ts';
import {
  cookieOf,
  type Person,
  publishScorecard,
  scaleDocument,
  visitor,
} from '../../../test/support/people.ts';
import { accountsTest } from '../../../test/support/team.ts';
import { link, securityEvent } from '../db/schema.ts';
import { insertUnsigned } from './member.store.ts';

const everywhere = { kind: 'organisation' } as const;
type Admin = Pick<Person, 'get' | 'send'>;
interface Shown {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly employeeNumber: string | null;
  readonly hasSignIn: boolean;
  readonly active: boolean;
  readonly roles: readonly string[];
}

const agent = (more: object = {}) => ({ name: 'Maya Torres', roles: ['agent'], access: everywhere, ...more });

async function add(admin: Admin, more: object = {}): Promise<Shown> {
  const reply = await admin.send('POST', '/api/members', agent(more));
  if (reply.status !== 201) throw new Error(`not added: ${reply.text}`);
  return reply.body as Shown;
}

async function find(admin: Admin, query: string): Promise<Shown[]> {
  return ((await admin.get(`/api/members?${query}`)).body as { members: Shown[] }).members;
}

async function invite(admin: Admin, id: string, email: string): Promise<string> {
  const reply = await admin.send('POST', `/api/members/${id}/invitation`, { email });
  if (reply.status !== 201) throw new Error(`not invited: ${reply.text}`);
  return tokenOf((reply.body as { link: string }).link);
}

const it = accountsTest();

const accept = (url: string, token: string, name = 'Maya Torres') =>
  visitor(url).send('POST', '/api/invitations/accept', { token, name, password });

describe('a member without a sign-in', () => {
  it('[O2] is added by a name alone, told apart in the list, and found by name, e-mail and employee number', async ({
    accounts: { admin },
  }) => {
    const plain = await add(admin, { name: 'Only A Name' });
    expect(plain).toMatchObject({ hasSignIn: false, email: null, employeeNumber: null, active: true });
    const full = await add(admin, { name: 'Noor', email: 'Noor@Example.org', employeeNumber: ' 00417 ' });
    expect(full).toMatchObject({ email: 'noor@example.org', employeeNumber: '00417' });
    for (const text of ['only a', '%25', 'noor@ex', '0041']) {
      const found = (await find(admin, `text=${text}`)).map(({ name }) => name);
      expect([text, found]).toEqual([
        text,
        text === 'only a' ? ['Only A Name'] : text === '%25' ? [] : ['Noor'],
      ]);
    }
    const without = await find(admin, 'signIn=without');
    expect(without.map(({ hasSignIn }) => hasSignIn)).toEqual(without.map(() => false));
    expect((await find(admin, 'signIn=with')).map(({ email }) => email)).toContain('sofia@example.org');
  });

  it('[O2] whose number or address somebody has is refused at its field, and nothing is made', async ({
    accounts: { admin },
  }) => {
    await add(admin, { employeeNumber: 'K-1', email: 'first@example.org' });
    for (const [more, pointer, code] of [
      [{ employeeNumber: 'K-1' }, '/employeeNumber', 'number-taken'],
      [{ name: ' ' }, '/name', 'name-missing'],
      [{ roles: [] }, '/roles', 'role-missing'],
      [
        { access: { kind: 'grants', grants: [{ clientId: randomUUID(), lobId: null }] } },
        '/access/grants',
        'grant-unknown',
      ],
    ] as const) {
      const reply = await admin.send('POST', '/api/members', agent({ name: 'Twice', ...more }));
      expect([reply.status, reply.body]).toEqual([
        422,
        expect.objectContaining({ errors: [expect.objectContaining({ pointer, code })] }),
      ]);
    }
    for (const email of ['FIRST@example.org', 'sofia@example.org']) {
      const reply = await admin.send('POST', '/api/members', agent({ name: 'Twice', email }));
      expect([reply.status, reply.text]).toEqual([409, expect.stringContaining('email-taken')]);
    }
    expect(await find(admin, 'text=Twice')).toEqual([]);
  });

  it('[O2] is changed and deactivated; whoever has a sign-in keeps name and address as their own', async ({
    accounts,
  }) => {
    const { admin } = accounts;
    const { id } = await add(admin, { employeeNumber: 'K-2' });
    const change = { name: 'Maya T.', email: 'maya.t@example.org', employeeNumber: null, roles: ['manager'] };
    expect((await admin.send('PATCH', `/api/members/${id}`, change)).body).toMatchObject(change);
    expect((await admin.send('PATCH', `/api/members/${id}`, { active: false })).body).toMatchObject({
      active: false,
    });
    expect((await find(admin, 'active=true&text=Maya T.')).map((one) => one.id)).not.toContain(id);
    const ben = await accounts.member();
    for (const [body, pointer] of [
      [{ name: 'Benny' }, '/name'],
      [{ email: 'benny@example.org' }, '/email'],
    ] as const) {
      const reply = await admin.send('PATCH', `/api/members/${ben.memberId}`, body);
      expect([reply.status, reply.text]).toEqual([422, expect.stringContaining(pointer)]);
    }
    const numbered = await admin.send('PATCH', `/api/members/${ben.memberId}`, { employeeNumber: 'K-3' });
    expect(numbered.body).toMatchObject({ employeeNumber: 'K-3', email: ben.email });
  });

  it('[O2] is listed in pages, by name, each once', async ({ accounts: { admin }, server }) => {
    const mark = randomUUID().slice(0, 8);
    const { db } = server.connection;
    const [event] = await db.select().from(securityEvent).limit(1);
    const many = Array.from({ length: 401 }, (_, number) => ({
      ...agent(),
      id: randomUUID(),
      name: `${mark} ${number % 7}`,
      email: null,
      employeeNumber: null,
      active: true,
      roles: ['agent'] as const,
    }));
    await db.transaction((tx) => insertUnsigned(tx, event?.organisationId ?? '', many, randomUUID));
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let cursor = ''; ; ) {
      const reply = await admin.get(`/api/members?text=${mark}${cursor}`);
      const { members, next } = reply.body as { members: Shown[]; next: string | null };
      seen.push(...members.map(({ id }) => id));
      sizes.push(members.length);
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect([sizes, new Set(seen).size]).toEqual([[200, 200, 1], 401]);
    expect((await admin.get('/api/members?cursor=x')).status).toBe(422);
  });
});

describe('an invitation of a member', () => {
  it('[O5] gives the same member a sign-in, with the roles they have by then', async ({
    accounts: { admin },
    server,
  }) => {
    const { id } = await add(admin, { name: 'Maya', employeeNumber: 'K-10' });
    const first = await invite(admin, id, 'maya@example.org');
    const token = await invite(admin, id, 'maya@example.org');
    const peek = (which: string) =>
      visitor(server.url).send('POST', '/api/invitations/peek', { token: which });
    expect((await peek(first)).status).toBe(404);
    expect((await peek(token)).body).toEqual({
      organisation: 'Northwind',
      email: 'maya@example.org',
      name: 'Maya',
    });
    await admin.send('PATCH', `/api/members/${id}`, { roles: ['evaluator'] });
    const waiting = (await admin.get('/api/invitations')).body as { invitations: object[] };
    expect(waiting.invitations).toContainEqual(
      expect.objectContaining({
        member: { id, name: 'Maya' },
        roles: ['evaluator'],
        email: 'maya@example.org',
      }),
    );
    const both = await Promise.all([accept(server.url, token), accept(server.url, token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
    const signIn = await visitor(server.url).send('POST', '/api/auth/sign-in/email', {
      email: 'maya@example.org',
      password,
    });
    const me = (await visitor(server.url, cookieOf(signIn)).get('/api/me')).body as { member: object };
    expect(me.member).toMatchObject({ id, name: 'Maya Torres', roles: ['evaluator'] });
    const found = await find(admin, 'text=K-10');
    expect(found).toEqual([expect.objectContaining({ id, hasSignIn: true, email: 'maya@example.org' })]);
    const again = await admin.send('POST', `/api/members/${id}/invitation`, { email: 'maya2@example.org' });
    expect([again.status, again.body]).toMatchObject([409, { type: '/problems/stale' }]);
  });

  it('[O5] ends with the member’s deactivation, and is refused for an address that somebody has', async ({
    accounts: { admin },
    server,
  }) => {
    const { id } = await add(admin, { name: 'Gone' });
    const taken = await admin.send('POST', `/api/members/${id}/invitation`, { email: 'sofia@example.org' });
    expect([taken.status, taken.text]).toEqual([409, expect.stringContaining('email-taken')]);
    const token = await invite(admin, id, 'gone@example.org');
    await admin.send('PATCH', `/api/members/${id}`, { active: false });
    await admin.send('PATCH', `/api/members/${id}`, { active: true });
    expect((await accept(server.url, token)).status).toBe(404);
  });

  it('[O5] of somebody new makes no second member of who was added meanwhile', async ({
    accounts: { admin },
    server,
  }) => {
    const body = { email: 'late@example.org', roles: ['evaluator'], access: everywhere };
    const invited = await admin.send('POST', '/api/invitations', body);
    const { id } = await add(admin, { name: 'Late', email: 'late@example.org' });
    expect((await accept(server.url, tokenOf((invited.body as { link: string }).link))).status).toBe(204);
    expect((await find(admin, 'text=late@example.org')).map((one) => one.id)).toEqual([id]);
    const twice = await admin.send('POST', '/api/invitations', { ...body, email: 'noor@example.org' });
    expect([201, 409]).toContain(twice.status);
    const { db } = server.connection;
    expect(await db.select().from(link).where(eq(link.memberId, id))).toEqual([]);
  });
});

describe('whoever cannot sign in', () => {
  it('[C4 C3] is no candidate, and is refused as participant and as facilitator', async ({
    accounts: { admin },
  }) => {
    const { id } = await add(admin, { name: 'Never Here', roles: ['lead'] });
    const scorecardVersionId = await publishScorecard({ ...admin, name: 'Sofia' }, scaleDocument(1));
    const made = await admin.send('POST', '/api/sessions', { name: 'Calls', scorecardVersionId });
    const session = `/api/sessions/${(made.body as { id: string }).id}`;
    for (const list of ['candidates', 'facilitators'])
      expect((await admin.get(`${session}/${list}`)).text).not.toContain(id);
    for (const path of ['participants', 'hand-over']) {
      const reply = await admin.send('POST', `${session}/${path}`, { memberId: id });
      expect([reply.status, reply.text]).toEqual([409, expect.stringContaining('no-sign-in')]);
    }
  });

  it('[O2] is not the administrator an organisation needs, and has no password to reset', async ({
    accounts: { admin },
  }) => {
    const { id } = await add(admin, { name: 'Boss', roles: ['admin'] });
    const step = await admin.send('PATCH', `/api/members/${admin.memberId}`, { roles: ['lead'] });
    expect([step.status, step.text]).toEqual([409, expect.stringContaining('last-admin')]);
    expect((await admin.send('POST', `/api/members/${id}/password-reset`)).status).toBe(404);
  });
});
