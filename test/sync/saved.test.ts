// What a connection is told of what is stored (live.md 2): never more than the journal holds, whoever comes back meanwhile.
import { commentKey, syncMessage } from '@attune/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
let scorecardVersionId: string;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url, demo: true });
  const organisation = await makeOrganisation(server);
  lead = await organisation.member('Ana', ['lead']);
  people = [
    await organisation.member('Ben', ['evaluator']),
    await organisation.member('Chidi', ['evaluator']),
  ];
  scorecardVersionId = await publishScorecard(lead, scaleDocument(2, 5, { required: false }));
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** A sync step 1 of somebody who has nothing. */
const askedAgain = Uint8Array.of(syncMessage.sync, 0, 1, 0);

it('[live 2] whoever comes back while the journal cannot write is not told that it is stored, and is once it can', async () => {
  const { id, participantIds } = await makeSession(lead, { scorecardVersionId }, people);
  await advance(lead, id, 'draft');
  const { sql } = server.connection;
  const name = `sealed/${participantIds[0]}`;
  const room = openRoom(server.url, name, people[0].cookie);
  await until('the sheet is open', () => room.provider.synced);
  await sql.unsafe(`
    create function full_disk() returns trigger language plpgsql as $$
    begin raise exception 'No space left on device' using errcode = '53100'; end $$;
    create trigger full_disk before insert on document_update for each row execute function full_disk()`);
  room.doc.getText(commentKey('q1')).insert(0, 'A long thought.');
  // The same browser, come back with all it has: it has nothing that the server lacks.
  const again = openRoom(server.url, name, people[0].cookie, { doc: room.doc });
  await until('it has said what it has', () => again.sent > 0);
  // Read in order: once what comes after is answered, that was read.
  const before = again.frames.length;
  again.provider.ws?.send(askedAgain);
  await until('the server has read that', () => again.frames.length > before);
  expect(again.stored).toBe(0);
  expect(Number((await sql`select count(*) from document_update`)[0]?.count)).toBe(0);

  await sql`drop trigger full_disk on document_update`;
  await untilSaved(again);
  const fresh = openRoom(server.url, name, people[0].cookie, { doc: new Y.Doc() });
  await until('what was typed is there', () => fresh.provider.synced);
  expect(fresh.doc.getText(commentKey('q1')).toString()).toBe('A long thought.');
  for (const one of [room, again, fresh]) one.close();
});

it('[C10] what no editor writes closes its sender, and keeps nobody from resolving the session', async () => {
  const { id } = await makeSession(lead, { scorecardVersionId }, people);
  await advance(lead, id, 'draft');
  for (const person of people) await person.send('POST', `/api/sessions/${id}/submission`, {});
  await advance(lead, id, 'scoring');
  const [ben, chidi] = people.map((person) => openRoom(server.url, `meeting/${id}`, person.cookie));
  if (!ben || !chidi) throw new Error('two people');
  await until('both are there', () => ben.provider.synced && chidi.provider.synced);
  chidi.doc.getXmlFragment('note:q1').insert(0, [paragraph('The standard.')]);
  await untilSaved(chidi);
  ben.doc.getXmlFragment('note:q1').insert(0, [new Y.XmlText('loose')]);
  await until('its sender is sent away', () => ben.closes.includes(4400));
  await advance(lead, id, 'review');
  const { body } = await lead.get(`/api/sessions/${id}/record`);
  expect(JSON.stringify(body)).toContain('The standard.');
  expect(JSON.stringify(body)).not.toContain('loose');
  ben.close();
  chidi.close();
});
