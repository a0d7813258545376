// Coming in by links over the real server: members, and guests through the lobby; and that whatever ends a right ends it at once,
// over HTTP and the socket. A person's own place is in places.test.ts.
import { messageType } from '@attune/contract';
import type { Access } from '@attune/domain';
import { describe, expect } from 'vitest';
import type { RunningServer } from '../../server/src/start.ts';
import { knock } from '../support/guests.ts';
import { advance, makeSession, type Organisation, type Person, viewOf, visitor } from '../support/people.ts';
import { openRoom, until } from '../support/rooms.ts';
import { teamTest } from '../support/team.ts';

const it = teamTest();

let server: RunningServer;
let organisation: Organisation;
let lead: Person;
let ben: Person;
let chidi: Person;
let scorecardVersionId: string;

it.beforeAll(({ server: started, team }) => {
  server = started;
  ({ organisation, lead, scorecardVersionId } = team);
  [ben, chidi] = team.people;
});

const make = (more: object = {}) => makeSession(lead, { scorecardVersionId, ...more }, [ben, chidi]);
const tokenIn = (url: string) => new URL(url).hash.slice(1);

async function linkOf(id: string, kind = 'join'): Promise<string> {
  const made = await lead.send('POST', `/api/sessions/${id}/links/${kind}`, {});
  expect([made.status, made.text]).toEqual([200, expect.any(String)]);
  const links = made.body as Record<string, { url: string } | null>;
  return tokenIn(links[kind]?.url ?? '');
}

type Browser = ReturnType<typeof visitor>;

async function guestIn(token: string, name = 'Gus'): Promise<{ browser: Browser; memberId: string }> {
  const browser = await knock(server.url, token, name);
  return { browser, memberId: browser.memberId };
}

describe('the join link', () => {
  it('[J1] is shown again after a reload, ends when remade or revoked, and lies nowhere but as a hash', async () => {
    const { id } = await make();
    const first = await linkOf(id);
    const shown = (await lead.get(`/api/sessions/${id}/links`)).body as { join: { url: string } };
    expect(tokenIn(shown.join.url)).toBe(first);
    expect(first).toMatch(/^[\w-]{43}$/);
    const second = await linkOf(id);
    expect(second).not.toBe(first);
    const peek = (token: string) => visitor(server.url).send('POST', '/api/join/peek', { token });
    expect((await peek(second)).body).toMatchObject({ facilitator: 'Ana', guests: true, member: null });
    const tables = await server.connection.sql<{ table_name: string }[]>`
      select table_name from information_schema.tables where table_schema = 'public'`;
    for (const { table_name } of tables) {
      const rows = await server.connection
        .sql`select to_jsonb(t)::text as row from ${server.connection.sql(table_name)} t`;
      expect(JSON.stringify(rows)).not.toContain(second);
    }
    const revoked = await lead.send('DELETE', `/api/sessions/${id}/links/join`);
    expect((revoked.body as { join: unknown }).join).toBeNull();
    const { sql } = server.connection;
    const expired = await linkOf(id);
    await sql`update session_link set expires_at = now() - interval '1 second' where session_id = ${id} and revoked_at is null`;
    const bodies = [];
    for (const token of [first, second, expired, 'A'.repeat(43)]) {
      for (const reply of [
        await peek(token),
        await visitor(server.url).send('POST', '/api/join', { token, name: 'Gus' }),
        await ben.send('POST', '/api/join', { token }),
      ])
        bodies.push([reply.status, reply.text.replace(/"instance":"[^"]*"/, '')]);
    }
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]?.[0]).toBe(404);
  });

  it('[J1] lasts seven days if nothing else is said, and from one day to ninety if it is', async () => {
    const { id } = await make();
    const dayMs = 24 * 60 * 60 * 1_000;
    const lasting = async (body: object) => {
      const asked = Date.now();
      const reply = await lead.send('POST', `/api/sessions/${id}/links/join`, body);
      if (reply.status !== 200) return reply.status;
      const { join } = reply.body as { join: { expiresAt: string } };
      const lasts = Date.parse(join.expiresAt) - asked;
      // As many days after the server made it, which was while this waited.
      const days = Math.floor(lasts / dayMs);
      expect(lasts - days * dayMs).toBeLessThanOrEqual(Date.now() - asked);
      return days;
    };
    expect(await lasting({})).toBe(7);
    expect(await lasting({ days: 1 })).toBe(1);
    expect(await lasting({ days: 90 })).toBe(90);
    for (const days of [0, -1, 91, 1.5]) expect([days, await lasting({ days })]).toEqual([days, 422]);
  });

  it('[J1] is not remade, nor anything else done, by a page of another site', async () => {
    const { id } = await make();
    const token = await linkOf(id);
    const from = (headers: Record<string, string>, path = `/api/sessions/${id}/links/join`) =>
      fetch(server.url + path, {
        method: 'POST',
        headers: { Cookie: lead.cookie, 'Content-Type': 'application/json', ...headers },
        body: '{}',
      });
    const port = server.url.replace(/\d+$/, '1');
    for (const headers of [
      { Origin: port },
      { Origin: `${server.url}0` },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ] as Record<string, string>[]) {
      expect([headers, (await from(headers)).status]).toEqual([headers, 403]);
      expect((await from(headers, '/api/auth/sign-out')).status).toBe(403);
    }
    const links = (await lead.get(`/api/sessions/${id}/links`)).body as { join: { url: string } };
    expect(tokenIn(links.join.url)).toBe(token);
    for (const headers of [{}, { Origin: server.url }] as Record<string, string>[])
      expect([headers, (await from(headers)).status]).toEqual([headers, 200]);
  });

  it('[J1] a member joins as a participant, late in scoring, as an observer in review', async () => {
    const { id } = await make();
    const token = await linkOf(id);
    const [dara, elif, farid] = [
      await organisation.member('Dara', ['evaluator']),
      await organisation.member('Elif', ['evaluator']),
      await organisation.member('Farid', ['evaluator']),
    ];
    expect((await dara.send('POST', '/api/join', { token })).body).toMatchObject({ place: 'participant' });
    await advance(lead, id, 'draft');
    const again = await dara.send('POST', '/api/join', { token });
    expect(again.body).toMatchObject({ place: 'participant', status: 'scoring' });
    await elif.send('POST', '/api/join', { token });
    const { participants } = (await viewOf(lead, id)).shared;
    expect(participants.map(({ name, late }) => [name, late])).toEqual([
      ['Ben', false],
      ['Chidi', false],
      ['Dara', false],
      ['Elif', true],
    ]);
    for (const person of [ben, chidi, dara, elif])
      await person.send('POST', `/api/sessions/${id}/submission`, {});
    expect((await advance(lead, id, 'scoring')).status).toBe(200);
    expect((await farid.send('POST', '/api/join', { token })).body).toMatchObject({ place: 'observer' });
    expect((await farid.get(`/api/sessions/${id}/board`)).status).toBe(200);
    expect((await farid.get('/api/sessions')).text).toContain(id);
    const room = openRoom(server.url, `meeting/${id}`, farid.cookie);
    await until('the observer is in', () => room.heard(messageType.snapshot).length === 1);
    const removed = await lead.send('POST', `/api/sessions/${id}/put-out`, {
      memberId: farid.memberId,
      reason: 'Not of this team',
    });
    expect(removed.status).toBe(200);
    await until('the socket is closed', () => room.closes.includes(4403));
    expect((await farid.get(`/api/sessions/${id}/board`)).status).toBe(404);
    room.close();
  });

  it('[O4] lets in nobody who works for another line of business, and no guest', async () => {
    const scope = { kind: 'lob', clientId: organisation.clientId, lobId: organisation.lobId } as const;
    const { id } = await make({ scope });
    const token = await linkOf(id);
    const loans: Access = {
      kind: 'grants',
      grants: [{ clientId: organisation.clientId, lobId: organisation.otherLobId }],
    };
    const outside = await organisation.member('Loa', ['evaluator'], loans);
    const refused = await outside.send('POST', '/api/join', { token });
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('may-not-take-part')]);
    const before = await server.connection.sql`select count(*)::int as n from member where guest`;
    const guest = await visitor(server.url).send('POST', '/api/join', { token, name: 'Gus' });
    expect([guest.status, guest.headers.getSetCookie()]).toEqual([403, []]);
    expect(await server.connection.sql`select count(*)::int as n from member where guest`).toEqual(before);
    const peek = await visitor(server.url).send('POST', '/api/join/peek', { token });
    expect(peek.body).toMatchObject({ guests: false });
    const own = await outside.send('POST', '/api/join/peek', { token });
    expect(own.body).toMatchObject({ member: { name: 'Loa', whyNot: 'elsewhere' } });
  });

  it('[O4] organisation-wide lets in every evaluator, whomever they work for, and tells an agent it is the role', async () => {
    const { id } = await make();
    const token = await linkOf(id);
    const { clientId, lobId } = organisation;
    const accesses: Access[] = [
      { kind: 'grants', grants: [{ clientId, lobId: null }] },
      { kind: 'grants', grants: [{ clientId, lobId }] },
      { kind: 'grants', grants: [] },
    ];
    for (const access of accesses) {
      const farid = await organisation.member('Farid', ['evaluator'], access);
      const peek = await farid.send('POST', '/api/join/peek', { token });
      expect(peek.body).toMatchObject({ member: { name: 'Farid', whyNot: null } });
      const joined = await farid.send('POST', '/api/join', { token });
      expect([access, joined.body]).toEqual([access, expect.objectContaining({ place: 'participant' })]);
      expect((await farid.get(`/api/sessions/${id}`)).status).toBe(200);
      expect((await farid.get('/api/sessions')).text).toContain(id);
    }
    const agent = await organisation.member('Noor', ['agent']);
    const shut = await agent.send('POST', '/api/join/peek', { token });
    expect(shut.body).toMatchObject({ member: { whyNot: 'role' } });
    const refused = await agent.send('POST', '/api/join', { token });
    const people = [{ memberId: agent.memberId, why: 'role' }];
    expect([refused.status, refused.body]).toEqual([
      409,
      expect.objectContaining({ refusal: { code: 'may-not-take-part', people } }),
    ]);
  });
});

describe('a guest', () => {
  it('[J1] waits without seeing anything, hears at once of being let in, and sees that session alone', async () => {
    const { id } = await make();
    const other = await make();
    const token = await linkOf(id);
    await advance(lead, id, 'draft');
    const facilitator = openRoom(server.url, `meeting/${id}`, lead.cookie);
    await until('the facilitator is in', () => facilitator.heard(messageType.snapshot).length === 1);
    const { browser, memberId } = await guestIn(token);
    await until('the facilitator hears the knock', () =>
      facilitator.heard(messageType.change).some(({ patch }) => patch.lobby?.[0]?.name === 'Gus'),
    );
    expect((await browser.get(`/api/sessions/${id}`)).status).toBe(404);
    const clients = await browser.get('/api/clients');
    expect([clients.status, clients.text.includes('Kestrel')]).toEqual([403, false]);
    const outside = openRoom(server.url, `meeting/${id}`, browser.cookie);
    await until('the meeting is closed to them', () => outside.closes.includes(4404));
    const feed = openRoom(server.url, `feed/${memberId}`, browser.cookie);
    await until('the feed is open', () => feed.frames.length > 0);
    const [entry] = (await viewOf(lead, id)).shared.lobby;
    const admitted = await lead.send('POST', `/api/sessions/${id}/lobby/${entry?.id}/admit`);
    expect(admitted.status).toBe(200);
    await until('the guest hears of it', () =>
      feed.heard(messageType.hint).some(({ sessionId }) => sessionId === id),
    );
    const state = (await browser.get('/api/join/state')).body as { place: string; participantId: string };
    expect(state.place).toBe('participant');
    const sheet = openRoom(server.url, `sealed/${state.participantId}`, browser.cookie);
    await until('the sheet is open', () => sheet.provider.synced);
    expect((await browser.send('POST', `/api/sessions/${id}/submission`, {})).status).toBe(200);

    expect((await browser.get(`/api/sessions/${id}`)).status).toBe(200);
    expect((await browser.get(`/api/sessions/${other.id}`)).status).toBe(404);
    for (const path of ['/api/sessions', '/api/members', '/api/scorecards', `/api/sessions/${id}/links`])
      expect([path, [403, 404].includes((await browser.get(path)).status)]).toEqual([path, true]);
    expect((await browser.send('POST', '/api/sessions', { name: 'x', scorecardVersionId })).status).toBe(403);
    expect((await lead.get('/api/members')).text).not.toContain('Gus');
    expect((await lead.get(`/api/sessions/${other.id}/candidates`)).text).not.toContain('Gus');
    const demo = await visitor(server.url).send('POST', '/api/demo/sign-in', { memberId });
    expect(demo.status).toBe(404);
    for (const room of [facilitator, outside, feed, sheet]) room.close();
  });

  it('[J1] turned away is told so and reaches nothing; the organisation can turn guests off', async () => {
    const { id } = await make();
    const token = await linkOf(id);
    const { browser } = await guestIn(token, 'Mallory');
    const [entry] = (await viewOf(lead, id)).shared.lobby;
    expect((await lead.send('DELETE', `/api/sessions/${id}/lobby/${entry?.id}`)).status).toBe(200);
    for (const path of ['/api/join/state', `/api/sessions/${id}`, '/api/me'])
      expect([path, (await browser.get(path)).status]).toEqual([path, 401]);
    const admin = await organisation.member('Sofia', ['admin']);
    await guestIn(token);
    const [waiting] = (await viewOf(lead, id)).shared.lobby;
    const allow = async (guestsAllowed: boolean) => {
      const { revision } = (await admin.get('/api/organisation')).body as { revision: number };
      return admin.send('PATCH', '/api/organisation', { revision, guestsAllowed });
    };
    expect((await allow(false)).body).toMatchObject({ guestsAllowed: false });
    const refused = await visitor(server.url).send('POST', '/api/join', { token, name: 'Gus' });
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('guests-not-allowed')]);
    const late = await lead.send('POST', `/api/sessions/${id}/lobby/${waiting?.id}/admit`);
    expect([late.status, late.text]).toEqual([403, expect.stringContaining('guests-not-allowed')]);
    await allow(true);
  });

  it('[J1] [C4] a draft with a guest in it keeps its settings open, but takes no scope', async () => {
    const { id } = await make();
    await guestIn(await linkOf(id));
    const { detail, shared } = await viewOf(lead, id);
    await lead.send('POST', `/api/sessions/${id}/lobby/${shared.lobby[0]?.id}/admit`);
    const edit = (change: object) =>
      lead.send('PUT', `/api/sessions/${id}/settings`, { ...detail.settings, ...change });
    expect((await edit({ name: 'Renamed' })).status).toBe(200);
    const scoped = await edit({ scope: { kind: 'client', clientId: organisation.clientId } });
    expect([scoped.status, scoped.text]).toEqual([409, expect.stringContaining('may-not-take-part')]);
  });

  it('[J1] [O4] admits no guest into a draft that was given a scope while they waited', async () => {
    const made = await makeSession(lead, { scorecardVersionId }, []);
    const token = await linkOf(made.id);
    const { memberId } = await guestIn(token);
    const { detail, shared } = await viewOf(lead, made.id);
    const scope = { kind: 'client', clientId: organisation.clientId };
    const settings = { ...detail.settings, scope };
    const edited = await lead.send('PUT', `/api/sessions/${made.id}/settings`, settings);
    expect(edited.status).toBe(200);
    expect((await viewOf(lead, made.id)).shared.scope).toEqual(scope);
    const entryId = shared.lobby[0]?.id ?? '';
    const admitted = await lead.send('POST', `/api/sessions/${made.id}/lobby/${entryId}/admit`);
    expect([admitted.status, admitted.text]).toEqual([409, expect.stringContaining('may-not-take-part')]);
    expect((await viewOf(lead, made.id)).shared.participants.map((one) => one.memberId)).not.toContain(
      memberId,
    );
  });

  it('[J1] removed from a draft loses HTTP and socket at once', async () => {
    const { id } = await make();
    const { browser } = await guestIn(await linkOf(id));
    const [entry] = (await viewOf(lead, id)).shared.lobby;
    await lead.send('POST', `/api/sessions/${id}/lobby/${entry?.id}/admit`);
    const state = (await browser.get('/api/join/state')).body as { participantId: string };
    const room = openRoom(server.url, `meeting/${id}`, browser.cookie);
    await until('the guest is in', () => room.heard(messageType.snapshot).length === 1);
    await lead.send('DELETE', `/api/sessions/${id}/participants/${state.participantId}`);
    await until('the socket is closed', () => room.closes.length > 0);
    expect((await browser.get(`/api/sessions/${id}`)).status).toBe(401);
    room.close();
  });
});
