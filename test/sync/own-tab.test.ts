// A tab says whom it was opened as, and the server does nothing there in another's name; and on the demo alone, a browser is signed
// in as several people at once, a tab each (O6).
import { describe, expect } from 'vitest';
import { mostTabs } from '../../server/src/http/demo-tabs.ts';
import { password } from '../support/accounts.ts';
import { CookieJar, tabOf } from '../support/tab.ts';
import { accountsTest, teamTest } from '../support/team.ts';

const own = accountsTest();
const it = teamTest();

const nameOf = (reply: { readonly body: unknown }) =>
  (reply.body as { member: { name: string } }).member.name;

describe('a tab that names its person', () => {
  it('[O5] is answered as ever, and so is whoever names nobody', async ({ server, team }) => {
    const [ben] = team.people;
    for (const says of [{}, { member: ben.memberId }]) {
      const tab = tabOf(server.url, new CookieJar(ben.cookie), says);
      expect(nameOf(await tab.ask('GET', '/api/me'))).toBe('Ben');
      expect(await tab.open(`feed/${ben.memberId}`)).toBe('open');
    }
  });

  it('[O5] does nothing in another’s name: no read, no command, no joining, no signing out, no socket', async ({
    server,
    team,
  }) => {
    const [ben, chidi] = team.people;
    const { id } = await team.calibration('scoring');
    const jar = new CookieJar(chidi.cookie);
    const tab = tabOf(server.url, jar, { member: ben.memberId });
    const asked = [
      await tab.ask('GET', '/api/me'),
      await tab.ask('POST', `/api/sessions/${id}/submission`, {}),
      await tab.ask('POST', '/api/join', { token: 'A'.repeat(43) }),
      await tab.ask('POST', '/api/auth/sign-out', {}),
    ];
    for (const reply of asked) {
      expect([reply.status, reply.body]).toEqual([
        409,
        expect.objectContaining({ type: '/problems/other-sign-in', signedInAs: 'Chidi' }),
      ]);
    }
    expect(await tab.open(`meeting/${id}`)).toBe('otherSignIn');
    // Chidi has neither submitted nor signed out.
    const chidis = tabOf(server.url, jar, { member: chidi.memberId });
    expect(nameOf(await chidis.ask('GET', '/api/me'))).toBe('Chidi');
    const { shared } = (await team.lead.get(`/api/sessions/${id}`)).body as {
      shared: { participants: { state: string }[] };
    };
    expect(shared.participants.map(({ state }) => state)).toEqual(['scoring', 'scoring']);
  });

  it('[O5] is not let in by a name that is none, and is told to sign in where nobody is', async ({
    server,
    team,
  }) => {
    const [ben] = team.people;
    for (const member of ['', 'nobody']) {
      const tab = tabOf(server.url, new CookieJar(ben.cookie), { member });
      expect((await tab.ask('GET', '/api/me')).status).toBe(409);
      expect(await tab.open(`feed/${ben.memberId}`)).toBe('otherSignIn');
    }
    const signedOut = tabOf(server.url, new CookieJar(), { member: ben.memberId });
    expect((await signedOut.ask('GET', '/api/me')).status).toBe(401);
    expect(await signedOut.open(`feed/${ben.memberId}`)).toBe('notSignedIn');
  });
});

describe('the demo’s tabs', () => {
  const [first, second] = ['tab00001', 'tab00002'];

  it('[O6] one browser is signed in as two people at once, a tab each, and as nobody where no tab is named', async ({
    server,
    team,
  }) => {
    const [ben, chidi] = team.people;
    const jar = new CookieJar();
    const bens = tabOf(server.url, jar, { tab: first });
    const chidis = tabOf(server.url, jar, { tab: second });
    await bens.ask('POST', '/api/demo/sign-in', { memberId: ben.memberId });
    await chidis.ask('POST', '/api/demo/sign-in', { memberId: chidi.memberId });
    expect(nameOf(await bens.ask('GET', '/api/me'))).toBe('Ben');
    expect(nameOf(await chidis.ask('GET', '/api/me'))).toBe('Chidi');
    expect(await bens.open(`feed/${ben.memberId}`)).toBe('open');
    expect(await chidis.open(`feed/${ben.memberId}`)).toBe('noSuchRoom');
    expect(await chidis.open(`feed/${chidi.memberId}`)).toBe('open');
    expect((await tabOf(server.url, jar).ask('GET', '/api/me')).status).toBe(401);
    // A download names the tab in its address.
    expect(nameOf(await tabOf(server.url, jar).ask('GET', `/api/me?tab=${first}`))).toBe('Ben');
    // Signing out is of one tab.
    expect((await bens.ask('POST', '/api/auth/sign-out', {})).status).toBe(200);
    expect((await bens.ask('GET', '/api/me')).status).toBe(401);
    expect(nameOf(await chidis.ask('GET', '/api/me'))).toBe('Chidi');
  });

  it('[O6] the browser keeps the tabs that signed in last, and no name but a tab’s makes a cookie', async ({
    server,
    team,
  }) => {
    const [ben] = team.people;
    const jar = new CookieJar();
    const signIn = (tab: string) =>
      tabOf(server.url, jar, { tab }).ask('POST', '/api/demo/sign-in', { memberId: ben.memberId });
    for (let n = 0; n < mostTabs + 2; n += 1) await signIn(`tab-of-many${n}`.replaceAll('-', ''));
    const tabs = () => jar.names.filter((name) => name.startsWith('attune-tab-'));
    expect(tabs()).toHaveLength(mostTabs);
    expect(tabs()[0]).toBe('attune-tab-tabofmany2');
    const before = tabs();
    await signIn('x; Path=/evil');
    expect(tabs()).toEqual(before);
    expect(jar.names).toContain('attune');
  });

  own(
    '[O6] there are none on a database of one’s own: the tab’s name is read by nobody',
    async ({ server, accounts }) => {
      const member = await accounts.member();
      const jar = new CookieJar();
      const tab = tabOf(server.url, jar, { tab: first });
      const signedIn = await tab.ask('POST', '/api/auth/sign-in/email', { email: member.email, password });
      expect(signedIn.status).toBe(200);
      expect(jar.names.some((name) => name.includes('-tab-'))).toBe(false);
      const value = /attune=([^;]*)/.exec(jar.header)?.[1] ?? '';
      // The browser's own sign-in counts, whatever stands in a tab's cookie.
      const forged = new CookieJar(`attune-tab-${first}=${value}`);
      expect((await tabOf(server.url, forged, { tab: first }).ask('GET', '/api/me')).status).toBe(401);
      expect((await tabOf(server.url, jar, { tab: second }).ask('GET', '/api/me')).status).toBe(200);
      expect(await tabOf(server.url, forged, { tab: first }).open(`feed/${member.memberId}`)).toBe(
        'notSignedIn',
      );
      expect((await tab.ask('POST', '/api/demo/sign-in', { memberId: member.memberId })).status).toBe(404);
    },
  );
});
