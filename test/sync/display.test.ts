// The meeting screen over the real server: it sees the room without being in it, and its link is all it has.
import { messageType, noteKey, syncMessage } from '@attune/contract';
import { describe, expect } from 'vitest';
import type { RunningServer } from '../../server/src/start.ts';
import { advance, makeSession, type Organisation, type Person, viewOf, visitor } from '../support/people.ts';
import { openRoom, paragraph, until } from '../support/rooms.ts';
import { type Team, teamTest } from '../support/team.ts';

const it = teamTest();

let server: RunningServer;
let organisation: Organisation;
let lead: Person;
let people: Team['people'];
let scorecardVersionId: string;

it.beforeAll(({ server: started, team }) => {
  server = started;
  ({ organisation, lead, people, scorecardVersionId } = team);
});

async function sessionWithScreen(who = people) {
  const { id, participantIds } = await makeSession(lead, { scorecardVersionId }, who);
  const links = await lead.send('POST', `/api/sessions/${id}/links/display`, {});
  const token = new URL((links.body as { display: { url: string } }).display.url).hash.slice(1);
  const opened = await visitor(server.url).send('POST', '/api/display', { token });
  expect([opened.status, opened.text]).toEqual([200, expect.stringContaining('Northwind')]);
  const cookie = opened.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  return { id, participantIds, token, screen: visitor(server.url, cookie), cookie };
}
const open = (id: string, cookie: string) =>
  openRoom(server.url, `meeting/${id}`, cookie, { params: { as: 'display' } });

async function toReview(id: string) {
  await advance(lead, id, 'draft');
  for (const person of people) await person.send('POST', `/api/sessions/${id}/submission`, {});
  expect((await advance(lead, id, 'scoring')).status).toBe(200);
}

describe('the meeting screen', () => {
  it('[J3] shows who is here without being here, follows every change, and reads notes from review on', async () => {
    const { id, cookie, screen } = await sessionWithScreen();
    await lead.send('POST', `/api/sessions/${id}/links/join`, {});
    const before = (await screen.get('/api/display')).body as { joinUrl: string; shared: { name: string } };
    expect(before.joinUrl).toMatch(/\/join#[\w-]{43}$/);
    expect((await screen.get('/api/display/board')).status).toBe(404);
    const room = open(id, cookie);
    await until('the snapshot', () => room.heard(messageType.snapshot).length === 1);
    const ben = openRoom(server.url, `meeting/${id}`, people[0]?.cookie ?? '');
    await until('the screen sees who is here', () =>
      [...room.provider.awareness.getStates().values()].some(({ user }) => user?.name === 'Ben'),
    );
    await until('the other is in', () => ben.heard(messageType.snapshot).length === 1);
    expect(ben.provider.awareness.getStates().size).toBe(1);
    expect(room.provider.synced).toBe(false);
    await toReview(id);
    await until('the reveal reaches the screen', () =>
      room.heard(messageType.change).some(({ patch }) => patch.status === 'review'),
    );
    await until('the notes are open', () => room.provider.synced);
    expect((await screen.get('/api/display/board')).status).toBe(200);
    expect(room.heard(messageType.snapshot)[0]?.seat).toEqual({ may: ['session.read'], participantId: null });
    for (const one of [room, ben]) one.close();
  });

  it('[J3] is told neither why somebody does not come nor who waits at the door', async () => {
    const dara = await organisation.member('Dara', ['evaluator']);
    const { id, participantIds, cookie, screen } = await sessionWithScreen([...people, dara]);
    const links = (await lead.send('POST', `/api/sessions/${id}/links/join`, {})).body as {
      join: { url: string };
    };
    await advance(lead, id, 'draft');
    const room = open(id, cookie);
    await until('the snapshot', () => room.heard(messageType.snapshot).length === 1);
    const token = new URL(links.join.url).hash.slice(1);
    await visitor(server.url).send('POST', '/api/join', { token, name: 'Gus Guest' });
    await lead.send('POST', `/api/sessions/${id}/participants/${participantIds[2]}/excuse`, {
      reason: 'In hospital',
    });
    await until('the screen hears of both', () =>
      room.heard(messageType.change).some(({ events }) => events.some(({ type }) => type === 'excused')),
    );
    const again = open(id, cookie);
    await until('the next snapshot', () => again.heard(messageType.snapshot).length === 1);
    const told = [
      (await screen.get('/api/display')).text,
      JSON.stringify(room.heard(messageType.change)),
      JSON.stringify(again.heard(messageType.snapshot)),
    ];
    for (const text of told) expect(text).not.toMatch(/In hospital|Gus Guest/);
    expect(again.heard(messageType.snapshot)[0]?.session.lobby).toHaveLength(1);
    expect((await lead.get(`/api/sessions/${id}`)).text).toMatch(/In hospital/);
    for (const one of [room, again]) one.close();
  });

  it('[J3] writes nothing: what a screen tries to write is refused', async () => {
    const { id, cookie } = await sessionWithScreen();
    await toReview(id);
    const room = open(id, cookie);
    await until('the notes are open', () => room.provider.synced);
    room.doc.getXmlFragment(noteKey('q1')).push([paragraph('I was never here')]);
    await until('it is refused', () => room.heard(messageType.refused)[0]?.reason === 'readOnly');
    room.close();
  });

  it('[J3] opens nothing else: no other route, no other session, no room of a person', async () => {
    const { id, participantIds, cookie, screen } = await sessionWithScreen();
    const other = await sessionWithScreen();
    for (const path of [`/api/sessions/${id}`, `/api/sessions/${id}/links`, '/api/me', '/api/sessions'])
      expect([path, (await screen.get(path)).status]).toEqual([path, 401]);
    expect((await screen.send('PUT', `/api/sessions/${id}/focus`, { questionId: null })).status).toBe(401);
    const rooms = [
      openRoom(server.url, `meeting/${id}`, cookie),
      open(other.id, cookie),
      openRoom(server.url, `sealed/${participantIds[0]}`, cookie, { params: { as: 'display' } }),
      openRoom(server.url, `feed/${people[0]?.memberId}`, cookie, { params: { as: 'display' } }),
      // Someone signed in asks as a screen: it is the screen's cookie that counts, and there is none.
      openRoom(server.url, `meeting/${id}`, lead.cookie, { params: { as: 'display' } }),
    ];
    await until('all are sent away', () => rooms.every(({ closes }) => closes.length > 0));
    expect(rooms.map(({ closes }) => closes[0])).toEqual([4401, 4404, 4404, 4404, 4401]);
    for (const room of rooms) room.close();
  });

  it('[J3] is told nothing where its browser’s cookie is another meeting’s by now', async () => {
    const { id, cookie, screen } = await sessionWithScreen();
    const other = await sessionWithScreen();
    for (const path of ['/api/display', '/api/display/board']) {
      const reply = await screen.get(`${path}?session=${other.id}`);
      expect([path, reply.status, reply.text.includes(id)]).toEqual([path, 404, false]);
    }
    expect((await screen.get(`/api/display?session=${id}`)).status).toBe(200);
    expect(cookie).not.toBe(other.cookie);
  });

  it('[J4] is answered each time it asks whether the server is still there, also in an empty room', async () => {
    const { id, cookie } = await sessionWithScreen();
    const room = open(id, cookie);
    await until('the snapshot', () => room.heard(messageType.snapshot).length === 1);
    const socket = room.provider.ws;
    let answers = 0;
    socket?.addEventListener('message', () => {
      answers += 1;
    });
    for (const asked of [1, 2, 3]) {
      socket?.send(new Uint8Array([syncMessage.queryAwareness]));
      await until(`answer ${asked}`, () => answers >= asked);
    }
    room.close();
  });

  it('[J3] goes dark at once when its link ends', async () => {
    const { id, cookie, screen, token } = await sessionWithScreen();
    const room = open(id, cookie);
    await until('the snapshot', () => room.heard(messageType.snapshot).length === 1);
    await lead.send('DELETE', `/api/sessions/${id}/links/display`);
    await until('the socket is closed', () => room.closes.includes(4401));
    expect((await screen.get('/api/display')).status).toBe(404);
    expect((await visitor(server.url).send('POST', '/api/display', { token })).status).toBe(404);
    room.close();
  });

  it('[J3] [O5] goes dark when its link expires, like whoever’s sign-in does and was not renewed', async () => {
    const { id, cookie } = await sessionWithScreen();
    const [ben, chidi] = people;
    const { sql } = server.connection;
    const soon = new Date(Date.now() + 3_000).toISOString();
    await sql`update session_link set expires_at = ${soon} where session_id = ${id} and kind = 'display'`;
    await sql`update sign_in set expires_at = ${soon} where user_id in (
      select user_id from member where id in (${ben?.memberId ?? ''}, ${chidi?.memberId ?? ''}))`;
    const screen = open(id, cookie);
    const [over, renewed] = [ben, chidi].map((one) =>
      openRoom(server.url, `meeting/${id}`, one?.cookie ?? ''),
    );
    await until('all are in', () =>
      [screen, over, renewed].every((room) => room?.heard(messageType.snapshot).length === 1),
    );
    await sql`update sign_in set expires_at = now() + interval '1 day' where user_id in (
      select user_id from member where id = ${chidi?.memberId ?? ''})`;
    await until('the screen is dark', () => screen.closes.includes(4401), 6_000);
    await until('the sign-in is over', () => over?.closes.includes(4401) === true, 6_000);
    expect(renewed?.closes).toEqual([]);
    for (const room of [screen, over, renewed]) room?.close();
    await sql`update sign_in set expires_at = now() + interval '1 day'`;
  });

  it('[J3] with names hidden on the screen alone gets letters, and people at their desks names', async () => {
    const { id, participantIds, screen } = await sessionWithScreen();
    await toReview(id);
    await lead.send('PUT', `/api/sessions/${id}/names`, { names: 'hidden-on-screen' });
    const shown = (await screen.get('/api/display/board')).text;
    for (const hidden of [...participantIds, 'Ben', 'Chidi']) expect(shown).not.toContain(hidden);
    expect((await people[0]?.get(`/api/sessions/${id}/board`))?.text).toContain('Ben');
    const view = await viewOf(lead, id);
    expect(view.shared.names).toBe('hidden-on-screen');
    for (const questionId of view.shared.flaggedQuestionIds)
      await lead.send('PUT', `/api/sessions/${id}/resolutions/${questionId}`, {
        agreed: { kind: 'scorecard-needs-changing' },
        cause: null,
      });
    for (const from of ['review', 'resolved']) expect((await advance(lead, id, from)).status).toBe(200);
    expect((await screen.get('/api/display/board')).text).not.toContain('Chidi');
  });
});
