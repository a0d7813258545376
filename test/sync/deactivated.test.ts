// Whoever is deactivated is gone at once, whatever they had open: their pages, their sheet, the meeting, the hints, and the meeting
// screens by links they made (O5). Nobody else is disturbed.
import { closeCodes, messageType } from '@attune/contract';
import { expect } from 'vitest';
import { advance, makeSession, type Person, visitor } from '../support/people.ts';
import { type OpenRoom, openRoom, until } from '../support/rooms.ts';
import { teamTest } from '../support/team.ts';

const it = teamTest();

it('[O5] deactivating ends every live connection at once, meeting screens by links they made too, and no one else’s', async ({
  server,
  team,
}) => {
  const { organisation, lead, people, scorecardVersionId } = team;
  const [ben] = people;
  const admin = await organisation.member('Sofia', ['admin']);
  const dara = await organisation.member('Dara', ['lead']);
  const own = await makeSession(dara, { scorecardVersionId }, [dara, ben]);
  const others = await makeSession(lead, { scorecardVersionId }, [dara, ben]);
  for (const [by, { id }] of [
    [dara, own],
    [lead, others],
  ] as const)
    expect((await advance(by, id, 'draft')).status).toBe(200);

  const screenOf = async (by: Person, id: string) => {
    const links = await by.send('POST', `/api/sessions/${id}/links/display`, {});
    const token = new URL((links.body as { display: { url: string } }).display.url).hash.slice(1);
    const opened = await visitor(server.url).send('POST', '/api/display', { token });
    const cookie = opened.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    const room = openRoom(server.url, `meeting/${id}`, cookie, { params: { as: 'display' } });
    return { room, token, browser: visitor(server.url, cookie) };
  };
  const [herScreen, leadsScreen] = [await screenOf(dara, own.id), await screenOf(lead, others.id)];
  const rooms = {
    feed: openRoom(server.url, `feed/${dara.memberId}`, dara.cookie),
    ownMeeting: openRoom(server.url, `meeting/${own.id}`, dara.cookie),
    meeting: openRoom(server.url, `meeting/${others.id}`, dara.cookie),
    sheet: openRoom(server.url, `sealed/${others.participantIds[0]}`, dara.cookie),
    screen: herScreen.room,
  };
  const staying = {
    feed: openRoom(server.url, `feed/${ben.memberId}`, ben.cookie),
    meeting: openRoom(server.url, `meeting/${own.id}`, ben.cookie),
    sheet: openRoom(server.url, `sealed/${others.participantIds[1]}`, ben.cookie),
    screen: leadsScreen.room,
  };
  const isIn = (room: OpenRoom) => room.provider.synced || room.heard(messageType.snapshot).length > 0;
  const all = [...Object.values(rooms), ...Object.values(staying)];
  await until('everybody is in', () => all.every((room) => isIn(room) || room.provider.wsconnected));

  expect((await admin.send('PATCH', `/api/members/${dara.memberId}`, { active: false })).status).toBe(200);
  await until('she is out everywhere', () => Object.values(rooms).every(({ closes }) => closes.length > 0));
  expect(Object.entries(rooms).map(([name, { closes }]) => [name, closes[0]])).toEqual(
    Object.keys(rooms).map((name) => [name, closeCodes.notSignedIn.code]),
  );
  expect((await dara.get('/api/me')).status).toBe(401);
  // Neither the screen's browser nor its link opens anything any more.
  expect((await herScreen.browser.get('/api/display')).status).toBe(404);
  const again = await visitor(server.url).send('POST', '/api/display', { token: herScreen.token });
  expect([again.status, again.text]).toEqual([404, expect.stringContaining('link-not-valid')]);

  expect(Object.values(staying).flatMap(({ closes }) => closes)).toEqual([]);
  expect((await leadsScreen.browser.get('/api/display')).status).toBe(200);
  const { entries } = (await admin.get(`/api/security-log?member=${dara.memberId}`)).body as {
    entries: { kind: string }[];
  };
  expect(
    entries
      .slice(0, 2)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['display-link-ended', 'member-deactivated']);
  for (const room of all) room.close();
});
