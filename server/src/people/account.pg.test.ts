// One's own account: changing its password, seeing and ending its sign-ins, and how long one lives (O5; ASVS 6.2, 7.3 to 7.5).
import { beforeEach, describe, expect } from 'vitest';
import {
  type Account,
  type Accounts,
  password,
  setUpAccounts,
  tokenOf,
} from '../../../test/support/accounts.ts';
import { openRoom, until } from '../../../test/support/rooms.ts';
import { longestSetUpMs, serverTest } from '../../../test/support/team.ts';
import type { RunningServer } from '../start.ts';

let server: RunningServer;
let accounts: Accounts;
let ben: Account;

const another = 'three plain words';

const it = serverTest({ demo: false });

it.beforeAll(async ({ server: started }) => {
  server = started;
  accounts = await setUpAccounts(server);
}, longestSetUpMs);

beforeEach(async () => {
  ben = await accounts.member();
});

const isIn = async (browser: Pick<Account, 'get'>) => (await browser.get('/api/me')).status === 200;
const change = (who: Pick<Account, 'send'>, body: object) => who.send('PUT', '/api/account/password', body);

interface SignIns {
  hasPassword: boolean;
  signIns: { id: string; current: boolean; device: string | null; address: string | null }[];
}
const signInsOf = async (who: Pick<Account, 'get'>) => (await who.get('/api/account')).body as SignIns;

describe('a password', () => {
  it('[O5] is changed by whoever knows the present one; every other browser is signed out at once', async () => {
    const phone = await accounts.signIn(ben.email);
    const feed = openRoom(server.url, `feed/${ben.memberId}`, phone.cookie);
    await until('the phone’s feed is open', () => feed.provider.wsconnected);
    const changed = await change(ben, { present: password, password: another });
    expect([changed.status, changed.text]).toEqual([204, '']);
    await until('the phone’s socket is closed', () => feed.closes.includes(4401));
    feed.close();
    expect([await isIn(ben), await isIn(phone)]).toEqual([true, false]);
    expect((await accounts.tryIn(ben.email, password)).status).toBe(401);
    expect(await isIn(await accounts.signIn(ben.email, another))).toBe(true);
  });

  it('[O5] is changed with the others staying where that is asked for', async () => {
    const phone = await accounts.signIn(ben.email);
    await change(ben, { present: password, password: another, keepOthers: true });
    expect([await isIn(ben), await isIn(phone)]).toEqual([true, true]);
  });

  it('[O5] stays where the present one is wrong, and the refusal names the field', async () => {
    const refused = await change(ben, { present: 'not my password', password: another });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('"/present"')]);
    expect((await accounts.tryIn(ben.email, password)).status).toBe(200);
  });

  it('[O5] present ones cannot be tried one after the other', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12 && !statuses.includes(429); attempt += 1) {
      statuses.push((await change(ben, { present: `guess ${attempt}`, password: another })).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });

  it('[O5] changed in two browsers at once is changed once', async () => {
    const phone = await accounts.signIn(ben.email);
    const both = await Promise.all([
      change(ben, { present: password, password: another }),
      change(phone, { present: password, password: 'my dog likes rain' }),
    ]);
    expect(both.filter(({ status }) => status === 204)).toHaveLength(1);
  });

  it.each(['password1234', 'passwordpassword', 'Ben Whitfield', 'NorthwindNorthwind'])(
    '[O5] %s is refused wherever one is set, with the field and why',
    async (common) => {
      const admin = accounts.admin;
      const email = `${common.replaceAll(' ', '').toLowerCase()}@example.org`;
      const invited = await admin.send('POST', '/api/invitations', {
        email,
        roles: ['evaluator'],
        access: { kind: 'organisation' },
      });
      const invitation = tokenOf((invited.body as { link: string }).link);
      const reset = await admin.send('POST', `/api/members/${ben.memberId}/password-reset`);
      const token = tokenOf((reset.body as { link: string }).link);
      const refusals = [
        await change(ben, { present: password, password: common }),
        await accounts.nobody().send('POST', '/api/password-reset', { token, password: common }),
        await accounts.nobody().send('POST', '/api/invitations/accept', {
          token: invitation,
          name: 'Ben Whitfield',
          password: common,
        }),
      ];
      for (const { status, body } of refusals) {
        const errors = [
          expect.objectContaining({
            pointer: '/password',
            code: expect.stringMatching(/^password-(common|own)$/),
          }),
        ];
        expect([status, body]).toEqual([422, expect.objectContaining({ errors })]);
      }
      // Refused, not consumed: the links still work with a better one.
      const used = await accounts.nobody().send('POST', '/api/password-reset', { token, password: another });
      expect(used.status).toBe(204);
    },
  );
});

describe('sign-ins', () => {
  it('[O5] are seen by their owner with device, address and which one asks, and are ended one by one', async () => {
    const phone = await accounts.signIn(ben.email);
    await server.connection.sql`
      update sign_in set user_agent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1'
      where id = (select id from sign_in order by created_at desc limit 1)`;
    const { hasPassword, signIns } = await signInsOf(ben);
    expect(hasPassword).toBe(true);
    expect(signIns).toHaveLength(2);
    expect(signIns.filter(({ current }) => current)).toHaveLength(1);
    const other = signIns.find(({ current }) => !current);
    expect(other).toMatchObject({ device: 'Safari on iPhone', address: '127.0.0.1' });

    const feed = openRoom(server.url, `feed/${ben.memberId}`, phone.cookie);
    await until('the phone’s feed is open', () => feed.provider.wsconnected);
    expect((await ben.send('DELETE', `/api/account/sign-ins/${other?.id}`)).status).toBe(204);
    await until('the phone’s socket is closed', () => feed.closes.includes(4401));
    feed.close();
    expect([await isIn(ben), await isIn(phone)]).toEqual([true, false]);
    expect((await signInsOf(ben)).signIns).toHaveLength(1);
  });

  it('[O5] of another are not there to be ended', async () => {
    const [own] = (await signInsOf(ben)).signIns;
    const eve = await accounts.member();
    expect((await eve.send('DELETE', `/api/account/sign-ins/${own?.id}`)).status).toBe(404);
    expect(await isIn(ben)).toBe(true);
  });

  it('[O5] are all ended but this one, or with this one', async () => {
    const phone = await accounts.signIn(ben.email);
    expect((await ben.send('DELETE', '/api/account/sign-ins')).status).toBe(204);
    expect([await isIn(ben), await isIn(phone)]).toEqual([true, false]);
    expect((await ben.send('DELETE', '/api/account/sign-ins?keep=none')).status).toBe(204);
    expect(await isIn(ben)).toBe(false);
  });

  it('[O5] made anew in the same browser end the one before', async () => {
    const again = await ben.send('POST', '/api/auth/sign-in/email', { email: ben.email, password });
    expect([again.status, await isIn(ben)]).toEqual([200, false]);
  });

  it('[O5] end thirty days after they were made, however much they are used, and so do their sockets', async () => {
    const soon = await accounts.signIn(ben.email);
    const age = (cookie: string, secondsLeft: number) => {
      const token = decodeURIComponent(cookie).split('=')[1]?.split('.')[0] ?? '';
      return server.connection.sql`
        update sign_in set created_at = now() - interval '30 days' + make_interval(secs => ${secondsLeft}),
          expires_at = now() + interval '7 days'
        where token = ${token}`;
    };
    await age(soon.cookie, 3_600);
    await age(ben.cookie, 4);
    const feed = openRoom(server.url, `feed/${ben.memberId}`, ben.cookie);
    await until('the feed is open', () => feed.provider.wsconnected);
    await until('the feed is closed', () => feed.closes.includes(4401));
    feed.close();
    const [old, young] = [await ben.get('/api/me'), await soon.get('/api/me')];
    expect([old.status, old.headers.getSetCookie(), young.status]).toEqual([401, [], 200]);
  });
});

describe('a sign-in’s reply', () => {
  it('[O5] has the token in the cookie and nowhere else', async () => {
    const reply = await accounts.tryIn(ben.email, password);
    const [cookie = ''] = reply.headers.getSetCookie();
    const token = decodeURIComponent(cookie).split('=')[1]?.split('.')[0] ?? '';
    expect(token.length).toBeGreaterThan(20);
    expect(reply.text).toBe('{"done":true}');
    const out = await ben.send('POST', '/api/auth/sign-out', {});
    expect([out.status, out.text]).toEqual([200, '{"done":true}']);
  });
});
