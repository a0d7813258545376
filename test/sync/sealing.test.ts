// Until review nobody but the participant receives any byte that depends on the answers (live.md 4.1): the same session is run
// twice with different answers, and what everyone else receives, the meeting screen included, is compared byte for byte, ids
// and times masked: replies, frames of every room, log lines of every level, and metrics.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { answersKey, commentKey, messageType, syncMessage } from '@attune/contract';
import * as decoding from 'lib0/decoding';
import { describe, expect } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import type { RunningServer } from '../../server/src/start.ts';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Person,
  publishScorecard,
  type Reply,
  scaleDocument,
  visitor,
} from '../support/people.ts';
import { type OpenRoom, openRoom, until, untilSaved } from '../support/rooms.ts';
import { serverTest } from '../support/team.ts';

const logged: string[] = [];
const metricsToken = 'token-of-the-twin-runs';

const it = serverTest({ config: { metricsToken }, logTo: (line) => logged.push(line) });

// The stock provider listens for the end of the process, once each.
process.setMaxListeners(40);

/** What one run answers: equal in number, different in everything else. */
interface Answers {
  readonly values: readonly (number | null)[];
  readonly comment: string;
}

const mask = (text: string) =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT/g, 'TIME')
    // A link's secret is random bytes, a person's colour comes from their id.
    .replace(/(?<=[#=])[\w-]{43}/g, 'TOKEN')
    .replace(/"color":"[^"]*"/g, 'COLOUR')
    // A commitment depends on the answers, and on a secret random salt of 32 bytes: two of the same answers differ as much as
    // two of others, so that nothing is told by it (X1 asks for the list to be shown before the reveal).
    .replace(/"commitment":"[0-9a-f]{64}"/g, 'COMMITMENT');

/** Our own messages on a socket as they came, masked and by type: those of different types are told by different parts. */
const heardBy = ({ frames }: OpenRoom) =>
  frames
    .map((frame) => decoding.createDecoder(frame))
    .map((decoder) => ({ type: decoding.readVarUint(decoder), decoder }))
    .filter(({ type }) => type >= messageType.hello)
    .map(({ type, decoder }) => `${type} ${mask(decoding.readVarString(decoder))}`)
    .map((line, at) => ({ line, at, type: Number.parseInt(line, 10) }))
    .sort((one, other) => one.type - other.type || one.at - other.at)
    .map(({ line }) => line);

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

/** A reply as it came, headers included, masked. */
const page = (path: string, { status, text, headers }: Reply) =>
  mask([path, status, JSON.stringify([...headers].filter(([name]) => name !== 'date')), text].join(' '));

async function metrics(server: RunningServer): Promise<Map<string, number>> {
  const reply = await fetch(`${server.url}/metrics`, {
    headers: { Authorization: `Bearer ${metricsToken}` },
  });
  const lines = (await reply.text()).split('\n').filter((line) => line.startsWith('attune_'));
  return new Map(lines.map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]));
}

/** What goes wrong on the way is logged: an unreadable update with the answers in it, and a database that fails at submission. */
async function stumble(
  server: RunningServer,
  participant: Person,
  participantId: string,
  id: string,
  comment: string,
) {
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
  const failed = await participant.send('POST', `/api/sessions/${id}/submission`, {});
  expect(failed.status).toBe(500);
  await sql.unsafe('drop trigger stumble on submission');
}

/** An organisation of its own for each run, so that whole lists are compared. */
async function people(server: RunningServer) {
  const organisation = await makeOrganisation(server);
  const lead = await organisation.member('Ana', ['lead']);
  return {
    lead,
    observer: await organisation.member('Sofia', ['admin']),
    other: await organisation.member('Chidi', ['evaluator']),
    participant: await organisation.member('Ben', ['evaluator']),
    versionId: await publishScorecard(lead, scaleDocument(4)),
  };
}

async function screenOf(server: RunningServer, lead: Person, id: string) {
  const links = await lead.send('POST', `/api/sessions/${id}/links/display`, {});
  const token = new URL((links.body as { display: { url: string } }).display.url).hash.slice(1);
  const opened = await visitor(server.url).send('POST', '/api/display', { token });
  expect(opened.status).toBe(200);
  const cookie = opened.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  return { ...visitor(server.url, cookie), token };
}

const answerOf = (value: number | null) =>
  value === null ? { kind: 'na' } : { kind: 'scale', valueHundredths: value * 100 };

interface Standing {
  readonly number: number;
  readonly shared: { readonly status: string; readonly participants: readonly { answered: number }[] };
}

/** What is asked of the server by whoever follows the session, and answered before the reveal. */
const questions = ['', '/commitments', '/links', '/devices', '/candidates', '/facilitators', '/calendar.ics'];
/** What is there from the reveal on, and refused before it. */
const refusals = ['/board', '/record', '/record.csv', '/record.json'];

async function run(server: RunningServer, { values, comment }: Answers) {
  const { lead, observer, other, participant, versionId } = await people(server);
  logged.length = 0;
  const metricsBefore = await metrics(server);
  const audience = [lead, observer, other];
  const feeds = audience.map(({ memberId, cookie }) => openRoom(server.url, `feed/${memberId}`, cookie));
  await until('everyone listens', () => feeds.every(({ frames }) => frames.length > 0));
  const { id, participantIds } = await makeSession(lead, { scorecardVersionId: versionId }, [
    participant,
    other,
  ]);
  const screen = await screenOf(server, lead, id);
  const rooms = [
    ...audience.map(({ cookie }) => openRoom(server.url, `meeting/${id}`, cookie)),
    openRoom(server.url, `meeting/${id}`, screen.cookie, { params: { as: 'display' } }),
  ];
  // Else the stock provider repeats its presence by the clock.
  for (const { provider } of [...rooms, ...feeds]) provider.awareness.setLocalState(null);
  await until('everyone is there', () =>
    rooms.every((room) => room.heard(messageType.snapshot).length === 1),
  );
  /** Each is told of each notification before the next is made: else they would be told of both at once, or not. */
  const told = (person: 0 | 2, unread: number) =>
    until('the inbox is told', () => feeds[person]?.heard(messageType.inbox).at(-1)?.unread === unread);
  await told(2, 1);
  await advance(lead, id, 'draft');
  await told(2, 2);

  const ofOther = openRoom(server.url, `sealed/${participantIds[1]}`, other.cookie);
  await until('the other sheet is there', () => ofOther.provider.synced);
  for (const question of ['q1', 'q2', 'q3', 'q4']) ofOther.doc.getMap(answersKey).set(question, answerOf(3));
  await untilSaved(ofOther);
  const standing = async () => (await lead.get(`/api/sessions/${id}`)).body as Standing;
  const answered = async (at: number) => (await standing()).shared.participants[at]?.answered;
  await until('the other is counted', async () => (await answered(1)) === 4);
  expect((await other.send('POST', `/api/sessions/${id}/submission`, {})).status).toBe(200);

  const sheet = openRoom(server.url, `sealed/${participantIds[0]}`, participant.cookie);
  await until('the sheet is there', () => sheet.provider.synced);
  // Whoever else asks for it is sent away.
  const askers = audience.map(({ cookie }) => openRoom(server.url, `sealed/${participantIds[0]}`, cookie));
  await until('nobody else is let in', () => askers.every(({ closes }) => closes.length > 0));
  for (const [index, value] of values.entries()) {
    sheet.doc.getMap(answersKey).set(`q${index + 1}`, answerOf(value));
    sheet.doc.getText(commentKey(`q${index + 1}`)).insert(0, `${comment} ${index}`);
    await until('the count is told', async () => (await answered(0)) === index + 1);
  }
  await untilSaved(sheet);
  await stumble(server, participant, participantIds[0] ?? '', id, comment);
  const submitted = await participant.send('POST', `/api/sessions/${id}/submission`, {});
  expect(submitted.status).toBe(200);
  await told(0, 1);
  const { number } = await standing();
  await until('everyone hears of it', () =>
    rooms.every((room) => room.heard(messageType.change).at(-1)?.number === number),
  );
  await until('every list hears of it', () =>
    feeds.every((room) => room.heard(messageType.hint).some((hint) => hint.number === number)),
  );

  const pages: string[] = [];
  for (const person of audience) {
    for (const path of [
      ...questions.map((question) => `/api/sessions/${id}${question}`),
      '/api/sessions',
      '/api/sessions?text=Calibration&limit=1',
      '/api/notifications',
    ])
      pages.push(page(path, await person.get(path)));
  }
  const refused: string[] = [];
  for (const person of audience)
    for (const path of refusals) refused.push(page(path, await person.get(`/api/sessions/${id}${path}`)));
  refused.push(page('/display/board', await screen.get('/api/display/board')));
  const shown = [
    page('POST', await visitor(server.url).send('POST', '/api/display', { token: screen.token })),
    page('GET', await screen.get('/api/display')),
  ];
  const lengths = await server.connection.sql<{ table: string; bytes: number }[]>`
    select 'update' as table, length(bytes) as bytes from document_update
    join document on document.id = document_update.document_id where document.session_id = ${id}
    union all select 'submission', length(sealed) from submission where session_id = ${id}`;
  const listening = [...rooms, ...feeds];
  const heardFromThem = listening.reduce((total, { framesSent }) => total + framesSent, 0);
  const metricsAfter = await metrics(server);
  for (const room of [...listening, ...askers, ofOther, sheet]) room.close();
  await until('everyone has left', () => server.hub.connections === 0 && server.hub.open.documents === 0);
  return {
    pages,
    refused,
    shown,
    frames: rooms.map(heardBy),
    // Two changes at once may reach a list in either order.
    hints: feeds.map((room) => heardBy(room).sort()),
    bytes: [...listening, ...askers].map(bytesTo),
    closes: askers.map(({ closes }) => closes),
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
  it('[live 4.1] two runs with other answers give everyone else the same bytes, over HTTP and the socket', async ({
    server,
  }) => {
    const one = await run(server, { values: [1, 1, 1, 1], comment: `${marker} low` });
    const two = await run(server, {
      values: [5, null, 3, 2],
      comment: `${marker} high and quite a bit longer`,
    });
    expect(two).toEqual(one);
    // What is equal is something.
    expect(one.log.length).toBeGreaterThan(1);
    expect(one.metrics).toContain('attune_sockets_closed_total{reason="malformed"} 1');
    expect(one.bytes.flat().join('\n')).toContain('presence');
    expect(one.hints.map((lines) => lines.some((line) => line.includes('sessionId')))).toEqual([
      true,
      true,
      true,
    ]);
    expect(one.closes.flat()).toEqual([4404, 4404, 4404]);
    // What would tell of the answers is not there yet, for anyone.
    expect(one.refused.map((line) => Number(line.split(' ')[1]))).toEqual(one.refused.map(() => 404));
    expect(JSON.stringify(one)).not.toContain(marker);
    expect(JSON.stringify(two)).not.toContain(marker);
  });

  it('[X2] nothing that lies in the database holds a planted answer before the reveal', async ({
    server,
  }) => {
    await run(server, { values: [2, 2, 2, 2], comment: marker });
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

  it('[X2] nor does any file of the data folder, the write-ahead log included', async ({ server }) => {
    const { sql } = server.connection;
    await run(server, { values: [4, 4, 4, 4], comment: marker });
    await sql`checkpoint`;
    // PostgreSQL works inside its data folder: where one of its processes is, the files are.
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const grep = (text: string) => promisify(execFile)('grep', ['-rlaF', text, `/proc/${row?.pid}/cwd/`]);
    // What is not sealed is found, so that finding nothing means something; grep ends with 1 then.
    await expect(grep('Voice quality')).resolves.toMatchObject({ stdout: expect.stringContaining('base') });
    await expect(grep(marker)).rejects.toMatchObject({ code: 1 });
  });
});
