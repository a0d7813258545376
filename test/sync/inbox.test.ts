// Who is told what in the app, over the real server: in the transaction of what happened, live over the feed, to nobody else.
import { messageType, type NotificationKind, type NotificationView } from '@attune/contract';
import { describe, expect } from 'vitest';
import { listDueSoon } from '../../server/src/notify/due.store.ts';
import type { RunningServer } from '../../server/src/start.ts';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Organisation,
  type Person,
  publishScorecard,
  scaleDocument,
  viewOf,
  visitor,
} from '../support/people.ts';
import { openRoom, until } from '../support/rooms.ts';
import { longestSetUpMs, serverTest } from '../support/team.ts';

let server: RunningServer;
let organisation: Organisation;
let lead: Person;
let scorecardVersionId: string;

const it = serverTest();

it.beforeAll(async ({ server: started }) => {
  server = started;
  organisation = await makeOrganisation(server);
  lead = await organisation.member('Ana', ['lead']);
  scorecardVersionId = await publishScorecard(lead, scaleDocument(1, 5, { required: false }));
}, longestSetUpMs);

interface Inbox {
  readonly notifications: readonly NotificationView[];
  readonly unread: number;
  readonly nextCursor: string | null;
}
const inboxOf = async (who: Person, query = '') =>
  (await who.get(`/api/notifications${query}`)).body as Inbox;
/** What someone was told about a session, the earliest first. */
const toldOf = async (who: Person, sessionId: string): Promise<NotificationKind[]> =>
  (await inboxOf(who)).notifications
    .filter((one) => one.sessionId === sessionId)
    .map(({ kind }) => kind)
    .reverse();
const evaluators = async () => [
  await organisation.member('Ben', ['evaluator']),
  await organisation.member('Chidi', ['evaluator']),
];

describe('the calendar file', () => {
  it('[O7] is for whoever may read the session, once a time is set, and tells the later one when it moves', async () => {
    const [ben, chidi] = (await evaluators()) as [Person, Person];
    const name = 'Woche 12: Ärger, höflich';
    const { id } = await makeSession(lead, { scorecardVersionId, name }, [ben, chidi]);
    const file = (who: Pick<Person, 'get'>) => who.get(`/api/sessions/${id}/calendar.ics`);
    expect([(await file(lead)).status, (await file(ben)).status]).toEqual([404, 404]);
    const at = (meetingAt: string) =>
      lead.send('PUT', `/api/sessions/${id}/settings`, { scorecardVersionId, name, meetingAt });
    expect((await at('2099-03-02T10:00:00.000Z')).status).toBe(200);
    const reply = await file(ben);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(reply.headers.get('content-disposition')).toBe(`attachment; filename="calibration-${id}.ics"`);
    const lines = (text: string) => text.replace(/\r\n /g, '').split('\r\n');
    expect(lines(reply.text)).toEqual(
      expect.arrayContaining([
        `UID:${id}`,
        'DTSTART:20990302T100000Z',
        'SUMMARY:Woche 12: Ärger\\, höflich',
        `URL:${server.url}/calibrations/${id}`,
      ]),
    );
    await at('2099-03-03T09:00:00.000Z');
    const moved = (await file(chidi)).text;
    expect(lines(moved)).toContain('DTSTART:20990303T090000Z');
    const revision = (text: string) => Number(/^SEQUENCE:(\d+)/m.exec(text)?.[1]);
    expect(revision(moved)).toBeGreaterThan(revision(reply.text));
    const stranger = await organisation.member('Dara', ['evaluator']);
    expect([(await file(stranger)).status, (await file(visitor(server.url))).status]).toEqual([404, 401]);
  });
});

describe('the inbox', () => {
  it('[O7] each step tells the right people, live, and never the one who took it', async () => {
    const [ben, chidi] = (await evaluators()) as [Person, Person];
    const feed = openRoom(server.url, `feed/${ben.memberId}`, ben.cookie);
    await until('the feed is open', () => feed.frames.length > 0);
    const before = (await inboxOf(lead)).notifications.length;
    const { id } = await makeSession(lead, { scorecardVersionId }, [ben, chidi]);
    await until('the invitation is heard', () => feed.heard(messageType.inbox).at(-1)?.unread === 1);
    await advance(lead, id, 'draft');
    await until('so is the start', () => feed.heard(messageType.inbox).at(-1)?.unread === 2);
    await ben.send('POST', `/api/sessions/${id}/submission`, {});
    expect((await inboxOf(lead)).notifications).toHaveLength(before);
    await chidi.send('POST', `/api/sessions/${id}/submission`, {});
    expect(await toldOf(lead, id)).toEqual(['everyone-submitted']);
    await chidi.send('DELETE', `/api/sessions/${id}/submission`);
    await chidi.send('POST', `/api/sessions/${id}/submission`, {});
    expect(await toldOf(lead, id)).toEqual(['everyone-submitted', 'everyone-submitted']);
    for (const from of ['scoring', 'review', 'resolved']) await advance(lead, id, from);
    expect(await toldOf(ben, id)).toEqual(['invited', 'scoring-opened', 'review-started', 'record-closed']);
    const { notifications } = await inboxOf(ben);
    expect(notifications[0]).toMatchObject({ sessionName: 'Calibration', byName: 'Ana', readAt: null });
    feed.close();
  });

  it('[O7] handing and taking over tells the other one', async () => {
    const people = await evaluators();
    const max = await organisation.member('Max', ['lead']);
    const { id } = await makeSession(lead, { scorecardVersionId }, people);
    await lead.send('POST', `/api/sessions/${id}/hand-over`, { memberId: max.memberId });
    expect(await toldOf(max, id)).toEqual(['handed-over']);
    await lead.send('POST', `/api/sessions/${id}/take-over`);
    expect(await toldOf(max, id)).toEqual(['handed-over', 'taken-over']);
    expect(await toldOf(lead, id)).toEqual([]);
  });

  it('[O7] is read one by one, all at once, a page at a time, and by nobody else', async () => {
    const [ben, chidi] = (await evaluators()) as [Person, Person];
    for (let made = 0; made < 3; made += 1) await makeSession(lead, { scorecardVersionId }, [ben, chidi]);
    const first = await inboxOf(ben, '?limit=2');
    expect([first.notifications.length, first.unread]).toEqual([2, 3]);
    const rest = await inboxOf(ben, `?limit=2&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
    expect([rest.notifications.length, rest.nextCursor]).toEqual([1, null]);
    const ids = [first.notifications[0]?.id];
    const foreign = await chidi.send('POST', '/api/notifications/read', { ids });
    expect(foreign.body).toEqual({ unread: 3 });
    expect((await inboxOf(ben)).unread).toBe(3);
    expect((await ben.send('POST', '/api/notifications/read', { ids })).body).toEqual({ unread: 2 });
    expect((await ben.send('POST', '/api/notifications/read', {})).body).toEqual({ unread: 0 });
    expect((await chidi.get('/api/notifications')).text).not.toContain(ids[0]);
  });

  it('[O7] shows the top of the list for a cursor that is none', async () => {
    const [ben, chidi] = (await evaluators()) as [Person, Person];
    await makeSession(lead, { scorecardVersionId }, [ben, chidi]);
    const none = '-'.repeat(36);
    const now = new Date().toISOString();
    const id = '01a20b7a-32cd-7483-92da-c039cf4726a0';
    for (const cursor of [
      '1',
      `1 ${id}`,
      `May ${id}`,
      `${now} ${none}`,
      `9999-99-99 ${id}`,
      `0000-01-01T00:00:00.000Z ${id}`,
      `${id} ${now}`,
    ]) {
      const reply = await ben.get(`/api/notifications?cursor=${encodeURIComponent(cursor)}`);
      expect([cursor, reply.status]).toEqual([cursor, 200]);
      expect((reply.body as Inbox).notifications).toHaveLength(1);
    }
  });

  it('[O4] [O7] tells no more of a session one was removed from, or whose scope one lost', async () => {
    const admin = await organisation.member('Sofia', ['admin']);
    const { clientId } = organisation;
    const [ben, chidi] = (await evaluators()) as [Person, Person];
    const { id } = await makeSession(lead, { scorecardVersionId }, [ben, chidi]);
    const { detail, shared } = await viewOf(lead, id);
    const own = shared.participants.find(({ memberId }) => memberId === ben.memberId);
    await lead.send('DELETE', `/api/sessions/${id}/participants/${own?.id}`);
    const settings = { ...detail.settings, name: 'Not for Ben', scope: { kind: 'client', clientId } };
    expect((await lead.send('PUT', `/api/sessions/${id}/settings`, settings)).status).toBe(200);
    expect((await inboxOf(chidi)).notifications[0]?.sessionName).toBe('Not for Ben');
    expect(await inboxOf(ben)).toMatchObject({ notifications: [], unread: 0 });
    const access = { kind: 'grants', grants: [{ clientId, lobId: organisation.lobId }] };
    expect((await admin.send('PATCH', `/api/members/${chidi.memberId}`, { access })).status).toBe(200);
    expect(await inboxOf(chidi)).toMatchObject({ notifications: [], unread: 0 });
  });

  it('[O7] tells nothing of a kind one does not want to hear of', async () => {
    const [ben, chidi] = (await evaluators()) as [Person, Person];
    const { inApp } = (await ben.get('/api/notifications/choices')).body as { inApp: NotificationKind[] };
    expect(inApp).toContain('invited');
    const without = inApp.filter((kind) => kind !== 'invited');
    const chosen = await ben.send('PUT', '/api/notifications/choices', { inApp: without });
    expect(chosen.body).toEqual({ inApp: without });
    const { id } = await makeSession(lead, { scorecardVersionId }, [ben, chidi]);
    expect([await toldOf(ben, id), await toldOf(chidi, id)]).toEqual([[], ['invited']]);
    await advance(lead, id, 'draft');
    expect(await toldOf(ben, id)).toEqual(['scoring-opened']);
  });

  it('[J1] a guest has none; the facilitator hears when one begins to wait, once for all who wait together', async () => {
    const people = await evaluators();
    const { id } = await makeSession(lead, { scorecardVersionId }, people);
    const links = await lead.send('POST', `/api/sessions/${id}/links/join`, {});
    const token = new URL((links.body as { join: { url: string } }).join.url).hash.slice(1);
    await people[0]?.send('POST', '/api/join', { token });
    const knocked = await visitor(server.url).send('POST', '/api/join', { token, name: 'Gus' });
    const cookie = knocked.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    expect((await visitor(server.url, cookie).get('/api/notifications')).status).toBe(403);
    expect(await toldOf(lead, id)).toEqual(['guest-waiting']);
    const knock = (name: string) => visitor(server.url).send('POST', '/api/join', { token, name });
    expect((await knock('Zoë')).status).toBe(200);
    expect(await toldOf(lead, id)).toEqual(['guest-waiting']);
    const { lobby } = (
      (await lead.get(`/api/sessions/${id}`)).body as { shared: { lobby: { id: string }[] } }
    ).shared;
    expect(lobby).toHaveLength(2);
    for (const entry of lobby) await lead.send('POST', `/api/sessions/${id}/lobby/${entry.id}/admit`);
    await knock('Ida');
    expect(await toldOf(lead, id)).toEqual(['guest-waiting', 'guest-waiting']);
  });
});

describe('reminders', () => {
  it('[O7] reach those who are missing, once in a quarter of an hour', async () => {
    const [ben, chidi] = (await evaluators()) as [Person, Person];
    const { id, participantIds } = await makeSession(lead, { scorecardVersionId }, [ben, chidi]);
    const remind = (body: object = {}) => lead.send('POST', `/api/sessions/${id}/reminders`, body);
    expect((await remind()).text).toContain('wrong-status');
    await advance(lead, id, 'draft');
    await ben.send('POST', `/api/sessions/${id}/submission`, {});
    expect((await remind()).body).toEqual({ participantIds: [participantIds[1]] });
    expect([await toldOf(ben, id), await toldOf(chidi, id)]).toEqual([
      ['invited', 'scoring-opened'],
      ['invited', 'scoring-opened', 'reminded'],
    ]);
    const again = await remind({ participantIds: [participantIds[1]] });
    expect([again.status, again.text]).toEqual([409, expect.stringContaining('reminded-recently')]);
    expect((await ben.send('POST', `/api/sessions/${id}/reminders`, {})).status).toBe(403);
  });

  it('[O7] are not said to have reached whoever turned them off', async () => {
    const [ben, chidi] = (await evaluators()) as [Person, Person];
    const { id, participantIds } = await makeSession(lead, { scorecardVersionId }, [ben, chidi]);
    await advance(lead, id, 'draft');
    const { inApp } = (await ben.get('/api/notifications/choices')).body as { inApp: NotificationKind[] };
    await ben.send('PUT', '/api/notifications/choices', {
      inApp: inApp.filter((kind) => kind !== 'reminded'),
    });
    const reminded = await lead.send('POST', `/api/sessions/${id}/reminders`, {});
    expect(reminded.body).toEqual({ participantIds: [participantIds[1]] });
  });

  it('[O7] says when the one asked for may be reminded again, whoever else was before', async () => {
    const [ben, chidi] = (await evaluators()) as [Person, Person];
    const { id, participantIds } = await makeSession(lead, { scorecardVersionId }, [ben, chidi]);
    await advance(lead, id, 'draft');
    const remind = (participantId = '') =>
      lead.send('POST', `/api/sessions/${id}/reminders`, { participantIds: [participantId] });
    await remind(participantIds[0]);
    await server.connection.sql`update notification set at = at - interval '10 minutes'
      where session_id = ${id} and member_id = ${ben.memberId} and kind = 'reminded'`;
    await remind(participantIds[1]);
    const again = (await remind(participantIds[1])).body as { refusal: { againAt: string } };
    expect(Date.parse(again.refusal.againAt) - Date.now()).toBeGreaterThan(14 * 60_000);
  });

  it('[O7] a due date within a day is told once, to those who are missing', async () => {
    const [ben, chidi] = (await evaluators()) as [Person, Person];
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const { id } = await makeSession(lead, { scorecardVersionId, dueAt: inHours(5) }, [ben, chidi]);
    const later = await makeSession(lead, { scorecardVersionId, dueAt: inHours(50) }, [ben, chidi]);
    for (const session of [id, later.id]) await advance(lead, session, 'draft');
    await ben.send('POST', `/api/sessions/${id}/submission`, {});
    const looked = async () => {
      const { sql } = server.connection;
      await sql`update job set due_at = now() where kind = 'look-for-due'`;
      await until('it was looked for, and everyone told', async () => {
        const [left] = await sql`select 1 from job where kind = 'due-near' or due_at <= now()`;
        return left === undefined;
      });
    };
    await looked();
    await looked();
    expect((await toldOf(chidi, id)).filter((kind) => kind === 'due-near')).toHaveLength(1);
    expect(await toldOf(ben, id)).not.toContain('due-near');
    expect(await toldOf(chidi, later.id)).not.toContain('due-near');
  });

  it('[O7] nobody is looked for who was told, or does not want to hear of it, but whoever joins late is', async () => {
    const [ben, chidi] = (await evaluators()) as [Person, Person];
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const { id } = await makeSession(lead, { scorecardVersionId, dueAt: inHours(5) }, [ben, chidi]);
    await advance(lead, id, 'draft');
    const { db, sql } = server.connection;
    const isLookedFor = async () =>
      (await listDueSoon(db, inHours(0), inHours(24))).some(({ sessionId }) => sessionId === id);
    expect(await isLookedFor()).toBe(true);
    const { inApp } = (await ben.get('/api/notifications/choices')).body as { inApp: NotificationKind[] };
    await ben.send('PUT', '/api/notifications/choices', {
      inApp: inApp.filter((kind) => kind !== 'due-near'),
    });
    await sql`update job set due_at = now() where kind = 'look-for-due'`;
    await until('the other is told', async () => (await toldOf(chidi, id)).includes('due-near'));
    expect(await isLookedFor()).toBe(false);
    const late = await organisation.member('Dara', ['evaluator']);
    await lead.send('POST', `/api/sessions/${id}/participants`, { memberId: late.memberId });
    expect(await isLookedFor()).toBe(true);
  });
});
