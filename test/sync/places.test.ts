// A person's own place (J2) against everyone who must not have it: the facilitator, another lead, an administrator, and whoever
// signs in to an account that somebody else reset; in every status, for sheets, votes and notes.
import { randomUUID } from 'node:crypto';
import { answersKey, messageType, type PlaceView, type SessionView } from '@attune/contract';
import { type CalibrationRecord, readableRecord } from '@attune/domain';
import { describe, expect } from 'vitest';
import type { RunningServer } from '../../server/src/start.ts';
import { admitNext, joinTokenOf, knock } from '../support/guests.ts';
import { logOf as readLog } from '../support/log.ts';
import {
  advance,
  cookieOf,
  makeOrganisation,
  makeSession,
  type Organisation,
  openRevote,
  type Person,
  publishScorecard,
  type Reply,
  scaleDocument,
  viewOf,
  visitor,
} from '../support/people.ts';
import { type OpenRoom, openRoom, until, untilSaved } from '../support/rooms.ts';
import { longestSetUpMs, serverTest } from '../support/team.ts';

let server: RunningServer;
let organisation: Organisation;
let ana: Person;
let sofia: Person;
let grace: Person;
let scorecardVersionId: string;

const it = serverTest();

it.beforeAll(async ({ server: started }) => {
  server = started;
  organisation = await makeOrganisation(server);
  ana = await organisation.member('Ana', ['lead']);
  sofia = await organisation.member('Sofia', ['lead']);
  grace = await organisation.member('Grace', ['admin']);
  scorecardVersionId = await publishScorecard(ana, scaleDocument(2, 5, { required: false }));
}, longestSetUpMs);

type Browser = Omit<Person, 'memberId' | 'name'>;

const browserCookie = (cookie: string) =>
  cookie.split('; ').find((pair) => pair.startsWith('attune_browser=')) ?? '';

/** Signs a member in once more: in a browser of its own, or in one that signed in before. */
async function signIn(memberId: string, sameBrowser?: Browser): Promise<Browser> {
  const keeps = sameBrowser ? browserCookie(sameBrowser.cookie) : '';
  const reply = await visitor(server.url, keeps).send('POST', '/api/demo/sign-in', { memberId });
  expect(reply.status).toBe(200);
  return visitor(server.url, [cookieOf(reply), keeps].filter(Boolean).join('; '));
}

interface Scored {
  readonly id: string;
  readonly ben: Person;
  readonly chidi: Person;
  /** Ben's and Chidi's. */
  readonly participantIds: readonly string[];
}

async function scoring(): Promise<Scored> {
  const ben = await organisation.member('Ben', ['evaluator']);
  const chidi = await organisation.member('Chidi', ['evaluator']);
  const made = await makeSession(ana, { scorecardVersionId }, [ben, chidi]);
  await advance(ana, made.id, 'draft');
  return { ...made, ben, chidi };
}

async function openSheet(participantId: string | undefined, who: Browser): Promise<OpenRoom> {
  const room = openRoom(server.url, `sealed/${participantId}`, who.cookie);
  await until('the sheet is open', () => room.provider.synced);
  return room;
}

async function type(room: OpenRoom, value: number): Promise<void> {
  room.doc.getMap(answersKey).set('q1', { kind: 'scale', valueHundredths: value });
  await untilSaved(room);
}

/** Opens the sheet once, types an answer, closes it. */
async function answerOnce(participantId: string | undefined, who: Browser, value = 300): Promise<void> {
  const room = await openSheet(participantId, who);
  await type(room, value);
  room.close();
}

const placeOf = async (who: Browser, id: string) =>
  (await who.get(`/api/sessions/${id}/place`)).body as PlaceView;
const participantOf = (view: SessionView, memberId: string) =>
  view.shared.participants.find((participant) => participant.memberId === memberId);

async function closeCode(name: string, who: Browser): Promise<number> {
  const room = openRoom(server.url, name, who.cookie);
  await until('the room is closed', () => room.closes.length > 0);
  room.close();
  return room.closes[0] ?? 0;
}

const logOf = (id: string) => readLog(server, id);

/** As an administrator's reset of the account leaves it: every sign-in ended, and the account marked. */
async function reset(who: Person): Promise<void> {
  const { sql } = server.connection;
  const [row] = await sql<{ user_id: string }[]>`select user_id from member where id = ${who.memberId}`;
  await sql`delete from sign_in where user_id = ${row?.user_id ?? ''}`;
  await sql`update "user" set password_reset_at = now(), password_reset_by = ${grace.memberId} where id = ${row?.user_id ?? ''}`;
}

describe('nobody else’s place', () => {
  /** All that a well-placed colleague could try with a participant's place, and how each is answered. */
  async function tries(attacker: Browser, { id, participantIds }: Scored, revoteId: string) {
    const [participantId] = participantIds;
    const vote = `/api/sessions/${id}/revotes/${revoteId}/vote`;
    const status = async (reply: Promise<Reply>) => (await reply).status;
    return {
      sheet: [4403, 4404, 4410].includes(await closeCode(`sealed/${participantId}`, attacker)),
      submit: await status(attacker.send('POST', `/api/sessions/${id}/submission`, {})),
      takeBack: await status(attacker.send('DELETE', `/api/sessions/${id}/submission`)),
      place: await status(attacker.get(`/api/sessions/${id}/place`)),
      restart: await status(attacker.send('POST', `/api/sessions/${id}/place/restart`)),
      device: await status(attacker.send('POST', `/api/sessions/${id}/devices`, { words: 'abandon zoo' })),
      readVote: await status(attacker.get(vote)),
      castVote: await status(attacker.send('PUT', vote, { answer: { kind: 'na' } })),
      link: await status(attacker.send('POST', `/api/sessions/${id}/participants/${participantId}/link`)),
      personal: await status(attacker.send('POST', '/api/personal', { token: 'A'.repeat(43) })),
    };
  }

  it('[J2] [C5] opens to no facilitator, other lead or administrator, in no status, however they try', async () => {
    const scored = await scoring();
    const { id, ben, chidi, participantIds } = scored;
    await answerOnce(participantIds[0], ben);
    const refused = {
      sheet: true,
      submit: 403,
      takeBack: 403,
      place: 404,
      restart: 403,
      device: 403,
      readVote: 404,
      castVote: 403,
      link: 404,
      personal: 404,
    };
    const seenBy = async (status: string, revoteId: string = randomUUID()) => {
      for (const attacker of [ana, sofia, grace]) {
        // Whoever takes a session over may as well be the facilitator.
        expect([status, attacker.name, await tries(attacker, scored, revoteId)]).toEqual([
          status,
          attacker.name,
          refused,
        ]);
      }
    };
    await seenBy('scoring');
    for (const person of [ben, chidi]) await person.send('POST', `/api/sessions/${id}/submission`, {});
    await seenBy('submitted');
    expect((await advance(ana, id, 'scoring')).status).toBe(200);
    const revoteId = await openRevote(ana, id, 'q1');
    const vote = { answer: { kind: 'scale', valueHundredths: 500 } };
    expect((await ben.send('PUT', `/api/sessions/${id}/revotes/${revoteId}/vote`, vote)).status).toBe(200);
    await seenBy('review', revoteId);
    expect((await ben.get(`/api/sessions/${id}/revotes/${revoteId}/vote`)).body).toMatchObject(vote);
    await ana.send('DELETE', `/api/sessions/${id}/revotes/${revoteId}`);
    expect((await advance(ana, id, 'review')).status).toBe(200);
    await seenBy('resolved', revoteId);
    expect((await advance(ana, id, 'resolved')).status).toBe(200);
    await seenBy('closed', revoteId);
    // And nothing in the log says that it was Ben.
    const byOthers = (await logOf(id)).filter(
      ({ by, event }) => by !== 'Ben' && event.participantId === participantIds[0],
    );
    expect(byOthers.map(({ event }) => event.type)).toEqual(['participant-added']);
  }, 90_000);
});

describe('an account that somebody else reset', () => {
  it('[J2] finds a sheet begun before shut: neither read, written, submitted nor taken back, by the log a stranger to it', async () => {
    const { id, ben, participantIds } = await scoring();
    await answerOnce(participantIds[0], ben);
    await reset(ben);
    const intruder = await signIn(ben.memberId);
    expect(await closeCode(`sealed/${participantIds[0]}`, intruder)).toBe(4403);
    for (const method of ['POST', 'DELETE'] as const)
      expect((await intruder.send(method, `/api/sessions/${id}/submission`, {})).status).toBe(403);
    const view = await viewOf(intruder, id);
    expect(view.seat.may).toContain('place.restart');
    expect(view.seat.may).not.toContain('sheet.read');
    expect(await placeOf(intruder, id)).toMatchObject({ asks: [], shut: { by: 'Grace' } });
    const entered = (await logOf(id)).filter(({ event }) => event.type === 'place-entered');
    expect(entered).toHaveLength(1);
  });

  it('[J2] may start an empty sheet: the old one is destroyed, and the record says whose reset it was', async () => {
    const { id, ben, chidi, participantIds } = await scoring();
    await answerOnce(participantIds[0], ben, 500);
    expect((await ben.send('POST', `/api/sessions/${id}/submission`, {})).status).toBe(200);
    await reset(ben);
    const again = await signIn(ben.memberId);
    const restarted = await again.send('POST', `/api/sessions/${id}/place/restart`);
    expect(restarted.status).toBe(200);
    const own = participantOf(await viewOf(again, id), ben.memberId);
    expect(own).toMatchObject({ state: 'scoring', answered: 0, submittedAt: null });
    expect(own?.id).not.toBe(participantIds[0]);
    const left = await server.connection.sql`
      select id from document where participant_id = ${participantIds[0] ?? ''}
      union all select participant_id from submission where participant_id = ${participantIds[0] ?? ''}`;
    expect([...left]).toEqual([]);
    const sheet = await openSheet(own?.id, again);
    expect(sheet.doc.getMap(answersKey).size).toBe(0);
    sheet.close();
    for (const person of [again, chidi])
      expect((await person.send('POST', `/api/sessions/${id}/submission`, {})).status).toBe(200);
    for (const from of ['scoring', 'review']) expect((await advance(ana, id, from)).status).toBe(200);
    const { record } = (await ana.get(`/api/sessions/${id}/record`)).body as { record: CalibrationRecord };
    expect(readableRecord(record, '').log.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({
        type: 'place-restarted',
        participantId: participantIds[0],
        newParticipantId: own?.id,
        cause: 'reset',
        resetBy: 'Grace',
      }),
    );
  });

  it('[J2] [C13] after the reveal reads no vote, casts none and writes no note until closed, though it may read along', async () => {
    const { id, ben, chidi, participantIds } = await scoring();
    await answerOnce(participantIds[0], ben);
    for (const person of [ben, chidi]) await person.send('POST', `/api/sessions/${id}/submission`, {});
    await advance(ana, id, 'scoring');
    const path = `/api/sessions/${id}/revotes/${await openRevote(ana, id, 'q1')}/vote`;
    const vote = { answer: { kind: 'scale', valueHundredths: 500 } };
    expect((await ben.send('PUT', path, vote)).status).toBe(200);
    await reset(ben);
    const intruder = await signIn(ben.memberId);
    expect((await intruder.get(path)).status).toBe(404);
    expect((await intruder.send('PUT', path, { answer: { kind: 'na' } })).status).toBe(403);
    expect((await intruder.send('POST', `/api/sessions/${id}/place/restart`)).status).toBe(403);
    const meeting = openRoom(server.url, `meeting/${id}`, intruder.cookie);
    await until('the notes are there', () => meeting.provider.synced);
    expect(meeting.heard(messageType.snapshot)[0]?.seat.may).not.toContain('notes.write');
    meeting.doc.getXmlFragment('note:q1').insert(0, []);
    meeting.doc.getMap('anything').set('a', 1);
    await until('the write is refused', () => meeting.heard(messageType.refused).length > 0);
    meeting.close();
    expect((await intruder.get(`/api/sessions/${id}/board`)).status).toBe(200);
  });

  it('[J2] keeps a place begun by its own sign-in after the reset, and one not begun at all', async () => {
    const { id, ben, participantIds } = await scoring();
    await reset(ben);
    const again = await signIn(ben.memberId);
    await answerOnce(participantIds[0], again);
    // But the record says whose reset it came after: it may have been their doing.
    const entered = (await logOf(id)).filter(({ event }) => event.type === 'place-entered');
    expect(entered.map(({ event }) => event.reset)).toMatchObject([{ by: 'Grace' }]);
    const other = await signIn(ben.memberId);
    const sheet = await openSheet(participantIds[0], other);
    expect(sheet.doc.getMap(answersKey).size).toBe(1);
    sheet.close();
    expect((await viewOf(other, id)).seat.may).not.toContain('place.restart');
  });

  it('[J2] is shut out of a place that a socket of before began in the moment of the reset', async () => {
    const { id, ben, participantIds } = await scoring();
    const sheet = await openSheet(participantIds[0], ben);
    // The sign-in is older than the reset, its socket not yet told.
    const { sql } = server.connection;
    await sql`update "user" set password_reset_at = now(), password_reset_by = ${grace.memberId}
      where id = (select user_id from member where id = ${ben.memberId})`;
    await type(sheet, 400);
    sheet.close();
    const intruder = await signIn(ben.memberId);
    expect(await closeCode(`sealed/${participantIds[0]}`, intruder)).toBe(4403);
    expect((await viewOf(intruder, id)).seat.may).toContain('place.restart');
  });
});

describe('one’s own place', () => {
  it('[J2] keeps each sign-in that opens it in the log, and asks about every browser it does not know, at once and on the next', async () => {
    const { id, ben, participantIds } = await scoring();
    const meeting = openRoom(server.url, `meeting/${id}`, ben.cookie);
    await until('Ben is in', () => meeting.heard(messageType.snapshot).length === 1);
    await answerOnce(participantIds[0], ben);
    expect((await placeOf(ben, id)).asks).toEqual([]);

    const phone = await signIn(ben.memberId);
    await answerOnce(participantIds[0], phone, 400);
    await until('Ben’s page hears of it', () =>
      meeting
        .heard(messageType.change)
        .some(({ events }) =>
          events.some((event) => event.type === 'place-entered' && event.participantId === participantIds[0]),
        ),
    );
    expect((await placeOf(ben, id)).asks).toHaveLength(1);
    expect((await placeOf(phone, id)).asks).toHaveLength(1);
    const tablet = await signIn(ben.memberId);
    // Who has not opened the place is asked nothing.
    expect((await placeOf(tablet, id)).asks).toEqual([]);
    await answerOnce(participantIds[0], tablet, 500);
    expect((await placeOf(tablet, id)).asks).toHaveLength(2);

    // A new sign-in of a browser that is known is no news.
    await answerOnce(participantIds[0], await signIn(ben.memberId, ben), 200);
    const entered = (await logOf(id)).filter(({ event }) => event.type === 'place-entered');
    expect(entered.map(({ by, event }) => [by, event.further])).toEqual([
      ['Ben', false],
      ['Ben', true],
      ['Ben', true],
      ['Ben', false],
    ]);
    const [asked] = (await placeOf(ben, id)).asks;
    const path = `/api/sessions/${id}/place/entries/${asked?.id}`;
    expect((await ana.send('POST', path, { answer: 'me' })).status).toBe(404);
    expect((await ben.send('POST', path, { answer: 'me' })).status).toBe(204);
    expect((await placeOf(ben, id)).asks).toHaveLength(1);
    // The tablet speaks for itself.
    expect((await placeOf(tablet, id)).asks).toHaveLength(2);
    meeting.close();
  });

  it('[J2] "not me" ends that sign-in at once, once; a sheet may be started afresh, and what was kept of the old one finds no way back', async () => {
    const { id, ben, participantIds } = await scoring();
    await answerOnce(participantIds[0], ben);
    const stranger = await signIn(ben.memberId);
    const theirs = await openSheet(participantIds[0], stranger);
    const [asked] = (await placeOf(ben, id)).asks;
    const path = `/api/sessions/${id}/place/entries/${asked?.id}`;
    const said = { answer: 'not-me', afresh: true };
    expect((await ben.send('POST', path, said, 'a-key-of-its-own')).status).toBe(204);
    expect((await ben.send('POST', path, said, 'a-key-of-its-own')).status).toBe(204);
    await until('the stranger is out', () => theirs.closes.includes(4401) || theirs.closes.includes(4404));
    expect((await stranger.get('/api/me')).status).toBe(401);
    const own = participantOf(await viewOf(ben, id), ben.memberId);
    expect(own?.id).not.toBe(participantIds[0]);
    const fresh = await openSheet(own?.id, ben);
    expect(fresh.doc.getMap(answersKey).size).toBe(0);
    // A device that comes back with the old sheet finds no room for it.
    expect(await closeCode(`sealed/${participantIds[0]}`, ben)).toBe(4404);
    expect((await ben.send('POST', path, { answer: 'not-me', afresh: false })).status).toBe(404);
    expect((await placeOf(ben, id)).mayStartAfresh).toBe(false);

    const back = await signIn(ben.memberId);
    await answerOnce(own?.id, back, 100);
    const [askedAgain] = (await placeOf(ben, id)).asks;
    const second = await ben.send('POST', `/api/sessions/${id}/place/entries/${askedAgain?.id}`, said);
    expect(second.status).toBe(403);
    fresh.close();
    theirs.close();
    const told = (await logOf(id)).filter(({ event }) => String(event.type).startsWith('place-'));
    expect(told.map(({ event }) => event.type)).toEqual([
      'place-entered',
      'place-entered',
      'place-restarted',
      'place-disowned',
      'place-entered',
    ]);
  });

  it('[J2] an ended sign-in says nothing more, though its word was under way: of two that disown each other one stays', async () => {
    const { id, ben, participantIds } = await scoring();
    await answerOnce(participantIds[0], ben);
    const other = await signIn(ben.memberId);
    await answerOnce(participantIds[0], other);
    const say = async (who: Browser) => {
      const [asked] = (await placeOf(who, id)).asks;
      return () =>
        who.send('POST', `/api/sessions/${id}/place/entries/${asked?.id}`, {
          answer: 'not-me',
          afresh: true,
        });
    };
    const both = [await say(ben), await say(other)];
    const answered = await Promise.all(both.map((press) => press()));
    expect(answered.filter(({ status }) => status === 204)).toHaveLength(1);
    const told = (await logOf(id)).filter(({ event }) => String(event.type).startsWith('place-'));
    expect(told.map(({ event }) => event.type)).toEqual([
      'place-entered',
      'place-entered',
      'place-restarted',
      'place-disowned',
    ]);
    const alive = [ben, other].map(async (who) => (await who.get('/api/me')).status);
    expect((await Promise.all(alive)).sort()).toEqual([200, 401]);
  });

  it('[J2] "not me" takes a submission back and destroys nothing; after the reveal it marks the record only', async () => {
    const { id, ben, chidi, participantIds } = await scoring();
    await answerOnce(participantIds[0], ben, 500);
    expect((await ben.send('POST', `/api/sessions/${id}/submission`, {})).status).toBe(200);
    const stranger = await signIn(ben.memberId);
    (await openSheet(participantIds[0], stranger)).close();
    const say = async (afresh: boolean) => {
      const [asked] = (await placeOf(ben, id)).asks;
      const path = `/api/sessions/${id}/place/entries/${asked?.id}`;
      return (await ben.send('POST', path, { answer: 'not-me', afresh })).status;
    };
    expect(await say(true)).toBe(204);
    expect(participantOf(await viewOf(ana, id), ben.memberId)).toMatchObject({
      id: participantIds[0],
      state: 'scoring',
    });
    const sheet = await openSheet(participantIds[0], ben);
    expect(sheet.doc.getMap(answersKey).get('q1')).toMatchObject({ valueHundredths: 500 });
    sheet.close();
    for (const person of [ben, chidi])
      expect((await person.send('POST', `/api/sessions/${id}/submission`, {})).status).toBe(200);
    await advance(ana, id, 'scoring');

    // After the reveal a browser enters with the notes.
    const later = await signIn(ben.memberId);
    const meeting = openRoom(server.url, `meeting/${id}`, later.cookie);
    await until('the notes are there', () => meeting.provider.synced);
    const before = await viewOf(ana, id);
    // Ben's own browser opens the notes as well, and is asked.
    const own = openRoom(server.url, `meeting/${id}`, ben.cookie);
    await until('the notes are there', () => own.provider.synced);
    expect(await say(true)).toBe(204);
    await until('the later sign-in is out', () => meeting.closes.includes(4401));
    const after = await viewOf(ana, id);
    expect(after.shared.participants).toEqual(before.shared.participants);
    expect((await advance(ana, id, 'review')).status).toBe(200);
    const disowned = (await logOf(id)).filter(({ event }) => event.type === 'place-disowned');
    expect(disowned.map(({ by, event }) => [by, event.afresh])).toEqual([
      ['Ben', true],
      ['Ben', false],
    ]);
    meeting.close();
    own.close();
  });

  it('[J2] is begun by a row, a submission or a vote, and stays so when the reveal has deleted the rows', async () => {
    const { id, ben, chidi, participantIds } = await scoring();
    const begun = async () => {
      const rows = await server.connection.sql<{ id: string; at: Date | null }[]>`
        select id, begun_at as at from participant where session_id = ${id} order by place`;
      return rows.map(({ at }) => at !== null);
    };
    (await openSheet(participantIds[0], ben)).close();
    expect(await begun()).toEqual([false, false]);
    await answerOnce(participantIds[0], ben);
    expect(await begun()).toEqual([true, false]);
    await chidi.send('POST', `/api/sessions/${id}/submission`, {});
    expect(await begun()).toEqual([true, true]);
    await ben.send('POST', `/api/sessions/${id}/submission`, {});
    await advance(ana, id, 'scoring');
    expect(await begun()).toEqual([true, true]);
  });
});

describe('a guest’s place', () => {
  async function guestIn(id: string): Promise<{ browser: Browser; token: string; participantId: string }> {
    const token = await joinTokenOf(ana, id);
    const browser = await knock(server.url, token, 'Jo');
    await admitNext(ana, id);
    const { participantId } = (await browser.get('/api/join/state')).body as { participantId: string };
    return { browser, token, participantId };
  }
  const ask = async (token: string) =>
    (await visitor(server.url).send('POST', '/api/join/device', { token })).body as {
      requestId: string;
      secret: string;
      words: [string, string];
    };
  const claim = ({ requestId, secret }: { requestId: string; secret: string }) =>
    visitor(server.url).send('POST', '/api/join/device/claim', { requestId, secret });

  it('[J2] opens on another device only by the two words it shows, typed on the first, by nobody else', async () => {
    const { id } = await scoring();
    const { browser, token, participantId } = await guestIn(id);
    await answerOnce(participantId, browser);
    const asked = await ask(token);
    expect(asked.words).toHaveLength(2);
    expect((await claim(asked)).body).toEqual({ state: 'asking' });
    const words = asked.words.join(' ');
    const path = `/api/sessions/${id}/devices`;
    for (const other of [ana, sofia, grace])
      expect([other.name, (await other.send('POST', path, { words })).status]).toEqual([other.name, 403]);
    const wrong = await browser.send('POST', path, { words: 'zoo zoo' });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('/words')]);
    expect((await claim(asked)).body).toEqual({ state: 'asking' });
    const allowed = await browser.send('POST', path, {
      words: ` ${asked.words[0].toUpperCase()}-${asked.words[1]}`,
    });
    expect([allowed.status, allowed.text]).toEqual([200, expect.stringContaining('device')]);
    const granted = await claim(asked);
    expect(granted.body).toEqual({ state: 'in', sessionId: id });
    expect((await claim(asked)).status).toBe(404);
    const second = visitor(server.url, cookieOf(granted));
    const sheet = await openSheet(participantId, second);
    expect(sheet.doc.getMap(answersKey).size).toBe(1);
    sheet.close();
    // Neither device is asked about the other: it came by a yes.
    for (const device of [browser, second]) expect((await placeOf(device, id)).asks).toEqual([]);
    const allowedEntries = (await logOf(id)).filter(({ event }) => event.type === 'device-allowed');
    expect(allowedEntries.map(({ by }) => by)).toEqual(['Jo']);
    // The words lie nowhere but as a keyed hash.
    const rows = await server.connection.sql`select to_jsonb(t)::text as row from device_request t`;
    expect(JSON.stringify(rows)).not.toContain(asked.words[0]);
  });

  it('[J2] is opened by no words of another session, none that are old, and no link that has ended', async () => {
    const { id } = await scoring();
    const other = await scoring();
    const { browser, token } = await guestIn(id);
    const elsewhere = await guestIn(other.id);
    const asked = await ask(elsewhere.token);
    const typed = { words: asked.words.join(' ') };
    expect((await browser.send('POST', `/api/sessions/${id}/devices`, typed)).status).toBe(422);
    expect((await browser.send('POST', `/api/sessions/${other.id}/devices`, typed)).status).toBe(404);
    const old = await ask(token);
    await server.connection
      .sql`update device_request set expires_at = now() - interval '1 second' where id = ${old.requestId}`;
    expect(
      (await browser.send('POST', `/api/sessions/${id}/devices`, { words: old.words.join(' ') })).status,
    ).toBe(422);
    expect((await claim(old)).status).toBe(404);
    await ana.send('DELETE', `/api/sessions/${id}/links/join`);
    expect((await visitor(server.url).send('POST', '/api/join/device', { token })).status).toBe(404);
  });
});
