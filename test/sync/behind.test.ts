// A hub that is further behind than changes are kept: it reads the session as a whole, and its clients ask for a snapshot.
import { encodeMessage, messageType, protocolVersion } from '@attune/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prunings } from '../../server/src/pruning.ts';
import type { RunningServer } from '../../server/src/start.ts';
import { startApp } from '../support/app.ts';
import { makeOrganisation, makeSession, publishScorecard, scaleDocument } from '../support/people.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';
import { openRoom, until } from '../support/rooms.ts';

let database: FreshDatabase;
let server: RunningServer;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url, demo: true });
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

it('[live 1] whoever missed changes that are kept no longer is told so by the numbers, and has all of it after a snapshot', async () => {
  const { sql, db } = server.connection;
  const organisation = await makeOrganisation(server);
  const lead = await organisation.member('Ana', ['lead']);
  const [ben, chidi, dara] = [
    await organisation.member('Ben', ['evaluator']),
    await organisation.member('Chidi', ['evaluator']),
    await organisation.member('Dara', ['evaluator']),
  ];
  const scorecardVersionId = await publishScorecard(lead, scaleDocument(1));
  const { id } = await makeSession(lead, { scorecardVersionId }, [ben]);
  const meeting = openRoom(server.url, `meeting/${id}`, lead.cookie);
  const snapshots = () => meeting.heard(messageType.snapshot);
  const changes = () => meeting.heard(messageType.change);
  await until('the snapshot', () => snapshots().length === 1);
  const known = snapshots()[0]?.number ?? 0;

  // What another node's commands would leave, while no hint of theirs comes through, two days ago.
  await sql`
    insert into session_change (session_id, number, organisation_id, at, events, patch)
    select id, change_number + ahead, organisation_id, now() - interval '2 days', '[]', '{}'
    from session, generate_series(1, 300) as ahead where id = ${id}`;
  await sql`update session set change_number = change_number + 300 where id = ${id}`;
  for (const kind of prunings)
    await db.transaction((tx) =>
      kind.run(tx, { organisationId: null, payload: {}, now: new Date().toISOString() }),
    );

  const add = (memberId: string) => lead.send('POST', `/api/sessions/${id}/participants`, { memberId });
  await add(chidi.memberId);
  await until('the change is heard', () => changes().at(-1)?.number === known + 301);
  expect(changes()[0]?.number).toBeGreaterThan(known + 1);
  meeting.provider.ws?.send(new Uint8Array(encodeMessage(messageType.hello, { protocol: protocolVersion })));
  await until('another snapshot', () => snapshots().length === 2);
  const whole = snapshots()[1];
  expect(whole?.number).toBe(known + 301);
  expect(whole?.session.participants.map(({ name }) => name)).toEqual(['Ben', 'Chidi']);
  await add(dara.memberId);
  await until('the next change follows it', () => changes().at(-1)?.number === known + 302);
  meeting.close();
});
