// What a connection is told of what is stored (live.md 2): never more than the journal holds, whoever comes back meanwhile.
import { commentKey, syncMessage } from '@attune/contract';
import { expect } from 'vitest';
import * as Y from 'yjs';
import { advance } from '../support/people.ts';
import { paragraph, until, untilSaved } from '../support/rooms.ts';
import { journalled, teamTest } from '../support/team.ts';

const it = teamTest();

/** A sync step 1 of somebody who has nothing. */
const askedAgain = Uint8Array.of(syncMessage.sync, 0, 1, 0);

it('[live 2] whoever comes back while the journal cannot write is not told that it is stored, and is once it can', async ({
  server,
  team,
  open,
}) => {
  const { participantIds } = await team.calibration('scoring');
  const { sql } = server.connection;
  const name = `sealed/${participantIds[0]}`;
  const [ben] = team.people;
  const room = open(name, ben);
  await until('the sheet is open', () => room.provider.synced);
  await sql.unsafe(`
    create function full_disk() returns trigger language plpgsql as $$
    begin raise exception 'No space left on device' using errcode = '53100'; end $$;
    create trigger full_disk before insert on document_update for each row execute function full_disk()`);
  room.doc.getText(commentKey('q1')).insert(0, 'A long thought.');
  // The same browser, come back with all it has: it has nothing that the server lacks.
  const again = open(name, ben, { doc: room.doc });
  await until('it has said what it has', () => again.sent > 0);
  // Read in order: once what comes after is answered, that was read.
  const before = again.frames.length;
  again.provider.ws?.send(askedAgain);
  await until('the server has read that', () => again.frames.length > before);
  expect(again.stored).toBe(0);
  expect(await journalled(server)).toBe(0);

  await sql`drop trigger full_disk on document_update`;
  await untilSaved(again);
  const fresh = open(name, ben, { doc: new Y.Doc() });
  await until('what was typed is there', () => fresh.provider.synced);
  expect(fresh.doc.getText(commentKey('q1')).toString()).toBe('A long thought.');
});

it('[C10] what no editor writes closes its sender, and keeps nobody from resolving the session', async ({
  team,
  enter,
}) => {
  const { lead, people } = team;
  const { id } = await team.calibration('review');
  const [ben, chidi] = await enter(`meeting/${id}`, ...people);
  if (!ben || !chidi) throw new Error('two people');
  chidi.doc.getXmlFragment('note:q1').insert(0, [paragraph('The standard.')]);
  await untilSaved(chidi);
  ben.doc.getXmlFragment('note:q1').insert(0, [new Y.XmlText('loose')]);
  await until('its sender is sent away', () => ben.closes.includes(4400));
  await advance(lead, id, 'review');
  const { body } = await lead.get(`/api/sessions/${id}/record`);
  expect(JSON.stringify(body)).toContain('The standard.');
  expect(JSON.stringify(body)).not.toContain('loose');
});
