// Progress of many at once: told together, in numbered changes, without the session being read or written for each answer.
import { answersKey, messageType } from '@attune/contract';
import { describe, expect } from 'vitest';
import { ProgressGatherer } from '../../server/src/sessions/progress.service.ts';
import type { RunningServer } from '../../server/src/start.ts';
import { advance, type Person, scaleDocument } from '../support/people.ts';
import { until, untilSaved } from '../support/rooms.ts';
import { submit, type Team, teamTest } from '../support/team.ts';

const questions = 4;

const it = teamTest({ more: ['Dmitri'], scorecard: scaleDocument(questions, 5, { required: false }) });

let server: RunningServer;
let team: Team;
let lead: Person;

it.beforeAll(({ server: started, team: made }) => {
  server = started;
  team = made;
  lead = made.lead;
});

const scorer = (sessionId: string, participantId: string) => ({
  organisationId: team.organisation.id,
  sessionId,
  participantId,
  people: 3,
});

const changesOf = async (id: string, after: number) => {
  const rows = await server.connection.sql<{ number: number; events: { type: string }[]; patch: unknown }[]>`
    select number, events, patch from session_change where session_id = ${id} and number > ${after} order by number`;
  return rows.map(({ number, events, patch }) => ({ number, events, patch }));
};
const numberOf = async (id: string) =>
  ((await lead.get(`/api/sessions/${id}`)).body as { number: number }).number;

describe('progress', () => {
  it('[C5] counts of one session are told in one change, and what others know already in none', async () => {
    const { id, participantIds } = await team.calibration('scoring');
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
          gatherer.record(scorer(id, participantId), () => ({
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
    const { id, participantIds } = await team.calibration('scoring');
    const gatherer = new ProgressGatherer({
      db: server.connection.db,
      bus: { publish: () => {}, subscribe: () => () => {} },
      now: () => new Date().toISOString(),
    });
    const record = () =>
      gatherer.record(scorer(id, participantIds[0] ?? ''), () => ({ answered: 3, questions }));
    for (const person of team.people) await submit(person, id);
    const submitted = await numberOf(id);
    await record();
    expect(await changesOf(id, submitted)).toEqual([]);
    await advance(lead, id, 'scoring');
    const revealed = await numberOf(id);
    await record();
    expect(await changesOf(id, revealed)).toEqual([]);
  });

  it('[C5] what is told is the count as it then is, though its sheet was submitted and taken back meanwhile', async () => {
    const { id, participantIds } = await team.calibration('scoring');
    const [own = ''] = participantIds;
    const gatherer = new ProgressGatherer({
      db: server.connection.db,
      bus: { publish: () => {}, subscribe: () => () => {} },
      now: () => new Date().toISOString(),
    });
    let answered = 1;
    const record = () => gatherer.record(scorer(id, own), () => ({ answered, questions }));
    await record();
    answered = 2;
    const again = record();
    answered = 3;
    await again;
    expect((await changesOf(id, 0)).at(-1)?.patch).toMatchObject({
      changedParticipants: [{ id: own, answered: 3 }],
    });
  });

  it('[C5] an answer on a sheet is counted for everyone of the meeting', async ({ open }) => {
    const { id, participantIds } = await team.calibration('scoring');
    const meeting = open(`meeting/${id}`, lead);
    const sheet = open(`sealed/${participantIds[0]}`, team.people[0]);
    await until('both are in', () => meeting.heard(messageType.snapshot).length > 0 && sheet.provider.synced);
    sheet.doc.getMap(answersKey).set('q1', { kind: 'scale', valueHundredths: 300 });
    await untilSaved(sheet);
    const counted = () =>
      meeting
        .heard(messageType.change)
        .flatMap(({ patch }) => patch.changedParticipants ?? [])
        .some((person) => person.id === participantIds[0] && person.answered === 1);
    await until('the count is told', counted);
  });
});
