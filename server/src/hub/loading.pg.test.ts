// Loading a document (live.md 2), from real PostgreSQL: once however many come, and a load that fails leaves the room absent.
import { answersKey, commentKey } from '@attune/contract';
import { describe, expect } from 'vitest';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Person,
  publishScorecard,
  scaleDocument,
} from '../../../test/support/people.ts';
import { type OpenRoom, openRoom, until, untilSaved } from '../../../test/support/rooms.ts';
import { longestSetUpMs, serverTest } from '../../../test/support/team.ts';
import { createJournal } from '../documents/journal.ts';
import { compactDocument, findDocument, readClients, readDocument } from '../documents/store.ts';
import { createLog } from '../ops/log.ts';
import { readChanges } from '../sessions/change.store.ts';
import { readShared } from '../sessions/feed-read.ts';
import type { RunningServer } from '../start.ts';
import { Registry } from './registry.ts';

const serverKey = new Uint8Array(32).fill(7);
let server: RunningServer;
let organisationId: string;
let ben: Person;
let sessionId: string;
let participantId: string;
let room: string;

const it = serverTest({ config: { serverKey } });

it.beforeAll(async ({ server: started }) => {
  server = started;
  const organisation = await makeOrganisation(server);
  organisationId = organisation.id;
  const lead = await organisation.member('Ana', ['lead']);
  ben = await organisation.member('Ben', ['evaluator']);
  const chidi = await organisation.member('Chidi', ['evaluator']);
  const scorecardVersionId = await publishScorecard(lead, scaleDocument(2));
  const made = await makeSession(lead, { scorecardVersionId }, [ben, chidi]);
  sessionId = made.id;
  participantId = made.participantIds[0] ?? '';
  room = `sealed/${participantId}`;
  await advance(lead, sessionId, 'draft');
  const sheet = openRoom(server.url, room, ben.cookie);
  await until('the sheet is there', () => sheet.provider.synced);
  sheet.doc.getText(commentKey('q1')).insert(0, 'calm and clear');
  await untilSaved(sheet);
  sheet.close();
  await until('the document is put away', () => server.hub.open.documents === 0);
}, longestSetUpMs);

const commentOf = ({ doc }: OpenRoom) => doc.getText(commentKey('q1')).toString();

/** Makes the journal's rows unreadable, or as they were. Done twice, each bit is what it was. */
const spoil = () =>
  server.connection.sql`update document_update set bytes = set_byte(bytes, 40, get_byte(bytes, 40) # 255)`;

describe('a document', () => {
  it('[live 2] that cannot be loaded is absent: 4503 to all who come, nothing is written, and the next one loads it', async () => {
    const rows = () =>
      server.connection.sql`select row_id, bytes from document_update order by document_id, number`;
    await spoil();
    const spoilt = await rows();
    const [one, other] = [openRoom(server.url, room, ben.cookie), openRoom(server.url, room, ben.cookie)];
    // What is typed meanwhile is the page's to keep.
    one.doc.getMap(answersKey).set('q1', { kind: 'scale', valueHundredths: 300 });
    await until('both are sent away to come again', () =>
      [one, other].every(({ closes }) => closes.includes(4503)),
    );
    expect([...one.closes, ...other.closes].every((code) => code === 4503)).toBe(true);
    expect([one, other].map(({ provider, stored }) => [provider.synced, stored])).toEqual([
      [false, 0],
      [false, 0],
    ]);
    expect(await rows()).toEqual(spoilt);
    await spoil();
    await until('both come back by themselves', () => one.provider.synced && other.provider.synced);
    await until('what was typed is stored', () => one.stored === one.sent);
    expect([one, other].map(commentOf)).toEqual(['calm and clear', 'calm and clear']);
    await until('the other has it', () => other.doc.getMap(answersKey).has('q1'));
    for (const open of [one, other]) open.close();
    await until('the document is put away', () => server.hub.open.documents === 0);
  });

  it('[live 2] is read once for all who come at once, and again for whoever comes after a read that failed', async () => {
    const { db } = server.connection;
    const log = createLog('silent');
    const journal = createJournal({ db, log });
    let reads = 0;
    let begin: () => void = () => {};
    let gate = Promise.resolve();
    const registry = new Registry({
      log,
      journal,
      documents: {
        find: (of, wanted) => findDocument(db, of, serverKey, wanted),
        read: async (handle) => {
          reads += 1;
          await gate;
          return readDocument(db, handle);
        },
        readClients: (handle) => readClients(db, handle),
        compact: (handle) => compactDocument(db, handle, crypto.randomUUID.bind(crypto)),
      },
      sessions: {
        readShared: (of, id) => readShared(db, of, id),
        readChanges: (of, id, after) => readChanges(db, of, id, after),
      },
      recordProgress: async () => {},
      onChanges: () => {},
    });
    const session = await registry.openSession(organisationId, sessionId);
    if (!session) throw new Error('no session');
    const open = () => registry.openDocument({ kind: 'sealed', participantId }, session.state);
    const close = () => {
      gate = new Promise((resolve) => {
        begin = resolve;
      });
    };

    close();
    const together = [open(), open(), open()];
    await until('it is being read', () => reads > 0);
    // One more while it is under way.
    together.push(open());
    begin();
    const opened = await Promise.all(together);
    expect(reads).toBe(1);
    expect(new Set(opened.map((one) => one?.room)).size).toBe(1);
    expect(opened[0]?.room.doc.getText(commentKey('q1')).toString()).toBe('calm and clear');
    for (const one of opened) one?.release();
    await until('it is put away', () => registry.size.documents === 0);

    await spoil();
    close();
    const failing = [open(), open()];
    await until('it is being read again', () => reads === 2);
    begin();
    expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(reads).toBe(2);
    await spoil();
    await until('nothing is left of it', () => registry.size.documents === 0);
    const after = await open();
    expect(reads).toBe(3);
    expect(after?.room.doc.getText(commentKey('q1')).toString()).toBe('calm and clear');
    after?.release();
    session.release();
    await until('all is put away', () => registry.size.documents === 0 && registry.size.sessions === 0);
    await journal.close(1_000);
  });
});
