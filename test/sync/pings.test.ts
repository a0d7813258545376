// Who is there is found out by the server's pings (live.md 2): a peer that is gone without a word is let go, one that is only
// slowed is not. The pings' clock is the test's.
import { commentKey } from '@attune/contract';
import { afterAll, describe, expect, vi } from 'vitest';
import WebSocket from 'ws';
import type { RunningServer } from '../../server/src/start.ts';
import type { Person } from '../support/people.ts';
import { openRoom, until, untilSaved } from '../support/rooms.ts';
import { longestSetUpMs, teamTest } from '../support/team.ts';

const pingMs = 10_000;

let server: RunningServer;
let people: readonly [Person, Person];
let rooms: string[];
let meeting: string;

// Before the server starts: it takes its clock for pings then.
vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
afterAll(() => vi.useRealTimers());

const it = teamTest();

it.beforeAll(async ({ server: started, team }) => {
  server = started;
  people = team.people;
  const { id, participantIds } = await team.calibration('scoring');
  meeting = `meeting/${id}`;
  rooms = participantIds.map((participantId) => `sealed/${participantId}`);
}, longestSetUpMs);

/** A socket that answers pings or not, and tells of each. */
async function socketOf(at: 0 | 1, autoPong: boolean) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${rooms[at]}`, {
    headers: { cookie: people[at].cookie, origin: server.url },
    autoPong,
  });
  let pings = 0;
  let closed: number | null = null;
  socket.on('ping', () => {
    pings += 1;
  });
  socket.on('close', (code) => {
    closed = code;
  });
  let isIn = false;
  socket.on('message', () => {
    isIn = true;
  });
  await until('it is in', () => isIn);
  return {
    socket,
    get pings() {
      return pings;
    },
    get closed() {
      return closed;
    },
  };
}

describe('pings', () => {
  it('[live 2] let go of a peer that answers none, and of no other', async () => {
    const [answers, silent] = [await socketOf(0, true), await socketOf(1, false)];
    vi.advanceTimersByTime(pingMs);
    await until('both were asked', () => answers.pings === 1 && silent.pings === 1);
    expect([answers.closed, silent.closed]).toEqual([null, null]);
    // Its answer is on its way: the same socket is heard after it.
    await new Promise<void>((resolve) => answers.socket.ping('', true, () => resolve()));
    await new Promise((resolve) => answers.socket.once('pong', resolve));
    vi.advanceTimersByTime(pingMs);
    await until('the silent one is let go', () => silent.closed !== null);
    expect([answers.closed, silent.closed]).toEqual([null, 1006]);
    answers.socket.close();
  });

  it('[live 2] let everyone see within 35 s that somebody fell silent, and only them', async () => {
    const [watching, silent] = people.map(({ cookie }) => openRoom(server.url, meeting, cookie));
    if (!watching || !silent) throw new Error('two people');
    const seen = () => [...watching.provider.awareness.getStates().values()].map(({ user }) => user?.name);
    await until('both are here', () => seen().includes('Chidi'));
    const socket = silent.provider.ws;
    const heard = watching.provider.ws;
    if (!(socket instanceof WebSocket && heard instanceof WebSocket)) throw new Error('two sockets');
    /** Time passes, and whoever reads has answered. */
    const pass = async (ms: number) => {
      vi.advanceTimersByTime(ms);
      await new Promise<void>((resolve) => heard.ping('', true, () => resolve()));
      await new Promise((resolve) => heard.once('pong', resolve));
    };
    // It answers one more, and falls silent right after: nobody could notice later.
    let wasAsked = false;
    socket.once('ping', () => {
      wasAsked = true;
    });
    await pass(pingMs);
    await until('it was asked', () => wasAsked);
    await new Promise<void>((resolve) => socket.ping('', true, () => resolve()));
    await new Promise((resolve) => socket.once('pong', resolve));
    silent.provider.shouldConnect = false;
    socket.pause();
    expect(seen()).toContain('Chidi');
    for (let silentMs = 0; silentMs < 35_000; silentMs += 5_000) await pass(5_000);
    await until('the silent one is gone', () => !seen().includes('Chidi'));
    expect(watching.closes).toEqual([]);
    expect(server.hub.connections).toBe(1);
    socket.resume();
    for (const room of [watching, silent]) room.close();
    await until('both have left', () => server.hub.connections === 0);
  });

  it('[live 3] wait for whoever sends so much that they are slowed', async () => {
    const room = openRoom(server.url, rooms[0] ?? '', people[0].cookie);
    await until('they are in', () => room.provider.synced);
    // Two seconds more than one may send at once.
    const comment = room.doc.getText(commentKey('q1'));
    for (let turn = 0; turn < 360; turn += 1) comment.insert(0, 'a');
    await until('the first are stored', () => room.stored > 0);
    vi.advanceTimersByTime(pingMs);
    await until('the next are stored', () => room.stored > 240);
    expect(room.stored).toBeLessThan(355);
    vi.advanceTimersByTime(pingMs);
    await untilSaved(room);
    expect(room.closes).toEqual([]);
    room.close();
  });
});
