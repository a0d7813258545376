// A database of one's own from its first start: set-up, passwords, invitations, clients, changes of members (O1 to O5).
import { createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { password, tokenOf } from '../../../test/support/accounts.ts';
import { cookieOf, type Reply, visitor } from '../../../test/support/people.ts';
import { serverTest } from '../../../test/support/team.ts';
import { link, organisation, securityEvent, user } from '../db/schema.ts';
import type { RunningServer } from '../start.ts';
import { createAuth } from './auth.ts';

const wholeOrganisation = { kind: 'organisation' } as const;
const noToken = 'A'.repeat(43);

let server: RunningServer;
let admin: ReturnType<typeof visitor>;

const nobody = () => visitor(server.url);
const signIn = (email: string, secret: string) =>
  nobody().send('POST', '/api/auth/sign-in/email', { email, password: secret });

async function signedIn(email: string): Promise<ReturnType<typeof visitor>> {
  const reply = await signIn(email, password);
  if (reply.status !== 200) throw new Error(`${email} could not sign in: ${reply.text}`);
  return visitor(server.url, cookieOf(reply));
}

async function invite(email: string, more: object = {}): Promise<string> {
  const body = { email, roles: ['evaluator'], access: wholeOrganisation, ...more };
  const reply = await admin.send('POST', '/api/invitations', body);
  if (reply.status !== 201) throw new Error(`not invited: ${reply.text}`);
  return tokenOf((reply.body as { link: string }).link);
}

const accept = (token: string, name = 'Ben Whitfield') =>
  nobody().send('POST', '/api/invitations/accept', { token, name, password });
const peek = (token: string) => nobody().send('POST', '/api/invitations/peek', { token });

/** A new member with a signed-in browser; goes through the invitation. */
async function newMember(more: object = {}) {
  const email = `${randomUUID()}@example.org`;
  expect((await accept(await invite(email, more))).status).toBe(204);
  const person = await signedIn(email);
  const me = (await person.get('/api/me')).body as { member: { id: string } };
  return { ...person, email, memberId: me.member.id };
}

const change = (memberId: string, body: object) => admin.send('PATCH', `/api/members/${memberId}`, body);
const setLink = (token: string, row: object) =>
  server.connection.db
    .update(link)
    .set(row)
    .where(eq(link.tokenHash, createHash('sha256').update(token).digest()));
/** A problem without the id of its request. */
const alike = ({ status, text }: Reply) => [status, { ...(JSON.parse(text) as object), instance: undefined }];

// The set-up is the first thing tried: nobody is there yet.
const it = serverTest({ demo: false });

it.beforeAll(({ server: started }) => {
  server = started;
});

describe('set-up', () => {
  const body = { organisation: 'Northwind', name: 'Sofia Lind', email: 'Sofia@Example.org', password };

  it('[O5] the one-time link makes the first administrator, once', async () => {
    expect((await nobody().get('/api/welcome')).body).toMatchObject({ demo: null, needsSetUp: true });
    const token = tokenOf(server.setUpLink ?? '');
    const wrong = await nobody().send('POST', '/api/set-up', { ...body, token: noToken });
    expect(wrong.status).toBe(404);
    const short = await nobody().send('POST', '/api/set-up', { ...body, token, password: 'too short' });
    expect(short.status).toBe(422);
    const both = await Promise.all(
      [1, 2].map(() => nobody().send('POST', '/api/set-up', { ...body, token })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
    const used = await nobody().send('POST', '/api/set-up', { ...body, token });
    expect(alike(used)).toEqual(alike(wrong));
    expect((await nobody().get('/api/welcome')).body).toMatchObject({ demo: null, needsSetUp: false });
    admin = await signedIn('sofia@example.org');
    const me = (await admin.get('/api/me')).body as { may: string[] };
    expect(me.may).toContain('members.administer');
  });

  it('[O6] demo sign-in does not exist on a database of one’s own', async () => {
    const me = (await admin.get('/api/me')).body as { member: { id: string } };
    for (const path of ['/api/demo/sign-in', '/api/auth/demo/sign-in']) {
      const reply = await nobody().send('POST', path, { memberId: me.member.id });
      expect([path, reply.status, reply.headers.getSetCookie()]).toEqual([path, 404, []]);
    }
  });
});

describe('sign-in', () => {
  it('[O5] a wrong password and an unknown address are refused alike, and accounts are not made over HTTP', async () => {
    const wrong = await signIn('sofia@example.org', 'not the password');
    const unknown = await signIn('nobody@example.org', 'not the password');
    expect([wrong.status, wrong.text]).toEqual([401, unknown.text]);
    expect(wrong.headers.getSetCookie()).toEqual([]);
    const signUp = { name: 'Eve', email: 'eve@example.org', password };
    const refused = await nobody().send('POST', '/api/auth/sign-up/email', signUp);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    const eve = await server.connection.db.select().from(user).where(eq(user.email, 'eve@example.org'));
    expect(eve).toEqual([]);
  });

  it('[live 5] the cookie is for HTTP alone and the same site', async () => {
    const [cookie = ''] = (await signIn('sofia@example.org', password)).headers.getSetCookie();
    expect(cookie).toMatch(/^attune=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Path=\//i);
  });

  it('[live 5] where people come by https every cookie is Secure, and the sign-in’s is bound to the host', async () => {
    const publicUrl = 'https://attune.example';
    const bus = { publish: () => {}, subscribe: () => () => {} };
    const serverKey = new Uint8Array(32).fill(7);
    const auth = createAuth({ db: server.connection.db, bus, publicUrl, serverKey, demo: false });
    const request = new Request(`${publicUrl}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { Origin: publicUrl, 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'sofia@example.org', password, rememberMe: false }),
    });
    const cookies = (await auth.handle(request, '192.0.2.1')).headers.getSetCookie();
    expect(cookies.some((cookie) => cookie.startsWith('__Host-attune='))).toBe(true);
    for (const cookie of cookies) expect(cookie).toMatch(/; Secure/i);
  });

  it('[O5] signing out ends the sign-in on the server', async () => {
    const person = await newMember();
    expect((await person.get('/api/me')).status).toBe(200);
    expect((await person.send('POST', '/api/auth/sign-out', {})).status).toBe(200);
    expect((await person.get('/api/me')).status).toBe(401);
  });

  it('[O5] a deactivated member can neither go on nor sign in again, and can once active', async () => {
    const person = await newMember();
    expect((await change(person.memberId, { active: false })).status).toBe(200);
    expect((await person.get('/api/me')).status).toBe(401);
    const refused = await signIn(person.email, password);
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([401, []]);
    expect(refused.text).toBe((await signIn('nobody@example.org', password)).text);
    expect((await change(person.memberId, { active: true })).status).toBe(200);
    expect((await person.get('/api/me')).status).toBe(401);
    expect((await (await signedIn(person.email)).get('/api/me')).status).toBe(200);
  });
});

describe('invitations', () => {
  it('[O5] a link tells whom it is for, makes the member with roles and access, and works once', async () => {
    const token = await invite('ben@example.org', { roles: ['evaluator', 'manager'] });
    for (let look = 0; look < 2; look += 1) {
      expect((await peek(token)).body).toEqual({
        organisation: 'Northwind',
        email: 'ben@example.org',
        name: null,
      });
    }
    const both = await Promise.all([accept(token), accept(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
    const me = (await (await signedIn('ben@example.org')).get('/api/me')).body as { member: object };
    expect(me.member).toMatchObject({
      name: 'Ben Whitfield',
      roles: ['evaluator', 'manager'],
      access: wholeOrganisation,
    });
  });

  it('[O5] unknown, expired, used and revoked links answer alike', async () => {
    const used = await invite('used@example.org');
    expect((await accept(used)).status).toBe(204);
    const expired = await invite('expired@example.org');
    await setLink(expired, { expiresAt: '2020-01-01T00:00:00Z' });
    const revoked = await invite('revoked@example.org');
    await setLink(revoked, { revokedAt: '2020-01-01T00:00:00Z' });
    for (const ask of [peek, accept]) {
      const unknown = alike(await ask(noToken));
      expect(unknown[0]).toBe(404);
      for (const token of [used, expired, revoked]) expect(alike(await ask(token))).toEqual(unknown);
    }
  });

  it('[O5] one that waits is listed for administrators without its link, until it is used, expired or revoked', async () => {
    const emails = ['waits', 'used', 'expired', 'revoked'].map((name) => `list-${name}@example.org`);
    const [waits = '', used = '', expired = '', revoked = ''] = await Promise.all(
      emails.map((email) => invite(email, { roles: ['lead', 'evaluator'] })),
    );
    type Pending = { id: string; email: string; expiresAt: string };
    const listed = async () => {
      const reply = await admin.get('/api/invitations');
      for (const token of [waits, used, expired, revoked]) expect(reply.text).not.toContain(token);
      const { invitations } = reply.body as { invitations: Pending[] };
      return invitations.filter(({ email }) => email.startsWith('list-'));
    };
    expect((await listed()).map(({ email }) => email).sort()).toEqual([...emails].sort());
    await accept(used);
    await setLink(expired, { expiresAt: '2020-01-01T00:00:00Z' });
    const doomed = (await listed()).find(({ email }) => email === 'list-revoked@example.org');
    expect((await admin.send('DELETE', `/api/invitations/${doomed?.id}`)).status).toBe(204);
    expect(await listed()).toEqual([
      expect.objectContaining({
        email: 'list-waits@example.org',
        roles: ['lead', 'evaluator'],
        access: wholeOrganisation,
        byName: 'Sofia Lind',
      }),
    ]);
    for (const ask of [peek, accept]) {
      expect(alike(await ask(revoked))).toEqual(alike(await ask(noToken)));
    }
    expect((await accept(waits)).status).toBe(204);
    // Neither a second time, nor what was used, nor another organisation's: there is nothing to end.
    expect((await admin.send('DELETE', `/api/invitations/${doomed?.id}`)).status).toBe(404);
  });

  it('[O1] another organisation’s invitation is neither listed nor ended', async () => {
    const token = await invite('elsewhere@example.org');
    const { db } = server.connection;
    const [row] = await db.select().from(link).where(eq(link.email, 'elsewhere@example.org'));
    const organisationId = randomUUID();
    await db.insert(organisation).values({ id: organisationId, name: 'Elsewhere', demo: false });
    await setLink(token, { organisationId });
    expect((await admin.get('/api/invitations')).text).not.toContain('elsewhere@example.org');
    expect((await admin.send('DELETE', `/api/invitations/${row?.id}`)).status).toBe(404);
    // Nor ended by the try: it is the other organisation's operator's, and works.
    await setLink(token, { createdBy: null });
    expect((await peek(token)).status).toBe(200);
    await db.delete(securityEvent).where(eq(securityEvent.organisationId, organisationId));
    await db.delete(link).where(eq(link.organisationId, organisationId));
    await db.delete(organisation).where(eq(organisation.id, organisationId));
  });

  it('[O5] opens for nobody once its maker administers nothing any more', async () => {
    const boss = await newMember({ roles: ['admin'] });
    const body = { email: 'late@example.org', roles: ['admin'], access: wholeOrganisation };
    const token = tokenOf(
      ((await boss.send('POST', '/api/invitations', body)).body as { link: string }).link,
    );
    expect((await peek(token)).status).toBe(200);
    expect((await change(boss.memberId, { roles: ['lead'] })).status).toBe(200);
    for (const reply of [await peek(token), await accept(token)]) expect(reply.status).toBe(404);
    expect((await change(boss.memberId, { roles: ['admin'] })).status).toBe(200);
    expect((await peek(token)).status).toBe(200);
    expect((await change(boss.memberId, { active: false })).status).toBe(200);
    expect((await peek(token)).status).toBe(404);
  });

  it('[O5] of the accounts’ own routes only signing in and out are served', async () => {
    const me = (await admin.get('/api/me')).text;
    for (const [path, body] of [
      ['update-user', { name: 'Mallory' }],
      ['change-password', { currentPassword: password, newPassword: 'another long password' }],
      ['change-email', { newEmail: 'mallory@example.org' }],
      ['revoke-session', { token: 'x\u0000' }],
      ['delete-user', {}],
      ['link/sign-in', { userId: randomUUID() }],
      ['sign-up/email', { name: 'Mallory', email: 'mallory@example.org', password }],
    ] as const) {
      const reply = await admin.send('POST', `/api/auth/${path}`, body);
      expect([path, reply.status]).toEqual([path, 404]);
    }
    expect((await admin.get('/api/auth/list-sessions')).status).toBe(404);
    expect((await admin.get('/api/me')).text).toBe(me);
  });

  it('[O5] the database holds no link, only its hash', async () => {
    const token = await invite('hashed@example.org');
    const rows = await server.connection.db.select().from(link);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('[O5] an address that someone has is told to the administrator, and two invitations make one account', async () => {
    const taken = { email: 'SOFIA@example.org', roles: ['lead'], access: wholeOrganisation };
    expect((await admin.send('POST', '/api/invitations', taken)).status).toBe(409);
    const tokens = [await invite('twice@example.org'), await invite('twice@example.org')];
    const both = await Promise.all(tokens.map((token) => accept(token)));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('[O3] access to what the organisation does not have is refused before a link exists', async () => {
    const access = { kind: 'grants', grants: [{ clientId: randomUUID(), lobId: null }] };
    const body = { email: 'lost@example.org', roles: ['evaluator'], access };
    const reply = await admin.send('POST', '/api/invitations', body);
    expect([reply.status, reply.text]).toEqual([422, expect.stringContaining('/access/grants')]);
  });
});

describe('clients and members', () => {
  it('[O3] a client comes with its lines of business; a second of the name is refused', async () => {
    const added = await admin.send('POST', '/api/clients', {
      name: 'Kestrel Bank',
      lobs: ['Cards', 'Loans'],
    });
    expect(added.status).toBe(201);
    const again = await admin.send('POST', '/api/clients', { name: 'Kestrel Bank' });
    expect([again.status, again.text]).toEqual([422, expect.stringContaining('/name')]);
    const lobs = await admin.send('POST', '/api/clients', { name: 'Solace', lobs: ['Claims', 'Claims'] });
    expect([lobs.status, lobs.text]).toEqual([422, expect.stringContaining('/lobs')]);
  });

  it('[O4] a member sees the clients that they work for, and no other’s name', async () => {
    const [bank] = (
      (await admin.get('/api/clients')).body as { clients: { id: string; lobs: { id: string }[] }[] }
    ).clients;
    await admin.send('POST', '/api/clients', { name: 'Aurora Telecom', lobs: ['Billing'] });
    const lobId = bank?.lobs[0]?.id ?? '';
    const access = { kind: 'grants', grants: [{ clientId: bank?.id, lobId }] };
    const person = await newMember({ access });
    const reply = await person.get('/api/clients');
    expect(reply.body).toEqual({
      clients: [
        {
          id: bank?.id,
          name: 'Kestrel Bank',
          archived: false,
          lobs: [{ id: lobId, name: 'Cards', archived: false }],
        },
      ],
    });
    await change(person.memberId, {
      access: { kind: 'grants', grants: [{ clientId: bank?.id, lobId: null }] },
    });
    const whole = (await person.get('/api/clients')).body as { clients: { lobs: object[] }[] };
    expect(whole.clients.map(({ lobs }) => lobs.length)).toEqual([2]);
    await change(person.memberId, { access: { kind: 'grants', grants: [] } });
    expect((await person.get('/api/clients')).body).toEqual({ clients: [] });
  });

  it('[O2] the last active administrator can be neither deactivated nor demoted, even by two at once', async () => {
    const me = (await admin.get('/api/me')).body as { member: { id: string } };
    for (const body of [{ active: false }, { roles: ['lead'] }]) {
      const reply = await change(me.member.id, body);
      expect([reply.status, reply.text]).toEqual([409, expect.stringContaining('last-admin')]);
    }
    const second = await newMember({ roles: ['admin'] });
    const both = await Promise.all([
      change(me.member.id, { roles: ['lead'] }),
      second.send('PATCH', `/api/members/${second.memberId}`, { roles: ['lead'] }),
    ]);
    expect(both.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    const members = (await Promise.all([admin.get('/api/me'), second.get('/api/me')])).map(
      ({ body }) => (body as { member: { roles: string[] } }).member.roles,
    );
    expect(members.filter((roles) => roles.includes('admin'))).toHaveLength(1);
    // Whoever is left gives the role back, so that the tests after this one have their administrator.
    const last = members[0]?.includes('admin') ? admin : second;
    expect((await last.send('PATCH', `/api/members/${me.member.id}`, { roles: ['admin'] })).status).toBe(200);
  });

  it('[O3] changing nothing changes nothing; unknown grants are refused with their place', async () => {
    const person = await newMember();
    const same = await change(person.memberId, {});
    expect([same.status, same.body]).toEqual([
      200,
      expect.objectContaining({ roles: ['evaluator'], active: true }),
    ]);
    const access = { kind: 'grants', grants: [{ clientId: randomUUID(), lobId: null }] };
    const reply = await change(person.memberId, { access });
    expect([reply.status, reply.text]).toEqual([422, expect.stringContaining('/access/grants')]);
    expect((await person.get('/api/me')).body).toMatchObject({ member: { access: wholeOrganisation } });
  });

  it('[O2] e-mail addresses are for administrators alone', async () => {
    const lead = await newMember({ roles: ['lead'] });
    expect((await admin.get('/api/members')).text).toContain('sofia@example.org');
    const reply = await lead.get('/api/members');
    expect(reply.status).toBe(200);
    expect(reply.text).not.toContain('@example.org');
  });
});

describe('wrong passwords', () => {
  it('[O5] are limited by address, whatever address the caller claims', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 101 && !statuses.includes(429); attempt += 1) {
      const reply = await fetch(`${server.url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: {
          Origin: server.url,
          'Content-Type': 'application/json',
          'X-Attune-Client-Address': `10.0.0.${attempt}`,
          'X-Forwarded-For': `10.0.1.${attempt}`,
        },
        body: JSON.stringify({ email: 'sofia@example.org', password: 'not the password' }),
      });
      statuses.push(reply.status);
    }
    expect(statuses.at(-1)).toBe(429);
  });
});
