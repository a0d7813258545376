// A new password by a one-time link that an administrator, or the operator, made (O5; J2: it is no way into what was begun).
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect } from 'vitest';
import { type Account, type Accounts, password, tokenOf } from '../../../test/support/accounts.ts';
import { cookieOf, makeOrganisation, type Reply, visitor } from '../../../test/support/people.ts';
import { openRoom, until } from '../../../test/support/rooms.ts';
import { accountsTest } from '../../../test/support/team.ts';
import { link, user } from '../db/schema.ts';
import type { RunningServer } from '../start.ts';

let server: RunningServer;
let accounts: Accounts;
let ben: Account;

const another = 'three plain words';
const noToken = 'A'.repeat(43);

const it = accountsTest();

it.beforeAll(({ server: started, accounts: made }) => {
  [server, accounts] = [started, made];
});

beforeEach(async () => {
  ben = await accounts.member();
});

const isIn = async (browser: Pick<Account, 'get'>) => (await browser.get('/api/me')).status === 200;
const ask = (memberId: string, by: Pick<Account, 'send'> = accounts.admin) =>
  by.send('POST', `/api/members/${memberId}/password-reset`);
async function made(memberId = ben.memberId, by: Pick<Account, 'send'> = accounts.admin): Promise<string> {
  const reply = await ask(memberId, by);
  if (reply.status !== 201) throw new Error(`no link: ${reply.text}`);
  const { link: address, expiresAt } = reply.body as { link: string; expiresAt: string };
  expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(24 * 60 * 60 * 1_000);
  return tokenOf(address);
}
const peek = (token: string) => accounts.nobody().send('POST', '/api/password-reset/peek', { token });
const use = (token: string, secret = another) =>
  accounts.nobody().send('POST', '/api/password-reset', { token, password: secret });
const alike = ({ status, text }: Reply) => [status, { ...(JSON.parse(text) as object), instance: undefined }];
const setLink = (token: string, row: object) =>
  server.connection.db
    .update(link)
    .set(row)
    .where(eq(link.tokenHash, createHash('sha256').update(token).digest()));
const accountOf = async (email: string) => {
  const [row] = await server.connection.db.select().from(user).where(eq(user.email, email));
  return row;
};

describe('a reset link', () => {
  it('[O5] tells whose password it sets, sets it once, ends every sign-in at once, and signs in', async () => {
    const token = await made();
    const feed = openRoom(server.url, `feed/${ben.memberId}`, ben.cookie);
    await until('the feed is open', () => feed.provider.wsconnected);
    for (let look = 0; look < 2; look += 1) {
      expect((await peek(token)).body).toEqual({ organisation: 'Northwind', email: ben.email });
    }
    expect(await isIn(ben)).toBe(true);
    const both = await Promise.all([use(token), use(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
    await until('the old socket is closed', () => feed.closes.includes(4401));
    feed.close();
    const reply = both.find(({ status }) => status === 204);
    expect(await isIn(ben)).toBe(false);
    expect(await isIn(visitor(server.url, reply && cookieOf(reply)))).toBe(true);
    expect((await accounts.tryIn(ben.email, password)).status).toBe(401);
    expect((await accounts.tryIn(ben.email, another)).status).toBe(200);
  });

  it('[J2] is told on the account: when it was used, and whose it was; every later sign-in is later than that', async () => {
    expect(await accountOf(ben.email)).toMatchObject({ passwordResetAt: null, passwordResetBy: null });
    await use(await made());
    const row = await accountOf(ben.email);
    expect(row?.passwordResetBy).toBe(accounts.admin.memberId);
    const since = Date.parse(row?.passwordResetAt ?? '');
    const rows = await server.connection.sql<{ created_at: string }[]>`
      select created_at from sign_in where user_id = ${row?.id ?? ''}`;
    expect(rows.map(({ created_at }) => Date.parse(created_at) >= since)).toEqual([true]);
    // One's own change afterwards does not make it one's own.
    const own = await accounts.signIn(ben.email, another);
    await own.send('PUT', '/api/account/password', { present: another, password: 'my dog likes rain' });
    expect((await accountOf(ben.email))?.passwordResetAt).toBe(row?.passwordResetAt);
  });

  it('[J2] of an administrator’s own account is told as their own', async () => {
    const boss = await accounts.member(['admin']);
    await use(await made(boss.memberId, boss));
    expect((await accountOf(boss.email))?.passwordResetBy).toBe(boss.memberId);
    // But washes off nothing that another did before.
    await use(await made(boss.memberId));
    const others = await accountOf(boss.email);
    expect(others?.passwordResetBy).toBe(accounts.admin.memberId);
    await use(await made(boss.memberId, await accounts.signIn(boss.email, another)));
    expect(await accountOf(boss.email)).toMatchObject({
      passwordResetAt: others?.passwordResetAt,
      passwordResetBy: accounts.admin.memberId,
    });
  });

  it('[O5] unknown, expired, used, revoked and overtaken ones answer alike, and consume nothing', async () => {
    const used = await made();
    await use(used);
    const overtaken = await made();
    const expired = await made();
    await setLink(expired, { expiresAt: '2020-01-01T00:00:00Z' });
    const revoked = await made();
    await setLink(revoked, { revokedAt: '2020-01-01T00:00:00Z' });
    for (const look of [peek, (token: string) => use(token)]) {
      const unknown = alike(await look(noToken));
      expect(unknown[0]).toBe(404);
      for (const token of [used, overtaken, expired, revoked])
        expect(alike(await look(token))).toEqual(unknown);
    }
    expect((await use(await made())).status).toBe(204);
  });

  it('[O5] ends when the member is deactivated, changes the password, or its maker is no administrator any more', async () => {
    const boss = await accounts.member(['admin']);
    const byBoss = await made(ben.memberId, boss);
    await accounts.admin.send('PATCH', `/api/members/${boss.memberId}`, { roles: ['lead'] });
    expect((await use(byBoss)).status).toBe(404);

    const overtaken = await made();
    await ben.send('PUT', '/api/account/password', { present: password, password: another });
    expect((await use(overtaken)).status).toBe(404);

    const ended = await made();
    await accounts.admin.send('PATCH', `/api/members/${ben.memberId}`, { active: false });
    expect((await use(ended)).status).toBe(404);
    expect((await ask(ben.memberId)).text).toContain('member-not-active');
    await accounts.admin.send('PATCH', `/api/members/${ben.memberId}`, { active: true });
    expect((await use(ended)).status).toBe(404);
  });

  it('[O1 O2] is made by administrators of the same organisation alone, never for guests or the demo’s accounts', async () => {
    const lead = await accounts.member(['lead']);
    expect((await ask(ben.memberId, lead)).status).toBe(403);
    const elsewhere = await makeOrganisation(server, 'Elsewhere');
    const { sql } = server.connection;
    const [stranger] = await sql<{ id: string }[]>`
      with made as (insert into "user" (id, name, email) values (gen_random_uuid(), 'Eve', 'eve@elsewhere.example') returning id)
      insert into member (id, organisation_id, user_id, name, roles) select gen_random_uuid(), ${elsewhere.id}, id, 'Eve', '{lead}'
      from made returning id`;
    expect((await ask(stranger?.id ?? '')).status).toBe(404);
    await sql`update member set organisation_id = (select organisation_id from member where id = ${ben.memberId}) where id = ${stranger?.id ?? ''}`;
    expect((await ask(stranger?.id ?? '')).text).toContain('no-password');
    await sql`update member set guest = true where id = ${stranger?.id ?? ''}`;
    expect((await ask(stranger?.id ?? '')).status).toBe(404);
  });

  it('[O5] stands in the database as a hash alone', async () => {
    const token = await made();
    const rows = await server.connection.db.select().from(link);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});
