// A change of one session costs its own seats and nobody else's, over real sockets; the hub's counters say whom it reached.
import { answersKey, messageType } from '@attune/contract';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RunningServer } from '../../server/src/start.ts';
import { startApp } from '../support/app.ts';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Person,
  publishScorecard,
  scaleDocument,
} from '../support/people.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';
import { type OpenRoom, openRoom, until, untilSaved } from '../support/rooms.ts';

let database: FreshDatabase;
let server: RunningServer;
let lead: Person;
let evaluators: Person[];
let scorecardVersionId: string;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url, demo: true });
  const organisation = await makeOrganisation(server);
  lead = await organisation.member('Ana', ['lead']);
  evaluators = [];
  for (const name of ['Ben', 'Chidi']) evaluators.push(await organisation.member(name, ['evaluator']));
  scorecardVersionId = await publishScorecard(lead, scaleDocument(3, 5, { required: false }));
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

interface Meeting {
  readonly id: string;
  readonly participantIds: string[];
  readonly rooms: OpenRoom[];
}

/** A session in scoring, whose people are all in its meeting. */
async function meeting(): Promise<Meeting> {
  const { id, participantIds } = await makeSession(lead, { scorecardVersionId }, evaluators);
  await advance(lead, id, 'draft');
  const rooms = [lead, ...evaluators].map(({ cookie }) => openRoom(server.url, `meeting/${id}`, cookie));
  onTestFinished(() => {
    for (const room of rooms) room.close();
  });
  await until('everyone is in', () => rooms.every((room) => room.heard(messageType.snapshot).length === 1));
  return { id, participantIds, rooms };
}

const changesIn = ({ rooms }: Meeting) => rooms.map((room) => room.heard(messageType.change).length);

/** What the hub has done for changes since the last time it was asked. */
function counting() {
  const now = () => ({ reached: server.hub.counters.seatsReached, made: server.hub.counters.seatsMade });
  let last = now();
  return () => {
    const before = last;
    last = now();
    return { reached: last.reached - before.reached, made: last.made - before.made };
  };
}

/** Does it, and waits until everyone of the meeting has heard of one change more. */
async function changed(of: Meeting, press: () => Promise<unknown>): Promise<void> {
  const before = changesIn(of);
  await press();
  await until('everyone of it has heard', () =>
    changesIn(of).every((count, at) => count > (before[at] ?? 0)),
  );
}

describe('the seats of a session', () => {
  it('[live 1] a change of one session is spread to its own seats, and touches no seat of another', async () => {
    const one = await meeting();
    const other = await meeting();
    const feed = openRoom(server.url, `feed/${lead.memberId}`, lead.cookie);
    onTestFinished(() => feed.close());
    await until('the feed is open', () => feed.frames.length > 0);
    const since = counting();
    const untouched = other.rooms.map(({ frames }) => frames.length);

    const submit = (person: Person) => person.send('POST', `/api/sessions/${one.id}/submission`, {});
    for (const person of evaluators) await changed(one, () => submit(person));
    await changed(one, () => advance(lead, one.id, 'scoring'));
    expect(since()).toEqual({ reached: 3 * one.rooms.length, made: 3 * one.rooms.length });
    expect(changesIn(other)).toEqual([0, 0, 0]);
    expect(other.rooms.map(({ frames }) => frames.filter(([type]) => type !== 1).length)).toEqual(
      other.rooms.map(
        ({ frames }, at) => frames.slice(0, untouched[at]).filter(([type]) => type !== 1).length,
      ),
    );

    // Whoever has left is no seat any more.
    one.rooms[2]?.close();
    await until('one has left', () => server.hub.connections === one.rooms.length + other.rooms.length);
    const focus = { questionId: 'q2' };
    const left = { ...one, rooms: one.rooms.slice(0, 2) };
    await changed(left, () => lead.send('PUT', `/api/sessions/${one.id}/focus`, focus));
    expect(since().reached).toBe(2);
  });

  it('[live 1] progress and focus, which touch nobody’s rights, make no seat anew', async () => {
    const [ben] = evaluators;
    if (!ben) throw new Error('nobody');
    const one = await meeting();
    const sheet = openRoom(server.url, `sealed/${one.participantIds[0]}`, ben.cookie);
    await until('the sheet is there', () => sheet.provider.synced);
    const since = counting();
    await changed(one, async () => {
      sheet.doc.getMap(answersKey).set('q1', { kind: 'scale', valueHundredths: 300 });
      await untilSaved(sheet);
    });
    expect(since()).toEqual({ reached: one.rooms.length + 1, made: 0 });
    sheet.close();
    await until('the sheet is put away', () => server.hub.open.documents === 0);

    for (const person of evaluators)
      await changed(one, () => person.send('POST', `/api/sessions/${one.id}/submission`, {}));
    await changed(one, () => advance(lead, one.id, 'scoring'));
    expect(since().made).toBe(3 * one.rooms.length);
    await changed(one, () => lead.send('PUT', `/api/sessions/${one.id}/focus`, { questionId: 'q3' }));
    expect(since()).toEqual({ reached: one.rooms.length, made: 0 });
  });

  it('[live 1] a sign-in that ends closes each of its sockets, and no other', async () => {
    const one = await meeting();
    const again = openRoom(server.url, `meeting/${one.id}`, evaluators[0]?.cookie ?? '');
    onTestFinished(() => again.close());
    await until('their other tab is in', () => again.heard(messageType.snapshot).length === 1);
    const mine = [one.rooms[1], again];
    await evaluators[0]?.send('POST', '/api/auth/sign-out', {});
    await until('both of their sockets are closed', () => mine.every((room) => room?.closes[0] === 4401));
    expect([one.rooms[0]?.closes, one.rooms[2]?.closes]).toEqual([[], []]);
  });
});
