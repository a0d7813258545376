// Two hundred people in one meeting, each with the stock provider, beside the server in one process: what the facilitator
// presses reaches all of them, in the same order, within a second.
import { messageType } from '@attune/contract';
import { describe, expect } from 'vitest';
import { advance, scaleDocument } from '../support/people.ts';
import { type OpenRoom, openRoom, until } from '../support/rooms.ts';
import { stopwatch } from '../support/stopwatch.ts';
import { accepted, submit, type Team, teamTest } from '../support/team.ts';

const size = 200;
const few = 20;
/** What a press may take where the machine has the pace. */
const longestMs = 1_000;

// The stock provider listens for the end of the process, once each.
process.setMaxListeners(size + few + 20);

const it = teamTest({
  more: Array.from({ length: size - 2 }, (_, at) => `Evaluator ${at}`),
  scorecard: scaleDocument(3, 5, { required: false }),
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

/** A whole meeting of these people: how long each press of its facilitator took to reach them all, in milliseconds. */
async function meeting(url: string, { lead, people, calibration }: Team, howMany: number): Promise<number[]> {
  const crowd = people.slice(0, howMany);
  const { id } = await calibration('draft', { people: crowd });
  const rooms = crowd.map(({ cookie }) => openRoom(url, `meeting/${id}`, cookie));
  await until(
    'everyone is in',
    () => rooms.every((room) => room.heard(messageType.snapshot).length === 1),
    60_000,
  );
  const started = await pressed(rooms, 'scoring-started', () => advance(lead, id, 'draft'));
  for (const person of crowd) await accepted(submit(person, id));
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
  process.stdout.write(
    `${howMany} in one meeting: started ${started.toFixed(0)} ms, revealed ${revealed.toFixed(0)} ms, focus ${focused.map((ms) => ms.toFixed(0)).join(', ')} ms\n`,
  );
  for (const room of rooms) room.close();
  return [started, revealed, ...focused];
}

describe('a crowd', () => {
  it(`[C9] the reveal and each move of the focus reach ${size} participants within a second, or as fast as ${few} for their number`, async ({
    server,
    team,
  }) => {
    const ofFew = await meeting(server.url, team, few);
    const ofAll = await meeting(server.url, team, size);
    const inProportion = 2 * (size / few) * Math.max(...ofFew);
    expect(Math.max(...ofAll)).toBeLessThan(Math.max(longestMs, inProportion));
  }, 180_000);
});
