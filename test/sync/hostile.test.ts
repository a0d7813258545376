// Bad input costs its sender the socket and nobody else anything: nothing stored, nothing acknowledged, a healthy pair in the
// same room goes on (live.md 2 and 3).
import { answersKey, noteKey } from '@attune/contract';
import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
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
import { openRoom, paragraph, until, untilSaved } from '../support/rooms.ts';

let database: FreshDatabase;
let server: RunningServer;
let lead: Person;
let people: [Person, Person];
let reviewId: string;
let sealedRoom: string;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url, demo: true });
  const organisation = await makeOrganisation(server);
  lead = await organisation.member('Ana', ['lead']);
  people = [
    await organisation.member('Ben', ['evaluator']),
    await organisation.member('Chidi', ['evaluator']),
  ];
  const scorecardVersionId = await publishScorecard(lead, scaleDocument(2, 5, { required: false }));
  const review = await makeSession(lead, { scorecardVersionId }, people);
  reviewId = review.id;
  await advance(lead, reviewId, 'draft');
  for (const person of people) await person.send('POST', `/api/sessions/${reviewId}/submission`, {});
  await advance(lead, reviewId, 'scoring');
  const scoring = await makeSession(lead, { scorecardVersionId }, people);
  await advance(lead, scoring.id, 'draft');
  sealedRoom = `sealed/${scoring.participantIds[0]}`;
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

function frame(...parts: (number | Uint8Array)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part);
    else encoding.writeVarUint8Array(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}
const update = (bytes: Uint8Array) => frame(0, 2, bytes);

/** The bytes of one edit, made on a document of its own. */
function edited(edit: (doc: Y.Doc) => void, clientId?: number): Uint8Array {
  const doc = new Y.Doc();
  if (clientId !== undefined) doc.clientID = clientId;
  edit(doc);
  return Y.encodeStateAsUpdate(doc);
}

/** Sends one frame on a socket of one's own and tells how it was closed. */
async function closedBy(room: string, person: Person, data: Uint8Array | string): Promise<number> {
  const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}/sync/${room}`, {
    headers: { Cookie: person.cookie, Origin: server.url },
  });
  let code = 0;
  let isIn = false;
  socket.on('message', () => {
    isIn = true;
  });
  socket.on('close', (why) => {
    code = why;
  });
  socket.on('error', () => {});
  await until('the room answers', () => isIn || code !== 0);
  socket.send(data);
  await until('the socket is closed', () => code !== 0);
  return code;
}

async function journalled(): Promise<number> {
  const [row] = await server.connection.sql<
    { count: string }[]
  >`select count(*) as count from document_update`;
  return Number(row?.count);
}

const nested = (levels: number) => (doc: Y.Doc) => {
  let at: Y.XmlFragment | Y.XmlElement = doc.getXmlFragment(noteKey('q1'));
  for (let level = 0; level < levels; level += 1) {
    const child = new Y.XmlElement('blockquote');
    at.insert(0, [child]);
    at = child;
  }
};

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
    it(`[live 3] ${what} closes its own socket with ${code} and stores nothing`, async () => {
      const healthy = people.map(({ cookie }) => openRoom(server.url, `meeting/${reviewId}`, cookie));
      await until('the pair is in', () => healthy.every(({ provider }) => provider.synced));
      const before = await journalled();
      expect(await closedBy(`meeting/${reviewId}`, lead, data())).toBe(code);
      expect(await journalled()).toBe(before);
      const word = `still here after ${what}`;
      const [one, other] = healthy as [ReturnType<typeof openRoom>, ReturnType<typeof openRoom>];
      one.doc.getXmlFragment(noteKey('q2')).insert(0, [paragraph(word)]);
      await until('the pair goes on', () => other.doc.getXmlFragment(noteKey('q2')).toJSON().includes(word));
      await untilSaved(one);
      expect(healthy.flatMap(({ closes }) => closes)).toEqual([]);
      for (const room of healthy) room.close();
    });
  }

  it('[live 2] writing under somebody else’s client id closes with 4422, and their later text is kept', async () => {
    const victim = openRoom(server.url, `meeting/${reviewId}`, people[0].cookie);
    await until('the victim is in', () => victim.provider.synced);
    victim.doc.getXmlFragment(noteKey('q1')).insert(0, [paragraph('mine')]);
    await untilSaved(victim);
    const forged = edited((doc) => {
      doc.getXmlFragment(noteKey('q1')).insert(0, [paragraph('a forged text longer than what stands')]);
    }, victim.doc.clientID);
    expect(await closedBy(`meeting/${reviewId}`, people[1], update(forged))).toBe(4422);
    victim.doc.getXmlFragment(noteKey('q1')).insert(0, [paragraph('later')]);
    await untilSaved(victim);
    const witness = openRoom(server.url, `meeting/${reviewId}`, lead.cookie);
    await until('the witness is in', () => witness.provider.synced);
    expect(witness.doc.getXmlFragment(noteKey('q1')).toJSON()).toContain('later');
    expect(witness.doc.getXmlFragment(noteKey('q1')).toJSON()).not.toContain('forged');
    victim.close();
    witness.close();
  });

  it('[live 2] nested types do not enter a sealed document', async () => {
    const data = update(edited((doc) => doc.getMap(answersKey).set('q1', new Y.Map([['kind', 'na']]))));
    expect(await closedBy(sealedRoom, people[0], data)).toBe(4400);
  });

  it('[live 3] a sealed document does not grow past 256 KiB; what fitted stays', async () => {
    const room = openRoom(server.url, sealedRoom, people[0].cookie);
    await until('the sheet', () => room.provider.synced);
    room.doc.getText('comment:q1').insert(0, 'a'.repeat(100_000));
    await untilSaved(room);
    room.doc.getText('comment:q2').insert(0, 'b'.repeat(200_000));
    await until('the socket is closed for good', () => room.closes.includes(4413));
    room.close();
    const again = openRoom(server.url, sealedRoom, people[0].cookie);
    await until('the sheet again', () => again.provider.synced);
    expect(again.doc.getText('comment:q1').length).toBe(100_000);
    expect(again.doc.getText('comment:q2').length).toBe(0);
    again.close();
  });

  it('[live 2] an update whose predecessors are missing is asked for again, whole, and then stored', async () => {
    const doc = new Y.Doc();
    const text = new Y.XmlText('first');
    doc.getXmlFragment(noteKey('q1')).insert(0, [paragraph(text)]);
    const before = Y.encodeStateVector(doc);
    text.insert(5, ' and second');
    const orphan = Y.encodeStateAsUpdate(doc, before);
    const room = openRoom(server.url, `meeting/${reviewId}`, people[0].cookie, { doc: new Y.Doc() });
    await until('the notes', () => room.provider.synced);
    room.provider.ws?.send(new Uint8Array(update(orphan)));
    // The document that belongs to the orphan answers the server's step 1.
    Y.applyUpdate(room.doc, Y.encodeStateAsUpdate(doc));
    await untilSaved(room);
    const witness = openRoom(server.url, `meeting/${reviewId}`, lead.cookie);
    await until('the witness sees it', () =>
      witness.doc.getXmlFragment(noteKey('q1')).toJSON().includes('first and second'),
    );
    room.close();
    witness.close();
  });

  it('[live 2] a wrong Upgrade gets 426, a target of two slashes does not end the process', async () => {
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
