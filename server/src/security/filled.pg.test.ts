// What the security log tells of a day in an organisation, and what it never holds.
import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import {
  type Account,
  type Accounts,
  password,
  setUpAccounts,
  tokenOf,
} from '../../../test/support/accounts.ts';
import { makeOrganisation } from '../../../test/support/people.ts';
import { longestSetUpMs, serverTest } from '../../../test/support/team.ts';
import type { RunningServer } from '../start.ts';

interface Entry {
  id: string;
  kind: string;
  actor: { id: string; name: string } | null;
  member: { id: string; name: string } | null;
  address: string | null;
  device: string | null;
  detail: Record<string, unknown>;
}
interface Page {
  entries: Entry[];
  next: string | null;
}

let server: RunningServer;
let accounts: Accounts;
const lines: string[] = [];
/** Everything that opens something, and must be found nowhere. */
const planted: string[] = [
  password,
  'three plain words',
  'my secret typed as e-mail',
  'a wrong password of mine',
];

const it = serverTest({ demo: false, logTo: (line) => lines.push(line) });

it.beforeAll(async ({ server: started }) => {
  server = started;
  planted.push(tokenOf(server.setUpLink ?? ''));
  accounts = await setUpAccounts(server);
}, longestSetUpMs);

const read = async (query = '', who: Pick<Account, 'get'> = accounts.admin) =>
  (await who.get(`/api/security-log${query}`)).body as Page;
const newest = async (kind: string) => (await read(`?kind=${kind}`)).entries[0];
const linkIn = (reply: { body: unknown }) => {
  const token = tokenOf((reply.body as { link: string }).link);
  planted.push(token);
  return token;
};

describe('the security log', () => {
  it('[P6] tells of accounts: who came in and failed to, whom rights were given and taken, how passwords changed', async () => {
    const { admin, nobody } = accounts;
    const ben = await accounts.member();
    planted.push(decodeURIComponent(ben.cookie).split('=')[1] ?? '');
    expect(await newest('set-up-used')).toMatchObject({
      actor: { name: 'Sofia Lind' },
      address: '127.0.0.1',
    });
    expect(await newest('invitation-made')).toMatchObject({
      actor: { name: 'Sofia Lind' },
      detail: { email: ben.email, roles: ['evaluator'], access: 'organisation' },
    });
    expect(await newest('invitation-used')).toMatchObject({ actor: { id: ben.memberId } });
    expect(await newest('sign-in-succeeded')).toMatchObject({
      actor: { id: ben.memberId },
      detail: { by: 'password' },
    });

    await accounts.tryIn(ben.email, 'a wrong password of mine');
    expect(await newest('sign-in-failed')).toMatchObject({
      actor: null,
      member: { id: ben.memberId },
      detail: {},
    });
    await accounts.tryIn('my secret typed as e-mail', 'x');
    await accounts.tryIn('nobody@example.org', 'a wrong password of mine');
    expect(await newest('sign-in-failed')).toMatchObject({
      member: null,
      detail: { account: expect.any(String) },
    });

    await admin.send('PATCH', `/api/members/${ben.memberId}`, {
      roles: ['lead'],
      access: { kind: 'grants', grants: [] },
    });
    expect(await newest('roles-or-access-changed')).toMatchObject({
      actor: { name: 'Sofia Lind' },
      member: { id: ben.memberId, name: 'Ben Whitfield' },
      detail: {
        rolesBefore: ['evaluator'],
        rolesAfter: ['lead'],
        accessBefore: 'organisation',
        accessAfter: [],
      },
    });
    await ben.send('PUT', '/api/account/password', { present: password, password: 'three plain words' });
    expect(await newest('password-changed')).toMatchObject({ actor: { id: ben.memberId }, member: null });
    const other = await accounts.signIn(ben.email, 'three plain words');
    await ben.send('DELETE', '/api/account/sign-ins');
    expect(await newest('sign-in-ended')).toMatchObject({ detail: { signInsEnded: 1 } });
    expect((await other.get('/api/me')).status).toBe(401);

    const token = linkIn(await admin.send('POST', `/api/members/${ben.memberId}/password-reset`));
    await nobody().send('POST', '/api/password-reset/peek', { token });
    await nobody().send('POST', '/api/password-reset', { token, password });
    for (const kind of ['reset-link-made', 'reset-link-opened', 'reset-link-used'])
      expect(await newest(kind)).toMatchObject({ member: { id: ben.memberId } });
    const again = await accounts.signIn(ben.email);
    await again.send('POST', '/api/auth/sign-out', {});
    expect(await newest('signed-out')).toMatchObject({ actor: { id: ben.memberId } });

    const invited = {
      email: `${randomUUID()}@example.org`,
      roles: ['lead'],
      access: { kind: 'organisation' },
    };
    const invitation = await admin.send('POST', '/api/invitations', invited);
    await nobody().send('POST', '/api/invitations/peek', { token: linkIn(invitation) });
    expect(await newest('invitation-opened')).toMatchObject({ detail: { email: invited.email } });
    await admin.send('DELETE', `/api/invitations/${(invitation.body as { id: string }).id}`);
    expect(await newest('invitation-ended')).toMatchObject({ detail: { email: invited.email } });
    await admin.send('PATCH', '/api/organisation', { revision: 1, guestsAllowed: false });
    expect(await newest('organisation-changed')).toMatchObject({ detail: { guestsAllowed: false } });
    for (const [active, kind] of [
      [false, 'member-deactivated'],
      [true, 'member-reactivated'],
    ] as const) {
      await admin.send('PATCH', `/api/members/${ben.memberId}`, { active });
      expect(await newest(kind)).toMatchObject({ member: { id: ben.memberId } });
    }
  });

  it('[P6] says nothing of a change that changes nothing', async () => {
    const ben = await accounts.member();
    const before = (await read()).entries.length;
    await accounts.admin.send('PATCH', `/api/members/${ben.memberId}`, {
      roles: ['evaluator'],
      active: true,
    });
    expect((await read(`?member=${ben.memberId}`)).entries.map(({ kind }) => kind)).not.toContain(
      'roles-or-access-changed',
    );
    expect((await read()).entries.length).toBeGreaterThanOrEqual(before);
  });

  it('[P6] holds no password, token, key or cookie, and neither does the process’s log', async () => {
    const rows = await server.connection.sql`select * from security_event`;
    expect(rows.length).toBeGreaterThan(20);
    const told = [JSON.stringify(rows), ...lines.filter((line) => line.includes('"security"'))];
    expect(told.length).toBeGreaterThanOrEqual(rows.length);
    for (const secret of planted) {
      expect(secret.length).toBeGreaterThan(8);
      for (const text of told) expect(text).not.toContain(secret);
    }
  });

  it('[P6] is read in pages, the newest first, by kind and by member, and a foreign cursor is refused', async () => {
    const { organisationId } = (
      await server.connection.sql<{ organisationId: string }[]>`
        select organisation_id as "organisationId" from member where id = ${accounts.admin.memberId}`
    )[0] as { organisationId: string };
    // Two hundred of one instant, so that the order among them counts, too.
    await server.connection.sql`
      insert into security_event (id, organisation_id, at, kind, actor_id)
      select gen_random_uuid(), ${organisationId}, '2026-01-01T00:00:00.000Z', 'record-exported', ${accounts.admin.memberId}
      from generate_series(1, 200)`;
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Page = await read(
        `?kind=record-exported${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      seen.push(...page.entries.map(({ id }) => id));
      cursor = page.next;
    }
    expect([seen.length, new Set(seen).size]).toEqual([200, 200]);
    const mine = await read(`?member=${accounts.admin.memberId}&kind=sign-in-succeeded`);
    expect(new Set(mine.entries.map(({ actor }) => actor?.id))).toEqual(new Set([accounts.admin.memberId]));
    expect((await accounts.admin.get('/api/security-log?cursor=x')).status).toBe(422);
  });

  it('[P6] is for administrators, and of one’s own organisation', async () => {
    const lead = await accounts.member(['lead']);
    expect((await lead.get('/api/security-log')).status).toBe(403);
    const elsewhere = await makeOrganisation(server, 'Elsewhere');
    await server.connection.sql`
      insert into security_event (id, organisation_id, at, kind, detail)
      values (gen_random_uuid(), ${elsewhere.id}, now(), 'organisation-changed', '{"email":"secret of elsewhere"}')`;
    expect(JSON.stringify(await read())).not.toContain('elsewhere');
  });

  it('[P6] is kept for four hundred days', async () => {
    const { sql } = server.connection;
    await sql`update security_event set at = now() - interval '401 days' where id = (select id from security_event where at < '2026-01-02' limit 1)`;
    await accounts.tryIn('nobody@example.org', 'x');
    const [{ old } = { old: -1 }] = await sql<{ old: number }[]>`
      select count(*)::int as old from security_event where at < now() - interval '400 days'`;
    expect(old).toBe(0);
  });
});
