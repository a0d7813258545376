// Bad input costs its sender the socket and nobody else anything: nothing stored, nothing acknowledged, a healthy pair in the
// same room goes on (live.md 2 and 3).
import { answersKey, noteKey, refusalProtocolVersion } from '@attune/contract';
import * as encoding from 'lib0/encoding';
import { describe, expect } from 'vitest';
import * as Y from 'yjs';
import { paragraph, until, untilSaved } from '../support/rooms.ts';
import { journalled, longestSetUpMs, teamTest } from '../support/team.ts';
import { closedBy, edited, frame, nested, updateFrame as update } from '../support/wire.ts';

const it = teamTest()
  .extend(
    'notesRoom',
    { scope: 'file' },
    async ({ team }) => `meeting/${(await team.calibration('review')).id}`,
  )
  .extend(
    'sealedRoom',
    { scope: 'file' },
    async ({ team }) => `sealed/${(await team.calibration('scoring')).participantIds[0]}`,
  );

it.beforeAll(({ notesRoom, sealedRoom }) => void [notesRoom, sealedRoom], longestSetUpMs);

const bomb = Uint8Array.from([1, 0xff, 0xff, 0xff, 0x0f, 1, 0]);

/** Each with the close it must bring, in the notes of a session in review. */
const hostile: readonly [string, () => Uint8Array | string, number][] = [
  ['text', () => 'hello', 4400],
  ['nothing', () => new Uint8Array(), 4400],
  ['random bytes', () => Uint8Array.from({ length: 200 }, (_, index) => (index * 97 + 13) % 256), 4400],
  ['an unknown type', () => frame(77), 4400],
  ['a type of the server’s own', () => frame(101, new Uint8Array(3)), 4400],
  [
    'a truncated update',
    () => update(edited((doc) => doc.getXmlFragment(noteKey('q1')).push([paragraph('abc')])).slice(0, 9)),
    4400,
  ],
  ['seven bytes that promise 33 million structs', () => update(bomb), 4400],
  [
    'more structs than a message may carry',
    () =>
      update(
        edited((doc) =>
          doc.transact(() => {
            for (let place = 0; place < 21_000; place += 1)
              doc.getXmlFragment(noteKey('q1')).insert(0, [new Y.XmlElement('p')]);
          }),
        ),
      ),
    4400,
  ],
  ['a name outside the layout', () => update(edited((doc) => doc.getMap('other').set('a', 1))), 4400],
  ['a subdocument', () => update(edited((doc) => doc.getMap('note:q1').set('a', new Y.Doc()))), 4400],
  ['forty levels of quotes', () => update(edited(nested(40))), 4400],
  ['two thousand levels of quotes', () => update(edited(nested(2_000))), 4400],
  ['presence that does not read', () => frame(1, Uint8Array.from([1, 2])), 4400],
  [
    'hello from before the first version',
    () => {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, 100);
      encoding.writeVarString(encoder, '{"protocol":0}');
      return encoding.toUint8Array(encoder);
    },
    4426,
  ],
  ['a frame above 512 KiB', () => new Uint8Array(513 * 1024), 1009],
];

describe('hostile input', () => {
  for (const [what, data, code] of hostile) {
    it(`[live 3] ${what} closes its own socket with ${code} and stores nothing`, async ({
      server,
      team,
      enter,
      notesRoom,
    }) => {
      const healthy = await enter(notesRoom, ...team.people);
      const before = await journalled(server);
      expect(await closedBy(server.url, notesRoom, team.lead, (socket) => socket.send(data()))).toBe(code);
      expect(await journalled(server)).toBe(before);
      const word = `still here after ${what}`;
      const [one, other] = healthy;
      if (!one || !other) throw new Error('a pair');
      one.doc.getXmlFragment(noteKey('q2')).insert(0, [paragraph(word)]);
      await until('the pair goes on', () => other.doc.getXmlFragment(noteKey('q2')).toJSON().includes(word));
      await untilSaved(one);
      expect(healthy.flatMap(({ closes }) => closes)).toEqual([]);
    });
  }

  it('[live 2] writing under somebody else’s client id closes with 4422, and their later text is kept', async ({
    server,
    team,
    enter,
    notesRoom,
  }) => {
    const [victim] = await enter(notesRoom, team.people[0]);
    if (!victim) throw new Error('not in');
    victim.doc.getXmlFragment(noteKey('q1')).insert(0, [paragraph('mine')]);
    await untilSaved(victim);
    const forged = edited((doc) => {
      doc.getXmlFragment(noteKey('q1')).insert(0, [paragraph('a forged text longer than what stands')]);
    }, victim.doc.clientID);
    expect(
      await closedBy(server.url, notesRoom, team.people[1], (socket) => socket.send(update(forged))),
    ).toBe(4422);
    victim.doc.getXmlFragment(noteKey('q1')).insert(0, [paragraph('later')]);
    await untilSaved(victim);
    const [witness] = await enter(notesRoom, team.lead);
    if (!witness) throw new Error('not in');
    expect(witness.doc.getXmlFragment(noteKey('q1')).toJSON()).toContain('later');
    expect(witness.doc.getXmlFragment(noteKey('q1')).toJSON()).not.toContain('forged');
  });

  it('[live 2] nested types do not enter a sealed document', async ({ server, team, sealedRoom }) => {
    const data = update(edited((doc) => doc.getMap(answersKey).set('q1', new Y.Map([['kind', 'na']]))));
    expect(await closedBy(server.url, sealedRoom, team.people[0], (socket) => socket.send(data))).toBe(4400);
  });

  it('[live 3] a sealed document does not grow past 256 KiB; what fitted stays', async ({
    team,
    open,
    sealedRoom,
  }) => {
    const room = open(sealedRoom, team.people[0], { protocol: refusalProtocolVersion - 1 });
    await until('the sheet', () => room.provider.synced);
    room.doc.getText('comment:q1').insert(0, 'a'.repeat(100_000));
    await untilSaved(room);
    room.doc.getText('comment:q2').insert(0, 'b'.repeat(200_000));
    await until('the socket is closed for good', () => room.closes.includes(4413));
    room.close();
    const again = open(sealedRoom, team.people[0]);
    await until('the sheet again', () => again.provider.synced);
    expect(again.doc.getText('comment:q1').length).toBe(100_000);
    expect(again.doc.getText('comment:q2').length).toBe(0);
  });

  it('[live 2] an update whose predecessors are missing is asked for again, whole, and then stored', async ({
    team,
    open,
    notesRoom,
  }) => {
    const doc = new Y.Doc();
    const text = new Y.XmlText('first');
    doc.getXmlFragment(noteKey('q1')).insert(0, [paragraph(text)]);
    const before = Y.encodeStateVector(doc);
    text.insert(5, ' and second');
    const orphan = Y.encodeStateAsUpdate(doc, before);
    const room = open(notesRoom, team.people[0], { doc: new Y.Doc() });
    await until('the notes', () => room.provider.synced);
    room.provider.ws?.send(new Uint8Array(update(orphan)));
    // The document that belongs to the orphan answers the server's step 1.
    Y.applyUpdate(room.doc, Y.encodeStateAsUpdate(doc));
    await untilSaved(room);
    const witness = open(notesRoom, team.lead);
    await until('the witness sees it', () =>
      witness.doc.getXmlFragment(noteKey('q1')).toJSON().includes('first and second'),
    );
  });

  it('[live 2] a wrong Upgrade gets 426, a target of two slashes does not end the process', async ({
    server,
  }) => {
    const { connect } = await import('node:net');
    const { port } = new URL(server.url);
    const answered = (request: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(request));
        let text = '';
        socket.on('data', (data) => {
          text += data;
        });
        socket.on('close', () => resolve(text));
        socket.on('error', () => resolve(text));
      });
    const head = 'Host: x\r\nConnection: Upgrade\r\n';
    expect(await answered(`GET /sync/meeting/x HTTP/1.1\r\n${head}Upgrade: foo\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 426/,
    );
    expect(await answered(`GET // HTTP/1.1\r\n${head}Upgrade: websocket\r\n\r\n`)).toMatch(/^HTTP\/1.1 4/);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});
