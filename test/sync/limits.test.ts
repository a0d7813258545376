// Who takes or sends too much (live.md 3): a slow reader, a flood, a document that outgrows its limit, a crowd at the door. Each
// costs whoever does it their own socket, never a neighbour's words and never the server's memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setInterval as pace } from 'node:timers/promises';
import {
  closeCodes,
  commentKey,
  noteKey,
  notesDocumentLimitBytes,
  refusalProtocolVersion,
  sealedDocumentLimitBytes,
} from '@attune/contract';
import { describe, expect, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import type { RunningServer } from '../../server/src/start.ts';
import type { Person } from '../support/people.ts';
import { type OpenRoom, openRoom, paragraph, until, untilSaved } from '../support/rooms.ts';
import { slowWire } from '../support/slow-wire.ts';
import { journalled, longestSetUpMs, type Team, teamTest } from '../support/team.ts';

const it = teamTest()
  .extend(
    'sealedRoom',
    { scope: 'file' },
    async ({ team }) => `sealed/${(await team.calibration('scoring')).participantIds[0]}`,
  )
  // Of a new calibration for each test.
  .extend('notesRoom', async ({ team }) => `meeting/${(await team.calibration('review')).id}`);

it.beforeAll(({ sealedRoom }) => void sealedRoom, longestSetUpMs);

const notes = ({ doc }: OpenRoom, question: 'q1' | 'q2') => doc.getXmlFragment(noteKey(question));

/** A text of one's own in the notes of question 1. */
function ownText(room: OpenRoom): Y.XmlText {
  const text = new Y.XmlText();
  notes(room, 'q1').push([paragraph(text)]);
  return text;
}

const wordMs = 40;
/** One writes in the notes of question 2, the other waits for it: how long each word took, in milliseconds. */
async function delays(writer: OpenRoom, reader: OpenRoom, goesOn: (words: number) => boolean) {
  const taken: number[] = [];
  // Well within what one socket may send.
  for await (const _ of pace(wordMs)) {
    if (!goesOn(taken.length)) break;
    const from = performance.now();
    notes(writer, 'q2').push([paragraph('word')]);
    const length = notes(writer, 'q2').length;
    await until('the word arrives', () => notes(reader, 'q2').length === length);
    taken.push(performance.now() - from);
  }
  return taken.toSorted((one, other) => one - other);
}
const share = (sorted: readonly number[], part: number) =>
  sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;

const closedFor = (server: RunningServer, reason: 'tooSlow' | 'tooMany') =>
  server.hub.counters.closed.get(reason) ?? 0;

describe('a slow reader', () => {
  it('[live 3] who reads a busy room at 1 KB/s is closed with 4508 at bounded memory, harms nobody, and has it all on return', async ({
    server,
    team,
    enter,
    notesRoom,
  }) => {
    const { lead, people } = team;
    const writers = await enter(notesRoom, lead, ...people, lead);
    const wire = await slowWire(server.url);
    const slow = openRoom(wire.url, notesRoom, people[1].cookie, { origin: server.url });
    onTestFinished(() => slow.close());
    await until('the slow one is in', () => slow.provider.synced);
    const texts = writers.map(ownText);
    for (const writer of writers) await untilSaved(writer);
    const before = closedFor(server, 'tooSlow');
    wire.setPace(1_000);

    // What each wrote last takes the place of what it wrote before: the notes stay small, what is sent does not.
    const chunk = 60_000;
    let round = 0;
    let mostBuffered = 0;
    let slowest = 0;
    while (closedFor(server, 'tooSlow') === before) {
      const from = performance.now();
      for (const [at, text] of texts.entries())
        writers[at]?.doc.transact(() => {
          text.delete(0, text.length);
          text.insert(0, String.fromCharCode(97 + (round % 26)).repeat(chunk));
        });
      for (const writer of writers)
        await until('the writers are served', () => {
          mostBuffered = Math.max(mostBuffered, server.hub.bufferedBytes);
          return writer.stored === writer.sent;
        });
      slowest = Math.max(slowest, performance.now() - from);
      round += 1;
      if (round > 200) throw new Error('the slow reader was never closed');
    }
    wire.setPace(null);
    await until('it hears why', () => slow.closes.length > 0);
    expect(slow.closes).toEqual([closeCodes.tooSlow.code]);
    // One MiB, and what four writers can bring in one turn of the loop.
    expect(mostBuffered).toBeGreaterThan(256 * 1024);
    expect(mostBuffered).toBeLessThan(1.5 * 1024 * 1024);
    expect(writers.flatMap(({ closes }) => closes)).toEqual([]);
    process.stdout.write(
      `slow reader: closed after ${round} rounds of ${writers.length} × ${chunk} bytes, at most ${mostBuffered} bytes waited, slowest round ${slowest.toFixed(0)} ms\n`,
    );

    const [last] = writers;
    if (!last) throw new Error('no writer');
    notes(last, 'q2').push([paragraph('written while it was away')]);
    for (const writer of writers) await untilSaved(writer);
    const rooms = [...writers, slow];
    await until('all have equal notes', () => {
      const [first, ...others] = rooms.map((one) =>
        JSON.stringify([notes(one, 'q1').toJSON(), notes(one, 'q2').toJSON()]),
      );
      return first !== undefined && others.every((other) => other === first);
    });
    expect(notes(slow, 'q2').toJSON()).toContain('written while it was away');
    expect(notes(slow, 'q1').toJSON().length).toBeGreaterThanOrEqual(writers.length * chunk);
    wire.close();
  }, 40_000);
});

describe('a flood', () => {
  it('[live 3] far more than 60 messages a second are slowed, then closed with 4529; neighbours’ words pass promptly meanwhile', async ({
    team,
    enter,
    notesRoom,
  }) => {
    const [one, other, flood] = await enter(notesRoom, ...team.people, team.lead);
    if (!one || !other || !flood) throw new Error('nobody is in');
    const calm = await delays(one, other, (words) => words < 60);

    const text = ownText(flood);
    const startedAt = performance.now();
    let typed = 0;
    let handled = 0;
    let sent = 0;
    const flooding = (async () => {
      for await (const _ of pace(25)) {
        if (flood.closes.length > 0) return performance.now() - startedAt;
        handled = Math.max(handled, flood.stored);
        sent = flood.sent;
        for (let count = 0; count < 10; count += 1) {
          text.insert(text.length, String.fromCharCode(97 + (typed % 26)));
          typed += 1;
        }
        if (performance.now() - startedAt > 30_000) throw new Error('the flood was never closed');
      }
      return Number.NaN;
    })();
    let isOver = false;
    const over = flooding.finally(() => {
      isOver = true;
    });
    const [lasted, loud] = await Promise.all([over, delays(one, other, () => !isOver)]);

    expect(flood.closes).toEqual([closeCodes.tooMany.code]);
    // Slowed from the end of its burst on: what was taken of it is what its budget pays for, and far less than it sent.
    expect(handled).toBeLessThan(240 + 60 * (lasted / 1000) * 1.1);
    expect(handled).toBeLessThan(sent / 2);
    process.stdout.write(
      `flood: ${sent} sent, ${handled} taken in ${lasted.toFixed(0)} ms; a neighbour's word median ${share(calm, 0.5).toFixed(0)} → ${share(loud, 0.5).toFixed(0)} ms, ` +
        `95 % ${share(calm, 0.95).toFixed(0)} → ${share(loud, 0.95).toFixed(0)} ms, of ${loud.length}\n`,
    );
    expect(loud.length).toBeGreaterThan(50);
    expect(share(loud, 0.5)).toBeLessThan(share(calm, 0.5) * 5);
    expect(share(loud, 0.95)).toBeLessThan(share(calm, 0.95) * 8);
    expect([...one.closes, ...other.closes]).toEqual([]);

    // Once it types no more, it comes back by itself, and what it wrote is there, once.
    const whole = text.toString();
    expect(whole.length).toBe(typed);
    await until(
      'its text is with the others',
      () => notes(other, 'q1').toJSON() === `<paragraph>${whole}</paragraph>`,
    );
  }, 60_000);
});

describe('a document that outgrows its limit', () => {
  const limits = [
    { what: 'sealed document', limit: sealedDocumentLimitBytes, parts: 1 },
    { what: 'notes', limit: notesDocumentLimitBytes, parts: 4 },
  ] as const;

  for (const { what, limit, parts } of limits)
    it(`[live 3] ${what} above its limit: refused with 4413 and its name, nothing stored, going on possible`, {
      timeout: 30_000,
    }, async ({ server, team, open, enter, sealedRoom, notesRoom }) => {
      const { people } = team;
      const isSealed = limit === sealedDocumentLimitBytes;
      const room = isSealed ? sealedRoom : notesRoom;
      const [witness] = await enter(room, isSealed ? people[0] : people[1]);
      if (!witness) throw new Error('nobody is in');
      // A client from before refusals were told by a message.
      const writer = open(room, people[0], { protocol: refusalProtocolVersion - 1 });
      await until('the writer is in', () => writer.provider.synced);
      const reasons: string[] = [];
      writer.provider.on('connection-close', (event) => {
        if (event) reasons.push(event.reason);
      });
      const ofWriter = isSealed ? writer.doc.getText(commentKey('q1')) : ownText(writer);
      const seen = ({ doc }: OpenRoom) =>
        isSealed ? doc.getText(commentKey('q1')).toString() : doc.getXmlFragment(noteKey('q1')).toJSON();
      // All but two KiB of it is let in.
      const fits = limit - 2_048;
      for (let part = 0; part < parts; part += 1) {
        ofWriter.insert(ofWriter.length, 'a'.repeat(Math.floor(fits / parts)));
        await untilSaved(writer);
      }
      const stood = seen(writer);
      await until('the witness has it', () => seen(witness) === stood);
      const before = await journalled(server);
      const framesBefore = witness.frames.length;

      ofWriter.insert(ofWriter.length, 'REFUSED'.repeat(600));
      await until('the socket is closed for good', () => writer.closes.length > 0);
      expect(writer.closes).toEqual([closeCodes.documentTooLarge.code]);
      expect(reasons).toEqual(['documentTooLarge']);
      expect(writer.stored).toBeLessThan(writer.sent);
      writer.close();

      // Who is still there goes on: makes room, and writes.
      const block = notes(witness, 'q1').get(0);
      const inBlock = block instanceof Y.XmlElement ? block.get(0) : null;
      const shorter = isSealed ? witness.doc.getText(commentKey('q1')) : inBlock;
      if (!(shorter instanceof Y.Text)) throw new Error('no text');
      expect(await journalled(server)).toBe(before);
      shorter.delete(0, 10_000);
      shorter.insert(0, 'and on ');
      await untilSaved(witness);
      expect(witness.closes).toEqual([]);
      const heard = witness.frames.slice(framesBefore).map((frame) => Buffer.from(frame).toString('latin1'));
      expect(heard.filter((frame) => frame.includes('REFUSED'))).toEqual([]);
      const left = seen(witness);
      witness.close();
      await until('the document is put away', () => server.hub.open.documents === 0);
      // Read from the journal again.
      const [fresh] = await enter(room, people[0]);
      if (!fresh) throw new Error('not in');
      expect(seen(fresh)).toBe(left);
      expect(left).not.toContain('REFUSED');
    });
});

describe('a crowd at the door', () => {
  const head = `Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`;
  const handshake = `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
  /** A connection that has said no more than this. */
  const said = (server: RunningServer, text: string) =>
    new Promise<Socket>((resolve, reject) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
        socket.on('error', () => {});
        socket.write(text, () => resolve(socket));
      });
      socket.once('error', reject);
    });

  /** So many connections of a process of its own, since a process may have only so many; each has said no more than this. */
  async function halfOpen(
    server: RunningServer,
    text: string,
    count: number,
  ): Promise<{ lost(): number; leave(): void }> {
    const program = `
      const { connect } = require('node:net');
      const [port, text, count] = process.argv.slice(1);
      const one = () => new Promise((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(text, resolve));
        socket.on('error', () => {});
        socket.on('close', () => process.stdout.write('lost\\n'));
      });
      (async () => {
        for (let open = 0; open < Number(count); open += 100)
          await Promise.all(Array.from({ length: 100 }, one));
        process.stdout.write('open\\n');
      })();`;
    const child = spawn(process.execPath, ['-e', program, new URL(server.url).port, text, String(count)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let output = '';
    child.stdout.on('data', (bytes) => {
      output += bytes;
    });
    await until('all are open', () => output.includes('open'), 30_000);
    return {
      lost: () => output.split('\n').filter((line) => line === 'lost').length,
      leave: () => child.kill('SIGKILL'),
    };
  }

  /** How long a sign-in takes now, in milliseconds: the fastest of three, so that a pause of the machine does not count. */
  async function signInMs({ lead, people }: Team): Promise<number> {
    const took: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const from = performance.now();
      const reply = await lead.send('POST', '/api/demo/sign-in', { memberId: people[0].memberId });
      expect(reply.status).toBe(200);
      took.push(performance.now() - from);
    }
    return Math.min(...took);
  }

  /** The first line of what an upgrade of somebody signed in is answered with. */
  const upgraded = async (server: RunningServer, room: string, person: Person, origin: string | null) => {
    const from = origin === null ? '' : `Origin: ${origin}\r\n`;
    const socket = await said(
      server,
      `GET /sync/${room} HTTP/1.1\r\n${head}${from}Cookie: ${person.cookie}\r\n${handshake}`,
    );
    const [first] = await once(socket, 'data');
    socket.destroy();
    return String(first).split('\r\n')[0];
  };

  it('[live 3] a foreign, missing or prefix-alike Origin is refused with 403, whoever is signed in', async ({
    server,
    team,
    sealedRoom,
  }) => {
    const upgradedFrom = (origin: string | null) => upgraded(server, sealedRoom, team.people[0], origin);
    const { protocol, hostname, port } = new URL(server.url);
    const refusedBefore = server.hub.counters.refused.get(403) ?? 0;
    const foreign = [
      null,
      'null',
      '',
      'https://evil.example',
      `${protocol}//${hostname}`,
      `${protocol}//${hostname}:${Number(port) + 1}`,
      `https://${hostname}:${port}`,
      server.url.slice(0, -1),
      `${server.url}0`,
      `${server.url}/`,
      `${server.url}.evil.example`,
      `${server.url}@evil.example`,
      `${protocol}//evil.example/${server.url}`,
      `${protocol}//evil.${hostname}:${port}`,
      `${server.url}, https://evil.example`,
    ];
    for (const origin of foreign)
      expect([origin, await upgradedFrom(origin)]).toEqual([origin, 'HTTP/1.1 403 Forbidden']);
    expect((server.hub.counters.refused.get(403) ?? 0) - refusedBefore).toBe(foreign.length);
    expect(await upgradedFrom(server.url)).toBe('HTTP/1.1 101 Switching Protocols');
    await until('it has left', () => server.hub.connections === 0);
  });

  it('[live 3] ten thousand half-open upgrades, resets during sign-in and odd targets: it lives, and signs in about as fast as just before', async ({
    server,
    team,
    enter,
    sealedRoom,
  }) => {
    const { lead, people } = team;
    const open: Socket[] = [];
    const usualMs = await signInMs(team);
    const expectPromptSignIn = async () => expect(await signInMs(team)).toBeLessThan(8 * usualMs);
    const crowd = await halfOpen(
      server,
      `GET /sync/meeting/x HTTP/1.1\r\n${head}Origin: ${server.url}`,
      10_000,
    );
    expect(crowd.lost()).toBe(0);
    await expectPromptSignIn();

    const whole = `${head}Origin: ${server.url}\r\nCookie: ${lead.cookie}\r\n${handshake}`;
    for (let batch = 0; batch < 5; batch += 1) {
      // Their questions to the database are under way when they are gone.
      const going = await Promise.all(
        Array.from({ length: 40 }, () => said(server, `GET /sync/feed HTTP/1.1\r\n${whole}`)),
      );
      for (const socket of going) socket.resetAndDestroy();
    }
    for (const target of ['//', '//x', '/\\', '/%', '/sync/%', '*', 'http://', '/sync//'])
      open.push(await said(server, `GET ${target} HTTP/1.1\r\n${whole}`));
    await expectPromptSignIn();
    const [healthy] = await enter(sealedRoom, people[0]);
    healthy?.close();
    expect(crowd.lost()).toBe(0);
    crowd.leave();
    for (const socket of open) socket.destroy();
    await until('nobody is left', () => server.hub.connections === 0);
    await expectPromptSignIn();
  }, 40_000);
});
