// Progress of many at once: told together, in numbered changes, without the session being read or written for each answer.
import { answersKey, messageType } from '@attune/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProgressGatherer } from '../../server/src/sessions/progress.service.ts';
import type { RunningServer } from '../../server/src/start.ts';
import { startApp } from '../support/app.ts';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Organisation,
  type Person,
  publishScorecard,
  scaleDocument,
} from '../support/people.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';
import { openRoom, until, untilSaved } from '../support/rooms.ts';

const questions = 4;

let database: FreshDatabase;
let server: RunningServer;
let organisation: Organisation;
let lead: Person;
const evaluators: Person[] = [];
let versionId = '';

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url, demo: true });
  organisation = await makeOrganisation(server);
  lead = await organisation.member('Ana', ['lead']);
  for (const name of ['Ben', 'Chloé', 'Dmitri'])
    evaluators.push(await organisation.member(name, ['evaluator']));
  versionId = await publishScorecard(lead, scaleDocument(questions, 5, { required: false }));
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

async function inScoring() {
  const session = await makeSession(lead, { scorecardVersionId: versionId }, evaluators);
  await advance(lead, session.id, 'draft');
  return session;
}

const changesOf = async (id: string, after: number) => {
  const rows = await server.connection.sql<{ number: number; events: { type: string }[]; patch: unknown }[]>`
    select number, events, patch from session_change where session_id = ${id} and number > ${after} order by number`;
  return rows.map(({ number, events, patch }) => ({ number, events, patch }));
};
const numberOf = async (id: string) =>
  ((await lead.get(`/api/sessions/${id}`)).body as { number: number }).number;

describe('progress', () => {
  it('[C5] counts of one session are told in one change, and what others know already in none', async () => {
    const { id, participantIds } = await inScoring();
    const before = await numberOf(id);
    const told: number[] = [];
    const gatherer = new ProgressGatherer({
      db: server.connection.db,
      bus: {
        publish: (event) => void (event.type === 'session-changed' && told.push(event.number)),
        subscribe: () => () => {},
      },
      now: () => new Date().toISOString(),
    });
    const record = (answered: number) =>
      Promise.all(
        participantIds.map((participantId, index) =>
          gatherer.record(organisation.id, id, participantId, () => ({
            answered: answered + index,
            questions,
          })),
        ),
      );
    await record(1);
    await record(1);
    await record(2);
    const changes = await changesOf(id, before);
    expect(told).toEqual([before + 1, before + 2]);
    expect(changes.map(({ number, events }) => [number, events.map(({ type }) => type)])).toEqual([
      [before + 1, ['progress', 'progress', 'progress']],
      [before + 2, ['progress', 'progress', 'progress']],
    ]);
    // What is told of each is what a reader of the whole finds.
    const { number, shared } = (await lead.get(`/api/sessions/${id}`)).body as {
      number: number;
      shared: { participants: object[] };
    };
    expect(number).toBe(before + 2);
    expect(changes.at(-1)?.patch).toEqual({ changedParticipants: shared.participants });
  });

  it('[C5] nothing is told of whoever has submitted, nor after the reveal', async () => {
    const { id, participantIds } = await inScoring();
    const gatherer = new ProgressGatherer({
      db: server.connection.db,
      bus: { publish: () => {}, subscribe: () => () => {} },
      now: () => new Date().toISOString(),
    });
    const record = () =>
      gatherer.record(organisation.id, id, participantIds[0] ?? '', () => ({ answered: 3, questions }));
    for (const evaluator of evaluators) await evaluator.send('POST', `/api/sessions/${id}/submission`, {});
    const submitted = await numberOf(id);
    await record();
    expect(await changesOf(id, submitted)).toEqual([]);
    await advance(lead, id, 'scoring');
    const revealed = await numberOf(id);
    await record();
    expect(await changesOf(id, revealed)).toEqual([]);
  });

  it('[C5] what is told is the count as it then is, though its sheet was submitted and taken back meanwhile', async () => {
    const { id, participantIds } = await inScoring();
    const [own = ''] = participantIds;
    const gatherer = new ProgressGatherer({
      db: server.connection.db,
      bus: { publish: () => {}, subscribe: () => () => {} },
      now: () => new Date().toISOString(),
    });
    let answered = 1;
    const record = () => gatherer.record(organisation.id, id, own, () => ({ answered, questions }));
    await record();
    answered = 2;
    const again = record();
    answered = 3;
    await again;
    expect((await changesOf(id, 0)).at(-1)?.patch).toMatchObject({
      changedParticipants: [{ id: own, answered: 3 }],
    });
  });

  it('[C5] an answer on a sheet is counted for everyone of the meeting', async () => {
    const { id, participantIds } = await inScoring();
    const [ben] = evaluators;
    const meeting = openRoom(server.url, `meeting/${id}`, lead.cookie);
    const sheet = openRoom(server.url, `sealed/${participantIds[0]}`, ben?.cookie ?? '');
    await until('both are in', () => meeting.heard(messageType.snapshot).length > 0 && sheet.provider.synced);
    sheet.doc.getMap(answersKey).set('q1', { kind: 'scale', valueHundredths: 300 });
    await untilSaved(sheet);
    const counted = () =>
      meeting
        .heard(messageType.change)
        .flatMap(({ patch }) => patch.changedParticipants ?? [])
        .some((person) => person.id === participantIds[0] && person.answered === 1);
    await until('the count is told', counted);
    meeting.close();
    sheet.close();
  });
});
