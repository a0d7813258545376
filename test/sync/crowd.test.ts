// Two hundred people in one meeting, each with the stock provider, beside the server in one process: what the facilitator
// presses reaches all of them, in the same order, within a second.
import { messageType } from '@attune/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
import { type OpenRoom, openRoom, until } from '../support/rooms.ts';
import { stopwatch } from '../support/stopwatch.ts';

const size = 200;
const longestMs = 1_000;

let database: FreshDatabase;
let server: RunningServer;
let lead: Person;
let crowd: Person[];

beforeAll(async () => {
  // The stock provider listens for the end of the process, once each.
  process.setMaxListeners(size + 20);
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url, demo: true });
  const organisation = await makeOrganisation(server);
  lead = await organisation.member('Ana', ['lead']);
  crowd = [];
  for (let at = 0; at < size; at += 1)
    crowd.push(await organisation.member(`Evaluator ${at}`, ['evaluator']));
}, 60_000);

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** From a press until everyone has heard of it, in milliseconds of this machine's own. */
async function pressed(rooms: readonly OpenRoom[], type: string, press: () => Promise<{ status: number }>) {
  const before = rooms.map((room) => room.heard(messageType.change).length);
  const elapsed = stopwatch();
  const reply = press();
  await until(`${type} reaches everyone`, () =>
    rooms.every((room, at) =>
      room
        .heard(messageType.change)
        .slice(before[at])
        .some(({ events }) => events.some((event) => event.type === type)),
    ),
  );
  const { wallMs, lostMs } = elapsed();
  expect((await reply).status).toBe(200);
  return wallMs - lostMs;
}

describe('a crowd', () => {
  it(`[C9] the reveal and each move of the focus reach ${size} participants within a second`, async () => {
    const scorecardVersionId = await publishScorecard(lead, scaleDocument(3, 5, { required: false }));
    const { id } = await makeSession(lead, { scorecardVersionId }, crowd);
    const rooms = crowd.map(({ cookie }) => openRoom(server.url, `meeting/${id}`, cookie));
    await until(
      'everyone is in',
      () => rooms.every((room) => room.heard(messageType.snapshot).length === 1),
      60_000,
    );
    const started = await pressed(rooms, 'scoring-started', () => advance(lead, id, 'draft'));
    for (const person of crowd) {
      const submitted = await person.send('POST', `/api/sessions/${id}/submission`, {});
      expect(submitted.status).toBe(200);
    }
    const revealed = await pressed(rooms, 'revealed', () => advance(lead, id, 'scoring'));
    const focused: number[] = [];
    for (const questionId of ['q1', 'q2', 'q3', null]) {
      focused.push(
        await pressed(rooms, 'focused', () => lead.send('PUT', `/api/sessions/${id}/focus`, { questionId })),
      );
    }
    const numbers = rooms.map((room) => room.heard(messageType.change).map(({ number }) => number));
    for (const heard of numbers) {
      expect(heard).toEqual(heard.map((_, at) => (heard[0] ?? 0) + at));
      expect(heard.at(-1)).toBe(numbers[0]?.at(-1));
    }
    const slowest = Math.max(started, revealed, ...focused);
    process.stdout.write(
      `${size} in one meeting: started ${started.toFixed(0)} ms, revealed ${revealed.toFixed(0)} ms, focus ${focused.map((ms) => ms.toFixed(0)).join(', ')} ms\n`,
    );
    expect(slowest).toBeLessThan(longestMs);
    for (const room of rooms) room.close();
  }, 120_000);
});
