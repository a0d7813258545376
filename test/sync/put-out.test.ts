// People who must not be there any more, over the real server: put out while people score and afterwards, excused, turned away,
// ended by an administrator. What they read ends at once, over HTTP and the socket, and what they wrote is gone where it must be.
import { answersKey, type BoardView, messageType } from '@attune/contract';
import type { CalibrationRecord } from '@attune/domain';
import { describe, expect } from 'vitest';
import { verifyText } from '../../server/src/cli/verify.ts';
import type { RunningServer } from '../../server/src/start.ts';
import { joinTokenOf, knock, guestIn as letGuestIn } from '../support/guests.ts';
import { asOfEarlierVersion, logOf as readLog } from '../support/log.ts';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Organisation,
  openRevote,
  type Person,
  publishScorecard,
  scaleDocument,
  viewOf,
  visitor,
} from '../support/people.ts';
import { type OpenRoom, openRoom, until, untilSaved } from '../support/rooms.ts';
import { longestSetUpMs, serverTest } from '../support/team.ts';

let server: RunningServer;
let organisation: Organisation;
let [lead, ben, chidi, dara]: Person[] = [];
let scorecardVersionId: string;

type Caller = Pick<Person, 'get' | 'send' | 'cookie'>;

const it = serverTest();

it.beforeAll(async ({ server: started }) => {
  server = started;
  organisation = await makeOrganisation(server);
  lead = await organisation.member('Ana', ['lead']);
  ben = await organisation.member('Ben Whitfield', ['evaluator']);
  chidi = await organisation.member('Chidi', ['evaluator']);
  dara = await organisation.member('Dara', ['evaluator']);
  scorecardVersionId = await publishScorecard(who(lead), scaleDocument(2, 5, { required: false }));
}, longestSetUpMs);

function who(person: Person | undefined): Person {
  if (!person) throw new Error('nobody');
  return person;
}

const ana = () => who(lead);

async function scoringWith(...people: (Person | undefined)[]) {
  const made = await makeSession(ana(), { scorecardVersionId }, people.map(who));
  expect((await advance(ana(), made.id, 'draft')).status).toBe(200);
  return made;
}

const joinToken = (id: string) => joinTokenOf(ana(), id);

async function guestIn(id: string, name: string) {
  const guest = await letGuestIn(server.url, ana(), id, name);
  const { participants } = (await viewOf(ana(), id)).shared;
  const participantId = participants.find(({ memberId }) => memberId === guest.memberId)?.id ?? '';
  return { ...guest, participantId };
}

const putOut = (id: string, memberId: string, reason = 'Nobody knows them') =>
  ana().send('POST', `/api/sessions/${id}/put-out`, { memberId, reason });

const logOf = async (id: string) =>
  (await readLog(server, id)).map(({ by, event }): Record<string, unknown> => ({ by, ...event }));

async function type(room: OpenRoom, value = 300): Promise<void> {
  await until('the sheet is open', () => room.provider.synced);
  room.doc.getMap(answersKey).set('q1', { kind: 'scale', valueHundredths: value });
  await untilSaved(room);
}

/** Everything one could read of a session, by a caller who may read none of it. */
async function expectNothing(
  caller: Caller,
  id: string,
  memberId: string,
  participantId: string,
): Promise<void> {
  for (const rest of [
    '',
    '/board',
    '/record',
    '/record.json',
    '/record.csv',
    '/commitments',
    '/calendar.ics',
    '/devices',
    '/lobby',
    '/links',
  ]) {
    const { status, text } = await caller.get(`/api/sessions/${id}${rest}`);
    expect([rest, [401, 404].includes(status), text.includes('Ben')]).toEqual([rest, true, false]);
  }
  for (const path of ['/api/sessions', '/api/notifications']) {
    const { text } = await caller.get(path);
    expect([path, text.includes(id)]).toEqual([path, false]);
  }
  for (const name of [`meeting/${id}`, `sealed/${participantId}`]) {
    const room = openRoom(server.url, name, caller.cookie);
    await until(`${name} is shut to them`, () => room.closes.length > 0);
    expect([name, [4401, 4403, 4404, 4410].includes(room.closes[0] ?? 0), room.frames.length]).toEqual([
      name,
      true,
      0,
    ]);
    room.close();
  }
  const feed = openRoom(server.url, `feed/${memberId}`, caller.cookie);
  await until('the feed is open or shut', () => feed.frames.length > 0 || feed.closes.length > 0);
  expect((await ana().send('PUT', `/api/sessions/${id}/names`, { names: 'hidden-on-screen' })).status).toBe(
    200,
  );
  expect((await ana().send('PUT', `/api/sessions/${id}/names`, { names: 'shown' })).status).toBe(200);
  const own = openRoom(server.url, `feed/${ana().memberId}`, ana().cookie);
  await until('the feed of the facilitator is open', () => own.frames.length > 0);
  await ana().send('PUT', `/api/sessions/${id}/names`, { names: 'hidden-on-screen' });
  await until('others are told of a change', () =>
    own.heard(messageType.hint).some(({ sessionId }) => sessionId === id),
  );
  expect(feed.heard(messageType.hint)).toEqual([]);
  await ana().send('PUT', `/api/sessions/${id}/names`, { names: 'shown' });
  feed.close();
  own.close();
}

/** Rows of a participant's sheet, wherever they could lie. */
async function sealedRows(participantId: string): Promise<number> {
  const { sql } = server.connection;
  const [row] = await sql<{ n: number }[]>`
    select (select count(*) from document where participant_id = ${participantId})
      + (select count(*) from document_update u join document d on d.id = u.document_id where d.participant_id = ${participantId})
      + (select count(*) from submission where participant_id = ${participantId})
      + (select count(*) from participant where id = ${participantId}) as n`;
  return Number(row?.n);
}

describe('put out while people score', () => {
  it('[C12] [J2] a guest who was admitted by mistake is out at once, and their sheet is gone unread', async () => {
    const { id } = await scoringWith(ben, chidi);
    const twin = await guestIn(id, 'Ben Whitfield');
    const meeting = openRoom(server.url, `meeting/${id}`, twin.cookie);
    const sheet = openRoom(server.url, `sealed/${twin.participantId}`, twin.cookie);
    await until('they are in', () => meeting.heard(messageType.snapshot).length === 1);
    await type(sheet);
    const submitted = await twin.send('POST', `/api/sessions/${id}/submission`, {});
    const { commitment } = submitted.body as { commitment: string };
    const documents = await server.connection.sql`
      select id from document where participant_id = ${twin.participantId}`;
    expect(documents).toHaveLength(1);

    const out = await putOut(id, twin.memberId, 'Calls himself Ben');
    expect([out.status, out.text.slice(0, 200)]).toEqual([200, expect.any(String)]);
    await until('both sockets are closed', () => meeting.closes.length > 0 && sheet.closes.length > 0);
    expect(await sealedRows(twin.participantId)).toBe(0);
    const left = await server.connection.sql`
      select 1 from document_update where document_id = ${documents[0]?.id}`;
    expect(left).toHaveLength(0);
    await expectNothing(twin, id, twin.memberId, twin.participantId);
    expect((await logOf(id)).find(({ type: kind }) => kind === 'put-out')).toEqual({
      by: 'Ana',
      type: 'put-out',
      memberId: twin.memberId,
      name: 'Ben Whitfield',
      reason: 'Calls himself Ben',
      participantId: twin.participantId,
      discarded: commitment,
      revoteId: null,
    });
    const { shared } = await viewOf(ana(), id);
    expect(shared.participants.map(({ name }) => name)).toEqual(['Ben Whitfield', 'Chidi']);

    // The record verifies, though the log fixed a submission that nobody has any more.
    for (const person of [ben, chidi]) await who(person).send('POST', `/api/sessions/${id}/submission`, {});
    for (const from of ['scoring', 'review', 'resolved'])
      expect([from, (await advance(ana(), id, from)).status]).toEqual([from, 200]);
    const { text } = await ana().get(`/api/sessions/${id}/record.json`);
    const { people } = JSON.parse(text) as CalibrationRecord;
    expect(people.map(({ participantId }) => participantId)).not.toContain(twin.participantId);
    expect(await verifyText(text)).toMatchObject({ holds: true });
    meeting.close();
    sheet.close();
  });

  it('[C12] a member is let in again by the facilitator alone, and starts with an empty sheet', async () => {
    const { id, participantIds } = await scoringWith(ben, chidi, dara);
    const token = await joinToken(id);
    const place = participantIds[2] ?? '';
    const sheet = openRoom(server.url, `sealed/${place}`, who(dara).cookie);
    await type(sheet);
    expect((await putOut(id, who(dara).memberId)).status).toBe(200);
    await until('the sheet is shut', () => sheet.closes.includes(4403));
    expect(await sealedRows(place)).toBe(0);
    await expectNothing(who(dara), id, who(dara).memberId, place);
    const again = await who(dara).send('POST', '/api/join', { token });
    expect([again.status, again.text]).toEqual([403, expect.stringContaining('put-out')]);
    const added = await ana().send('POST', `/api/sessions/${id}/participants`, {
      memberId: who(dara).memberId,
    });
    expect(added.status).toBe(200);
    const back = await viewOf(who(dara), id);
    expect([back.seat.participantId === place, back.seat.may.includes('sheet.write')]).toEqual([false, true]);
    const fresh = openRoom(server.url, `sealed/${back.seat.participantId}`, who(dara).cookie);
    await until('the new sheet is open', () => fresh.provider.synced);
    expect(fresh.doc.getMap(answersKey).size).toBe(0);
    sheet.close();
    fresh.close();
  });

  it('[C12] a command repeated under its key answers nothing of the session any more, nor of a place that is gone', async () => {
    const { id } = await scoringWith(ben, chidi, dara);
    const submit = (person: Person | undefined) =>
      who(person).send(
        'POST',
        `/api/sessions/${id}/submission`,
        {},
        `${who(person).memberId} once`.replace(' ', '-'),
      );
    for (const person of [dara, chidi]) expect((await submit(person)).status).toBe(200);
    for (const person of [dara, chidi]) expect((await putOut(id, who(person).memberId)).status).toBe(200);
    expect((await submit(chidi)).status).toBe(404);
    await ana().send('POST', `/api/sessions/${id}/participants`, { memberId: who(dara).memberId });
    const anew = await submit(dara);
    expect([anew.status, anew.headers.get('idempotent-replayed')]).toEqual([200, null]);
  });

  it('[C12] works with two left, and the reveal then says that somebody is missing', async () => {
    const { id } = await scoringWith(ben, chidi);
    for (const person of [ben, chidi]) await who(person).send('POST', `/api/sessions/${id}/submission`, {});
    expect((await putOut(id, who(chidi).memberId)).status).toBe(200);
    const reveal = await advance(ana(), id, 'scoring');
    expect([reveal.status, reveal.text]).toEqual([409, expect.stringContaining('too-few-submissions')]);
    const empty = await ana().send('POST', `/api/sessions/${id}/put-out`, {
      memberId: who(ben).memberId,
      reason: ' ',
    });
    expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('say why')]);
  });
});

describe('put out after the reveal', () => {
  async function inReview() {
    const made = await scoringWith(ben, chidi, dara);
    for (const [at, person] of [ben, chidi, dara].entries()) {
      const sheet = openRoom(server.url, `sealed/${made.participantIds[at]}`, who(person).cookie);
      await type(sheet, 100 * (at + 1));
      await who(person).send('POST', `/api/sessions/${made.id}/submission`, {});
      sheet.close();
    }
    expect((await advance(ana(), made.id, 'scoring')).status).toBe(200);
    return made;
  }

  for (const status of ['review', 'resolved'] as const)
    it(`[C12] in ${status} the answers stay, and they read nothing`, async () => {
      const { id, participantIds } = await inReview();
      if (status === 'resolved') {
        await ana().send('PUT', `/api/sessions/${id}/resolutions/q1`, {
          agreed: { kind: 'na' },
          cause: null,
        });
        expect((await advance(ana(), id, 'review')).status).toBe(200);
      }
      const meeting = openRoom(server.url, `meeting/${id}`, who(dara).cookie);
      await until('they are in', () => meeting.heard(messageType.snapshot).length === 1);
      expect((await putOut(id, who(dara).memberId)).status).toBe(200);
      await until('the socket is closed', () => meeting.closes.includes(4403));
      await expectNothing(who(dara), id, who(dara).memberId, participantIds[2] ?? '');
      const { board, people } = (await ana().get(`/api/sessions/${id}/board`)).body as BoardView;
      expect(people.map(({ name }) => name)).toEqual(['Ben Whitfield', 'Chidi', 'Dara']);
      expect(board.questions[0]?.answers).toHaveLength(3);

      const back = await ana().send('DELETE', `/api/sessions/${id}/put-out/${who(dara).memberId}`);
      expect(back.status).toBe(200);
      expect((await who(dara).get(`/api/sessions/${id}/board`)).status).toBe(200);
      expect((await logOf(id)).at(-1)).toEqual({
        by: 'Ana',
        type: 'let-back-in',
        memberId: who(dara).memberId,
        name: 'Dara',
      });
      meeting.close();
    });

  it('[C13] a sealed vote goes with them, unread, and the re-vote goes on; the record verifies', async () => {
    const { id, participantIds } = await inReview();
    await ana().send('PUT', `/api/sessions/${id}/names`, { names: 'hidden' });
    const revoteId = await openRevote(ana(), id, 'q1');
    for (const person of [ben, chidi, dara])
      await who(person).send('PUT', `/api/sessions/${id}/revotes/${revoteId}/vote`, {
        answer: { kind: 'scale', valueHundredths: 500 },
      });
    expect((await putOut(id, who(dara).memberId)).status).toBe(200);
    const votes = await server.connection
      .sql`select 1 from revote_vote where participant_id = ${participantIds[2] ?? ''}`;
    expect(votes).toHaveLength(0);
    expect((await ana().send('POST', `/api/sessions/${id}/revotes/${revoteId}/reveal`, {})).status).toBe(200);
    // Under hidden names no letter is missing: the first answer stands in.
    const { revotes } = (await ana().get(`/api/sessions/${id}/board`)).body as BoardView;
    const given = revotes[0]?.numbers.answers.map(
      ({ answer }) => answer && 'valueHundredths' in answer && answer.valueHundredths,
    );
    expect(given?.sort()).toEqual([300, 500, 500]);
    await ana().send('PUT', `/api/sessions/${id}/resolutions/q1`, { agreed: { kind: 'na' }, cause: null });
    for (const from of ['review', 'resolved']) expect((await advance(ana(), id, from)).status).toBe(200);
    expect(await verifyText((await ana().get(`/api/sessions/${id}/record.json`)).text)).toMatchObject({
      holds: true,
    });
  });

  it('[C12] a closed session is not touched: putting out is refused, and the chain stays as it is', async () => {
    const { id } = await inReview();
    await ana().send('PUT', `/api/sessions/${id}/resolutions/q1`, { agreed: { kind: 'na' }, cause: null });
    for (const from of ['review', 'resolved']) await advance(ana(), id, from);
    const before = await logOf(id);
    expect((await putOut(id, who(dara).memberId)).status).toBe(409);
    expect(await logOf(id)).toEqual(before);
  });
});

describe('whoever is excused', () => {
  it('[C7] is told so and reads nothing else, in scoring and after the reveal, until let back in', async () => {
    const { id, participantIds } = await scoringWith(ben, chidi, dara);
    const place = participantIds[2] ?? '';
    const meeting = openRoom(server.url, `meeting/${id}`, who(dara).cookie);
    const feed = openRoom(server.url, `feed/${who(dara).memberId}`, who(dara).cookie);
    await until(
      'they are in',
      () => meeting.heard(messageType.snapshot).length === 1 && feed.frames.length > 0,
    );
    const path = `/api/sessions/${id}/participants/${place}/excuse`;
    expect((await ana().send('POST', path, { reason: 'On leave' })).status).toBe(200);
    await until('the meeting is shut', () => meeting.closes.includes(4403));
    const told = await who(dara).get(`/api/sessions/${id}/excuse`);
    expect([told.status, told.body]).toEqual([
      200,
      {
        sessionName: 'Calibration',
        facilitator: 'Ana',
        reason: 'On leave',
        excusedAt: expect.any(String),
        mayReturn: true,
      },
    ]);
    for (const rest of ['', '/commitments'])
      expect([rest, (await who(dara).get(`/api/sessions/${id}${rest}`)).status]).toEqual([rest, 404]);
    const hints = feed.heard(messageType.hint).length;
    expect((await ana().send('DELETE', path)).status).toBe(200);
    await until('they hear of it', () => feed.heard(messageType.hint).length > hints);
    expect((await who(dara).get(`/api/sessions/${id}`)).status).toBe(200);
    expect((await ana().send('POST', path, { reason: 'On leave' })).status).toBe(200);
    for (const person of [ben, chidi]) await who(person).send('POST', `/api/sessions/${id}/submission`, {});
    for (const from of ['scoring', 'review']) expect((await advance(ana(), id, from)).status).toBe(200);
    for (const rest of ['', '/board', '/record', '/record.json', '/record.csv', '/commitments'])
      expect([rest, (await who(dara).get(`/api/sessions/${id}${rest}`)).status]).toEqual([rest, 404]);
    const room = openRoom(server.url, `meeting/${id}`, who(dara).cookie);
    await until('the meeting stays shut', () => room.closes.length > 0);
    expect((await who(dara).get('/api/sessions')).text).not.toContain(id);
    for (const open of [meeting, feed, room]) open.close();
  });

  it('[C7] and may read it anyway, reads it as before', async () => {
    const max = await organisation.member('Max', ['lead']);
    const { id, participantIds } = await scoringWith(ben, chidi, max);
    const path = `/api/sessions/${id}/participants/${participantIds[2]}/excuse`;
    await ana().send('POST', path, { reason: 'On leave' });
    expect((await max.get(`/api/sessions/${id}`)).status).toBe(200);
    expect((await max.get(`/api/sessions/${id}/excuse`)).status).toBe(200);
  });
});

describe('the lobby', () => {
  it('[J1] is not filled from one place, and a renewed or ended link, or one word, empties it', async () => {
    const { id } = await makeSession(ana(), { scorecardVersionId }, [who(ben), who(chidi)]);
    let token = await joinToken(id);
    const waiting = async () => (await viewOf(ana(), id)).shared.lobby.length;
    const knocks = async () => {
      const replies = [];
      for (let n = 0; n < 12; n++)
        replies.push(
          (await visitor(server.url).send('POST', '/api/join', { token, name: `Guest ${n}` })).status,
        );
      return replies;
    };
    expect((await knocks()).filter((status) => status === 409)).toHaveLength(2);
    expect(await waiting()).toBe(10);
    const { sql } = server.connection;
    const kept = await sql<{ hash: string; row: string }[]>`
      select distinct encode(place_hash, 'hex') as hash, to_jsonb(e)::text as row from lobby_entry e where session_id = ${id} limit 1`;
    expect(kept[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(kept[0]?.row).not.toContain('127.0.0.1');
    for (const empty of [
      () => ana().send('DELETE', `/api/sessions/${id}/lobby`),
      () => ana().send('POST', `/api/sessions/${id}/links/join`, {}),
      () => ana().send('DELETE', `/api/sessions/${id}/links/join`),
    ]) {
      expect((await empty()).status).toBe(200);
      expect(await waiting()).toBe(0);
      const gone = await sql`
        select 1 from member m join "user" u on u.id = m.user_id
        where m.guest and m.organisation_id = ${organisation.id} and m.name like 'Guest %'`;
      expect(gone).toHaveLength(0);
      token = await joinToken(id);
      await knock(server.url, token, 'Guest again');
      await knock(server.url, token, 'Guest once more');
    }
    expect(
      (await logOf(id)).filter(({ type: kind }) => kind === 'lobby-emptied').length,
    ).toBeGreaterThanOrEqual(3);
  });

  it('[J1] whoever is turned away hears of it at once and has nothing left to sign in with', async () => {
    const { id } = await makeSession(ana(), { scorecardVersionId }, []);
    const guest = await knock(server.url, await joinToken(id), 'Mallory');
    const feed = openRoom(server.url, `feed/${guest.memberId}`, guest.cookie);
    await until('they wait', () => feed.frames.length > 0);
    const [entry] = (await viewOf(ana(), id)).shared.lobby;
    expect((await ana().send('DELETE', `/api/sessions/${id}/lobby/${entry?.id}`)).status).toBe(200);
    await until('their socket is closed', () => feed.closes.includes(4401));
    expect((await guest.get('/api/join/state')).status).toBe(401);
    const { sql } = server.connection;
    for (const table of ['member', 'lobby_entry'] as const) {
      const column = table === 'member' ? 'id' : 'member_id';
      expect(await sql`select 1 from ${sql(table)} where ${sql(column)} = ${guest.memberId}`).toHaveLength(0);
    }
    expect(
      await sql`select 1 from "user" where email = ${`guest-${guest.memberId}@guests.invalid`}`,
    ).toHaveLength(0);
    feed.close();
  });
});

describe('administrators', () => {
  it('[J1] see every guest with who let them in, and end one at once, in a closed session too', async () => {
    const admin = await organisation.member('Sofia', ['admin']);
    const { id } = await scoringWith(ben, chidi);
    const guest = await guestIn(id, 'Gus');
    const listed = async () => {
      const { guests } = (await admin.get('/api/guests')).body as {
        guests: {
          id: string;
          name: string;
          state: string;
          admittedBy: string | null;
          sessionId: string;
          seenAt: string | null;
        }[];
      };
      return guests.find((one) => one.id === guest.memberId);
    };
    expect(await listed()).toMatchObject({
      name: 'Gus',
      state: 'in',
      admittedBy: 'Ana',
      sessionId: id,
      seenAt: expect.any(String),
    });
    for (const caller of [who(ben), who(chidi), guest])
      await caller.send('POST', `/api/sessions/${id}/submission`, {});
    for (const from of ['scoring', 'review', 'resolved'])
      expect([from, (await advance(ana(), id, from)).status]).toEqual([from, 200]);
    const before = await logOf(id);
    expect((await guest.get(`/api/sessions/${id}/record`)).status).toBe(200);
    const room = openRoom(server.url, `meeting/${id}`, guest.cookie);
    await until('the guest is in', () => room.heard(messageType.snapshot).length === 1);
    expect((await ana().send('DELETE', `/api/guests/${guest.memberId}`)).status).toBe(403);
    expect((await admin.send('DELETE', `/api/guests/${who(ben).memberId}`)).status).toBe(404);
    expect((await admin.send('DELETE', `/api/guests/${guest.memberId}`)).status).toBe(204);
    await until('the socket is closed', () => room.closes.includes(4401));
    expect((await guest.get(`/api/sessions/${id}/record`)).status).toBe(401);
    expect(await listed()).toMatchObject({ state: 'ended', seenAt: null });
    expect(await logOf(id)).toEqual(before);
    room.close();
  });
});

describe('a guest with a member’s name', () => {
  it('[J1] is told from the member on board, record, log and exports, and the facilitator is warned before', async () => {
    const { id, participantIds } = await scoringWith(ben, chidi);
    const token = await joinToken(id);
    const guest = await knock(server.url, token, 'Ben\u200B  WHITFIELD\u202E');
    const [entry] = (await viewOf(ana(), id)).shared.lobby;
    expect(entry?.name).toBe('Ben WHITFIELD');
    const { body } = await ana().get(`/api/sessions/${id}/lobby`);
    expect(body).toEqual({ waiting: [{ id: entry?.id, like: [{ name: 'Ben Whitfield', is: 'here' }] }] });
    expect((await who(ben).get(`/api/sessions/${id}/lobby`)).status).toBe(404);
    await ana().send('POST', `/api/sessions/${id}/lobby/${entry?.id}/admit`);
    await ana().send('PUT', `/api/sessions/${id}/guests/${guest.memberId}`, {
      name: ' Ben W. ',
    });
    const view = await viewOf(ana(), id);
    const place = view.shared.participants.find(({ memberId }) => memberId === guest.memberId);
    expect(place).toMatchObject({ name: 'Ben W.', guest: true, admittedBy: 'Ana' });
    expect((await logOf(id)).at(-1)).toMatchObject({
      by: 'Ana',
      type: 'guest-renamed',
      from: 'Ben WHITFIELD',
      to: 'Ben W.',
    });
    const member = await ana().send('PUT', `/api/sessions/${id}/guests/${who(ben).memberId}`, {
      name: 'Nobody',
    });
    expect(member.status).toBe(404);

    const meeting = openRoom(server.url, `meeting/${id}`, guest.cookie);
    const others = openRoom(server.url, `meeting/${id}`, who(ben).cookie);
    const users = () =>
      [...others.provider.awareness.getStates().values()].map((state) => state.user as object | undefined);
    await until('presence says who is a guest', () =>
      users().some(
        (user) => user && 'name' in user && user.name === 'Ben W.' && 'guest' in user && user.guest === true,
      ),
    );
    for (const caller of [who(ben), who(chidi), guest])
      await caller.send('POST', `/api/sessions/${id}/submission`, {});
    await advance(ana(), id, 'scoring');
    const board = async () => ((await ana().get(`/api/sessions/${id}/board`)).body as BoardView).people;
    expect((await board()).map(({ name, guest: isGuest }) => [name, isGuest])).toEqual([
      ['Ben Whitfield', false],
      ['Chidi', false],
      ['Ben W.', true],
    ]);
    await ana().send('PUT', `/api/sessions/${id}/names`, { names: 'hidden' });
    expect((await board()).map(({ name, guest: isGuest }) => [name, isGuest])).toEqual(
      Array(3).fill([null, false]),
    );
    await advance(ana(), id, 'review');
    const record = async () =>
      ((await ana().get(`/api/sessions/${id}/record`)).body as { record: CalibrationRecord }).record;
    expect((await record()).people.map(({ guest: isGuest, admittedBy }) => [isGuest, admittedBy])).toEqual(
      Array(3).fill([false, null]),
    );
    await advance(ana(), id, 'resolved');
    const { people } = await record();
    expect(people.map(({ name, guest: isGuest, admittedBy }) => [name, isGuest, admittedBy])).toEqual([
      ['Ben Whitfield', false, null],
      ['Chidi', false, null],
      ['Ben W.', true, 'Ana'],
    ]);
    expect(participantIds).toHaveLength(2);
    const csv = (await ana().get(`/api/sessions/${id}/record.csv`)).text;
    expect(csv).toContain('Ben W. (guest), admitted by Ana, identity not checked');
    meeting.close();
    others.close();
  });

  it('[J1] nothing that cannot be seen is taken for a name, at any door', async () => {
    const { id } = await makeSession(ana(), { scorecardVersionId }, []);
    const token = await joinToken(id);
    for (const name of ['\u200B\u200D', '\u2800', '\u3164', ' \u202E ']) {
      const { status, text } = await visitor(server.url).send('POST', '/api/join', { token, name });
      expect([name, status, text]).toEqual([name, 422, expect.stringContaining('say your name')]);
    }
  });
});

it('[X1] a record of the version before, which does not say who is a guest, verifies as it did', async () => {
  const { id } = await makeSession(ana(), { scorecardVersionId }, [who(ben), who(chidi)]);
  await asOfEarlierVersion(server, id);
  await advance(ana(), id, 'draft');
  for (const person of [ben, chidi]) await who(person).send('POST', `/api/sessions/${id}/submission`, {});
  for (const from of ['scoring', 'review', 'resolved']) await advance(ana(), id, from);
  const record = JSON.parse((await ana().get(`/api/sessions/${id}/record.json`)).text) as {
    people: Record<string, unknown>[];
  };
  for (const person of record.people) {
    delete person.guest;
    delete person.admittedBy;
  }
  expect(await verifyText(JSON.stringify(record))).toMatchObject({ holds: true });
});
