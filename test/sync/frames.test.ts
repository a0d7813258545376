// What a WebSocket or a document update must not be (live.md 3): broken frames, bombs and forged structs close their own socket,
// store nothing, and cost people in the same room no time they would notice.
import { answersKey, messageType, noteKey, syncMessage } from '@attune/contract';
import * as encoding from 'lib0/encoding';
import { describe, expect } from 'vitest';
import type WebSocket from 'ws';
import { type OpenRoom, paragraph, until, untilSaved } from '../support/rooms.ts';
import { type Calibration, journalled, longestSetUpMs, teamTest } from '../support/team.ts';
import { closedBy, edited, nested, updateFrame as update } from '../support/wire.ts';

const it = teamTest()
  .extend(
    'notesRoom',
    { scope: 'file' },
    async ({ team }) => `meeting/${(await team.calibration('review')).id}`,
  )
  .extend('scoring', { scope: 'file' }, ({ team }) => team.calibration('scoring'));

it.beforeAll(({ notesRoom, scoring }) => void [notesRoom, scoring], longestSetUpMs);

const sealedRoomOf = ({ participantIds }: Calibration) => `sealed/${participantIds[0]}`;

/** A frame as bytes on the wire. `length` may promise more than there is. */
function rawFrame(first: number, payload: Uint8Array, { masked = true, length = payload.length } = {}) {
  const size =
    length < 126
      ? [length]
      : length < 65_536
        ? [126, length >> 8, length & 255]
        : [127, 0, 0, 0, 0, ...be32(length)];
  const [short = 0, ...long] = size;
  // A mask of zeros leaves the payload as it is.
  return Uint8Array.from([
    first,
    short | (masked ? 128 : 0),
    ...long,
    ...(masked ? [0, 0, 0, 0] : []),
    ...payload,
  ]);
}
const be32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const final = 0x80;
const opcode = { continuation: 0, text: 1, binary: 2, reserved: 3, close: 8, ping: 9, reservedControl: 0xb };

/** Writes past the client library, which would not send such bytes. */
const raw =
  (...frames: Uint8Array[]) =>
  (socket: WebSocket) => {
    const { _socket: stream } = socket as unknown as { _socket: { write(bytes: Uint8Array): void } };
    for (const frame of frames) stream.write(frame);
  };

/** A Yjs message whose update is written by hand: numbers as variable-length integers, bytes as they are. */
function handMade(...parts: readonly (number | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else encoding.writeUint8Array(encoder, part);
  }
  return update(encoding.toUint8Array(encoder));
}

const hello = Uint8Array.from([messageType.hello]);
const garbageCollected = 0;
const skipped = 10;

const broken: readonly [string, () => readonly Uint8Array[], number][] = [
  ['a reserved opcode', () => [rawFrame(final | opcode.reserved, hello)], 1002],
  ['a reserved control opcode', () => [rawFrame(final | opcode.reservedControl, hello)], 1002],
  ['a reserved bit', () => [rawFrame(final | 0x40 | opcode.binary, hello)], 1002],
  ['a frame without a mask', () => [rawFrame(final | opcode.binary, hello, { masked: false })], 1002],
  ['a continuation of nothing', () => [rawFrame(final | opcode.continuation, hello)], 1002],
  ['a ping in pieces', () => [rawFrame(opcode.ping, hello)], 1002],
  ['a ping of 200 bytes', () => [rawFrame(final | opcode.ping, new Uint8Array(200))], 1002],
  ['text that is no text', () => [rawFrame(final | opcode.text, Uint8Array.from([0xff, 0xfe]))], 1007],
  ['the promise of a gigabyte', () => [rawFrame(final | opcode.binary, hello, { length: 2 ** 30 })], 1009],
  [
    'a message in a thousand pieces',
    () => [
      rawFrame(opcode.binary, hello),
      ...Array.from({ length: 1_000 }, () => rawFrame(opcode.continuation, hello)),
    ],
    1008,
  ],
  [
    'pieces that grow past 512 KiB',
    () => [
      rawFrame(opcode.binary, hello),
      ...Array.from({ length: 9 }, () => rawFrame(opcode.continuation, new Uint8Array(64 * 1024))),
    ],
    1009,
  ],
];

/** Updates for the notes, each with the close it must bring. */
const forged: readonly [string, () => Uint8Array, number][] = [
  [
    'a clock beyond all clocks',
    () => handMade(1, 1, 7, 2 ** 31, Uint8Array.of(garbageCollected), 1, 0),
    4400,
  ],
  [
    'a struct of a billion billion',
    () => handMade(1, 1, 7, 0, Uint8Array.of(garbageCollected), 2 ** 52, 0),
    4400,
  ],
  ['a deletion of a billion billion', () => handMade(0, 1, 7, 1, 0, 2 ** 52), 4400],
  ['a promise of four billion deletions', () => handMade(0, 1, 7, 2 ** 32 - 1, 0, 1), 4400],
  ['ten thousand levels', () => update(edited(nested(9_990))), 4400],
  ['twenty thousand levels', () => update(edited(nested(20_000))), 4400],
  ['the name __proto__', () => update(edited((doc) => doc.getMap('__proto__').set('polluted', true))), 4400],
];

describe('frames that are none', () => {
  for (const [what, frames, code] of broken) {
    it(`[live 3] ${what} closes its own socket with ${code}, and nothing is stored`, async ({
      server,
      team,
      notesRoom,
    }) => {
      const before = await journalled(server);
      expect(await closedBy(server.url, notesRoom, team.lead, raw(...frames()))).toBe(code);
      expect(await journalled(server)).toBe(before);
    });
  }

  it('[live 3] a message in a few pieces is one message', async ({ team, enter, notesRoom }) => {
    const [room] = await enter(notesRoom, team.lead);
    if (!room) throw new Error('not in');
    const bytes = update(edited((doc) => doc.getXmlFragment(noteKey('q1')).push([paragraph('in pieces')])));
    const socket = room.provider.ws as unknown as WebSocket;
    raw(
      rawFrame(opcode.binary, bytes.slice(0, 3)),
      rawFrame(opcode.continuation, bytes.slice(3, 8)),
      rawFrame(final | opcode.continuation, bytes.slice(8)),
    )(socket);
    const [witness] = await enter(notesRoom, team.people[0]);
    if (!witness) throw new Error('not in');
    await until('it is there', () => notesOf(witness).includes('in pieces'));
    expect(room.closes).toEqual([]);
  });
});

const notesOf = ({ doc }: OpenRoom) => doc.getXmlFragment(noteKey('q1')).toJSON();

describe('updates that are bombs', () => {
  for (const [what, bytes, code] of forged) {
    it(`[live 3] ${what} closes its own socket with ${code}, and nothing is stored`, async ({
      server,
      team,
      notesRoom,
    }) => {
      const before = await journalled(server);
      const message = bytes();
      expect(await closedBy(server.url, notesRoom, team.lead, (socket) => socket.send(message))).toBe(code);
      expect(await journalled(server)).toBe(before);
    });
  }

  it('[live 2] what builds on nothing is asked for again a few times, then its sender is sent away; nothing is stored', async ({
    server,
    team,
    notesRoom,
  }) => {
    const before = await journalled(server);
    const orphan = handMade(1, 1, 9, 5, Uint8Array.of(garbageCollected), 1, 0);
    const holed = handMade(1, 2, 9, 0, Uint8Array.of(skipped), 3, Uint8Array.of(garbageCollected), 1, 0);
    for (const bytes of [orphan, holed]) {
      const full = Uint8Array.from(bytes);
      full[1] = 1;
      const code = await closedBy(server.url, notesRoom, team.lead, (socket) => {
        for (let again = 0; again < 10; again += 1) socket.send(full);
      });
      expect(code).toBe(4400);
    }
    expect(await journalled(server)).toBe(before);
  });

  it('[live 3] __proto__ as an answer’s name and in presence changes nothing for anyone; inside an answer it closes with 4400', async ({
    server,
    team,
    open,
    scoring,
  }) => {
    const sealedRoom = sealedRoomOf(scoring);
    const { lead, people } = team;
    const room = open(sealedRoom, people[0]);
    await until('the sheet is there', () => room.provider.synced);
    const answers = room.doc.getMap(answersKey);
    answers.set('__proto__', { kind: 'scale', valueHundredths: 300 });
    answers.set('q2', { kind: 'scale', valueHundredths: 200 });
    await untilSaved(room);
    const meeting = open(`meeting/${scoring.id}`, people[0]);
    meeting.provider.awareness.setLocalState(JSON.parse('{"__proto__":{"polluted":true},"user":{}}'));
    await until('it is in', () => meeting.heard(messageType.snapshot).length > 0);
    const answered = async () =>
      (
        (await lead.get(`/api/sessions/${scoring.id}`)).body as {
          shared: { participants: { answered: number }[] };
        }
      ).shared.participants[0]?.answered;
    await until('the readable answer counts', async () => (await answered()) === 1);
    expect('polluted' in {}).toBe(false);
    expect([...room.closes, ...meeting.closes]).toEqual([]);
    const inherited = JSON.parse('{"__proto__":{"kind":"scale","valueHundredths":300,"polluted":true}}');
    const before = await journalled(server);
    for (const value of [inherited, { kind: inherited }, [inherited], new Uint8Array(9)]) {
      const message = update(edited((doc) => doc.getMap(answersKey).set('q1', [value])));
      expect(await closedBy(server.url, sealedRoom, people[0], (socket) => socket.send(message))).toBe(4400);
    }
    expect(await journalled(server)).toBe(before);
  });
});

describe('a sealed room', () => {
  it('[C5] tells nobody there who is in the meeting, asked or not', async ({ team, open, scoring }) => {
    const meeting = open(`meeting/${scoring.id}`, team.lead);
    const sealed = open(sealedRoomOf(scoring), team.people[0]);
    await until(
      'both are there',
      () => meeting.heard(messageType.snapshot).length > 0 && sealed.provider.synced,
    );
    const before = sealed.frames.length;
    sealed.provider.ws?.send(Uint8Array.of(syncMessage.queryAwareness));
    // Read in order: what comes after has been answered when this was.
    sealed.provider.ws?.send(Uint8Array.of(syncMessage.sync, 0, 1, 0));
    await until('the next message is answered', () => sealed.frames.length > before);
    expect(sealed.frames.filter(([type]) => type === syncMessage.awareness)).toEqual([]);
  });
});

describe('a healthy pair', () => {
  /** From a word's typing until the other has it, in milliseconds, sorted. */
  async function delays(one: OpenRoom, other: OpenRoom, words: number): Promise<number[]> {
    const taken: number[] = [];
    const text = ({ doc }: OpenRoom) => doc.getXmlFragment(noteKey('q2'));
    for (let word = 0; word < words; word += 1) {
      const from = performance.now();
      text(one).push([paragraph('w')]);
      const { length } = text(one);
      await until('the word arrives', () => text(other).length === length);
      taken.push(performance.now() - from);
    }
    return taken.toSorted((first, second) => first - second);
  }
  const at = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;

  it('[live 3] waits a few times as long for a word at most while others send one bomb after another', async ({
    server,
    team,
    enter,
    notesRoom,
  }) => {
    const [one, other] = await enter(notesRoom, ...team.people);
    if (!one || !other) throw new Error('a pair');
    const calm = await delays(one, other, 60);
    const bombs = [
      ...forged.map(([, bytes]) => bytes()),
      new Uint8Array(300_000),
      Uint8Array.of(0, 2, 7, 1, 255, 255, 255, 15, 1, 0),
    ];
    let isOver = false;
    let thrown = 0;
    // Each of two comes again as soon as it was sent away.
    const throwing = [0, 5].map(async (start) => {
      for (let next = start; !isOver; next += 1) {
        const bomb = bombs[next % bombs.length] ?? hello;
        await closedBy(server.url, notesRoom, team.lead, (socket) => socket.send(bomb));
        thrown += 1;
      }
    });
    const loud = await delays(one, other, 60);
    isOver = true;
    await Promise.all(throwing);
    process.stdout.write(
      `${thrown} bombs: a word took ${at(calm, 0.5).toFixed(0)} → ${at(loud, 0.5).toFixed(0)} ms (median), ` +
        `${at(calm, 0.9).toFixed(0)} → ${at(loud, 0.9).toFixed(0)} ms (90 %), at most ${at(calm, 1).toFixed(0)} → ${at(loud, 1).toFixed(0)} ms\n`,
    );
    expect(thrown).toBeGreaterThan(4);
    expect(at(loud, 0.5)).toBeLessThan(at(calm, 0.5) * 5);
    // Not the very slowest: the throwers share the server's process here, which strangers do not.
    expect(at(loud, 0.9)).toBeLessThan(at(calm, 0.9) * 5);
    await untilSaved(one);
    expect([...one.closes, ...other.closes]).toEqual([]);
  }, 40_000);
});
