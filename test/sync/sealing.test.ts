// Until review nobody but the participant receives any byte that depends on the answers (live.md 4.1): the same session is run
// twice with different answers, and what everyone else receives is compared byte for byte, ids and times masked: replies,
// frames, log lines of every level, and metrics.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { answersKey, commentKey, messageType, syncMessage } from '@attune/contract';
import * as decoding from 'lib0/decoding';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import type { RunningServer } from '../../server/src/start.ts';
import { startApp } from '../support/app.ts';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Organisation,
  type Person,
  publishScorecard,
  scaleDocument,
} from '../support/people.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';
import { type OpenRoom, openRoom, until, untilSaved } from '../support/rooms.ts';

let database: FreshDatabase;
let server: RunningServer;
let organisation: Organisation;
let lead: Person;
let other: Person;
let observer: Person;
let participant: Person;
let versionId: string;
const logged: string[] = [];
const metricsToken = 'token-of-the-twin-runs';

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({
    databaseUrl: database.url,
    demo: true,
    config: { metricsToken },
    logTo: (line) => logged.push(line),
  });
  organisation = await makeOrganisation(server);
  lead = await organisation.member('Ana', ['lead']);
  observer = await organisation.member('Sofia', ['admin']);
  other = await organisation.member('Chidi', ['evaluator']);
  participant = await organisation.member('Ben', ['evaluator']);
  versionId = await publishScorecard(lead, scaleDocument(4));
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** What one run answers: equal in number, different in everything else. */
interface Answers {
  readonly values: readonly (number | null)[];
  readonly comment: string;
}

const mask = (text: string) =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replace(/"nextCursor":(?:"[^"]*"|null)/, 'CURSOR')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    // A commitment depends on the answers, and on a secret random salt of 32 bytes: two of the same answers differ as much as
    // two of others, so that nothing is told by it (X1 asks for the list to be shown before the reveal).
    .replace(/"commitment":"[0-9a-f]{64}"/g, 'COMMITMENT');

/** The session events heard on a socket, masked; presence carries ids of the server's and no content. */
const heardBy = (room: OpenRoom) =>
  [
    ...room.heard(messageType.snapshot),
    ...room.heard(messageType.change),
    ...room.heard(messageType.seat),
  ].map((message) => mask(JSON.stringify(message)));

/** The different frames of y-websocket's own types, ids and clocks of presence masked; ours are compared one by one. */
function bytesTo(room: OpenRoom): string[] {
  const seen = room.frames.flatMap((frame) => {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type >= messageType.hello) return [];
    if (type !== syncMessage.awareness) return [Buffer.from(frame).toString('hex')];
    const states = decoding.createDecoder(decoding.readVarUint8Array(decoder));
    return Array.from({ length: decoding.readVarUint(states) }, () => {
      decoding.readVarUint(states);
      decoding.readVarUint(states);
      return mask(`presence ${decoding.readVarString(states)}`);
    });
  });
  return [...new Set(seen)].sort();
}

async function metrics(): Promise<Map<string, number>> {
  const reply = await fetch(`${server.url}/metrics`, {
    headers: { Authorization: `Bearer ${metricsToken}` },
  });
  const lines = (await reply.text()).split('\n').filter((line) => line.startsWith('attune_'));
  return new Map(lines.map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]));
}

/** What goes wrong on the way is logged: an unreadable update with the answers in it, and a database that fails at submission. */
async function stumble(participantId: string, comment: string) {
  const { sql } = server.connection;
  const forged = new Y.Doc();
  forged.getMap('elsewhere').set('comment', comment);
  const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}/sync/sealed/${participantId}`, {
    headers: { Cookie: participant.cookie, Origin: server.url },
  });
  let code = 0;
  socket.on('close', (why) => {
    code = why;
  });
  const update = Y.encodeStateAsUpdate(forged);
  const size = update.length < 128 ? [update.length] : [(update.length & 127) | 128, update.length >> 7];
  socket.on('open', () => socket.send(Uint8Array.from([0, 2, ...size, ...update])));
  await until('the unreadable update is refused', () => code === 4400);
  await sql.unsafe(`create or replace function stumble() returns trigger language plpgsql as
    $$ begin raise exception 'stumbled' using errcode = 'XX000'; end $$`);
  await sql.unsafe('create trigger stumble before insert on submission execute function stumble()');
  const session = (await participant.get(`/api/sessions?text=Calibration&limit=1`)).body as {
    sessions: { id: string }[];
  };
  const failed = await participant.send('POST', `/api/sessions/${session.sessions[0]?.id}/submission`, {});
  expect(failed.status).toBe(500);
  await sql.unsafe('drop trigger stumble on submission');
}

async function run({ values, comment }: Answers) {
  logged.length = 0;
  const metricsBefore = await metrics();
  const { id, participantIds } = await makeSession(lead, { scorecardVersionId: versionId }, [
    participant,
    other,
  ]);
  const audience = [lead, observer, other];
  const rooms = audience.map(({ cookie }) => openRoom(server.url, `meeting/${id}`, cookie));
  // Else the stock provider repeats its presence by the clock.
  for (const { provider } of rooms) provider.awareness.setLocalState(null);
  await until('everyone is there', () =>
    rooms.every((room) => room.heard(messageType.snapshot).length === 1),
  );
  await advance(lead, id, 'draft');

  const sheet = openRoom(server.url, `sealed/${participantIds[0]}`, participant.cookie);
  await until('the sheet is there', () => sheet.provider.synced);
  const answered = async () =>
    ((await lead.get(`/api/sessions/${id}`)).body as { shared: { participants: { answered: number }[] } })
      .shared.participants[0]?.answered;
  for (const [index, value] of values.entries()) {
    const answer = value === null ? { kind: 'na' } : { kind: 'scale', valueHundredths: value * 100 };
    sheet.doc.getMap(answersKey).set(`q${index + 1}`, answer);
    sheet.doc.getText(commentKey(`q${index + 1}`)).insert(0, `${comment} ${index}`);
    await until('the count is told', async () => (await answered()) === index + 1);
  }
  await untilSaved(sheet);
  await stumble(participantIds[0] ?? '', comment);
  const submitted = await participant.send('POST', `/api/sessions/${id}/submission`, {});
  expect(submitted.status).toBe(200);
  await until('everyone hears of it', () =>
    rooms.every((room) =>
      room.heard(messageType.change).some(({ events }) => events[0]?.type === 'submitted'),
    ),
  );
  const pages: string[] = [];
  for (const person of audience) {
    for (const path of [
      '',
      '/commitments',
      '/board',
      '/record',
      '/record.csv',
      '/record.json',
      '/candidates',
    ]) {
      const reply = await person.get(`/api/sessions/${id}${path}`);
      pages.push(mask(`${path} ${reply.status} ${reply.text}`));
    }
    pages.push(mask((await person.get(`/api/sessions?text=Calibration&limit=1`)).text));
  }
  const frames = rooms.map(heardBy);
  const lengths = await server.connection.sql<{ table: string; bytes: number }[]>`
    select 'update' as table, length(bytes) as bytes from document_update
    join document on document.id = document_update.document_id where document.session_id = ${id}
    union all select 'submission', length(sealed) from submission where session_id = ${id}`;
  const bytes = rooms.map(bytesTo);
  const heardFromThem = rooms.reduce((total, { framesSent }) => total + framesSent, 0);
  const metricsAfter = await metrics();
  for (const room of [...rooms, sheet]) room.close();
  await until('everyone has left', () => server.hub.connections === 0 && server.hub.open.documents === 0);
  return {
    id,
    pages,
    frames,
    bytes,
    log: logged.map(mask),
    metrics: [...metricsAfter].map(([name, value]) => {
      // What the audience itself has sent depends on when each was let in.
      const own = name === 'attune_frames_total' ? heardFromThem : 0;
      return `${name} ${value - (metricsBefore.get(name) ?? 0) - own}`;
    }),
    sizes: [...new Set(lengths.map(({ table, bytes }) => `${table} ${bytes}`))].sort(),
  };
}

const marker = 'PLANTED-MARKER';

describe('sealing', () => {
  it('[live 4.1] two runs with other answers give everyone else the same bytes, over HTTP and the socket', async () => {
    const one = await run({ values: [1, 1, 1, 1], comment: `${marker} low` });
    const two = await run({ values: [5, null, 3, 2], comment: `${marker} high and quite a bit longer` });
    expect(two.pages).toEqual(one.pages);
    expect(two.frames).toEqual(one.frames);
    expect(two.bytes).toEqual(one.bytes);
    expect(two.log).toEqual(one.log);
    expect(two.metrics).toEqual(one.metrics);
    // What is equal is something.
    expect(one.log.length).toBeGreaterThan(1);
    expect(one.metrics).toContain('attune_sockets_closed_total{reason="malformed"} 1');
    expect(one.bytes.flat().join('\n')).toContain('presence');
    expect(two.sizes).toEqual(one.sizes);
    expect([...one.pages, ...one.frames.flat(), ...one.bytes.flat(), ...one.log].join('\n')).not.toContain(
      marker,
    );
  });

  it('[X2] nothing that lies in the database holds a planted answer before the reveal', async () => {
    await run({ values: [2, 2, 2, 2], comment: marker });
    const { sql } = server.connection;
    const tables = await sql<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public'`;
    const hex = Buffer.from(marker).toString('hex');
    for (const { name } of tables) {
      const [found] = await sql<{ count: string }[]>`
        select count(*) as count from ${sql(name)} as row
        where row::text like ${`%${marker}%`} or row::text like ${`%${hex}%`}`;
      expect([name, Number(found?.count)]).toEqual([name, 0]);
    }
  });

  it('[X2] nor does any file of the data folder, the write-ahead log included', async () => {
    const { sql } = server.connection;
    await run({ values: [4, 4, 4, 4], comment: marker });
    await sql`checkpoint`;
    // PostgreSQL works inside its data folder: where one of its processes is, the files are.
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const grep = (text: string) => promisify(execFile)('grep', ['-rlaF', text, `/proc/${row?.pid}/cwd/`]);
    // What is not sealed is found, so that finding nothing means something; grep ends with 1 then.
    await expect(grep('Voice quality')).resolves.toMatchObject({ stdout: expect.stringContaining('base') });
    await expect(grep(marker)).rejects.toMatchObject({ code: 1 });
  });
});
