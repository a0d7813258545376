// The database is frozen, killed, cut off or full while people type (X3, live.md 3): they are told 503 and "Saving…", never a
// false "Saved", keep their sockets, and find everything there afterwards.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { processesIn } from '../../server/src/db/leftover.ts';
import type { RunningServer } from '../../server/src/start.ts';
import { startApp } from '../support/app.ts';
import { type AppProcess, startAppProcess, temporaryFolder } from '../support/app-process.ts';
import { type DatabaseProxy, databaseProxy } from '../support/database-proxy.ts';
import { demoSealedRoom, demoSignIn, inScoring } from '../support/demo.ts';
import { type Person, viewOf, visitor } from '../support/people.ts';
import { type FreshDatabase, freshDatabase } from '../support/postgres.ts';
import { until } from '../support/rooms.ts';
import { longestSetUpMs, makeTeam } from '../support/team.ts';
import { Typist, typeUntil } from '../support/typist.ts';

/**
 * A request answered by anyone but the database's absence would be wrong; so would one that is not answered.
 *
 * @returns how long the answer took, in milliseconds
 */
async function expectUnavailable(
  reply: Promise<{ status: number; headers: Headers; text: string }>,
): Promise<number> {
  const started = performance.now();
  const { status, headers, text } = await reply;
  expect([status, text]).toEqual([503, expect.stringContaining('/problems/unavailable')]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  return performance.now() - started;
}

const serves = (url: string, cookie: string) => async () =>
  (await visitor(url, cookie).get('/api/sessions')).status === 200;

/** Nothing typed since was said to be stored, and nobody lost their socket. */
function expectWaiting(typists: readonly Typist[], storedBefore: readonly number[]) {
  expect(typists.map(({ open }) => open.stored)).toEqual(storedBefore);
  expect(typists.filter(({ isSaved }) => isSaved)).toEqual([]);
  expect(typists.flatMap(({ open }) => open.closes)).toEqual([]);
  expect(typists.every(({ open }) => open.provider.wsconnected)).toBe(true);
}

describe('the embedded database', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let app: AppProcess;
  let typists: Typist[];
  const tree = () => processesIn(path.join(folder.path, 'postgres'));

  beforeAll(async () => {
    folder = await temporaryFolder();
    app = await startAppProcess({ dataDir: folder.path });
    typists = await Promise.all(
      inScoring.people.map(async (name) => {
        const cookie = await demoSignIn(app.url, name);
        return new Typist(app.url, await demoSealedRoom(app.url, cookie), cookie);
      }),
    );
  }, 60_000);

  afterEach(async () => {
    for (const pid of await tree()) process.kill(pid, 'SIGCONT');
  });

  afterAll(async () => {
    for (const { open } of typists ?? []) open.close();
    await app?.stop();
    await folder?.remove();
  });

  it('[live 3] frozen for twelve seconds: 503, sockets stay, typing goes on, no false “Saved”, all is there', async () => {
    await typeUntil(typists, 'the first words', () => typists.every(({ typed }) => typed > 3));
    await Promise.all(typists.map((typist) => typist.untilSaved()));
    const lead = visitor(app.url, await demoSignIn(app.url, 'Ana'));
    const stored = typists.map(({ open }) => open.stored);

    const frozenAt = performance.now();
    for (const pid of await tree()) process.kill(pid, 'SIGSTOP');
    const command = lead.send('POST', '/api/notifications/read', {}, 'a-key-of-one-command');
    const asking = expectUnavailable(lead.get('/api/sessions'));
    const [waitedMs] = await Promise.all([
      asking,
      typeUntil(typists, 'twelve seconds', () => performance.now() - frozenAt > 12_000),
      expectUnavailable(command),
      expectUnavailable(visitor(app.url).send('POST', '/api/demo/sign-in', { memberId: randomUUID() })),
    ]);
    // By now everyone is told at once, and nothing piles up behind the database.
    expect(await expectUnavailable(lead.get('/api/sessions'))).toBeLessThan(waitedMs / 2);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expectWaiting(typists, stored);

    for (const pid of await tree()) process.kill(pid, 'SIGCONT');
    await Promise.all(typists.map((typist) => typist.untilSaved()));
    await until('pages are served again', serves(app.url, lead.cookie));
    const again = await lead.send('POST', '/api/notifications/read', {}, 'a-key-of-one-command');
    expect([again.status, again.text]).toEqual([200, expect.any(String)]);
    expect(typists.flatMap(({ open }) => open.closes)).toEqual([]);
    for (const typist of typists) await typist.expectAllThere();
  }, 60_000);

  it('[X3] killed and back while people type: sockets stay, and what showed “Saved” is in the journal', async () => {
    for (let round = 0; round < 2; round += 1) {
      const before = typists.map(({ typed }) => typed);
      const [postmaster = 0, ...others] = await tree();
      for (const pid of [postmaster, ...others]) process.kill(pid, 'SIGKILL');
      await typeUntil(typists, 'five words', () =>
        typists.every(({ typed }, at) => typed > (before[at] ?? 0) + 5),
      );
      await Promise.all(typists.map((typist) => typist.untilSaved(20_000)));
      expect(typists.flatMap(({ open }) => open.closes)).toEqual([]);
    }
    // From the disk alone, not out of the server's memory.
    await app.kill('SIGKILL');
    const port = new URL(app.url).port;
    for (const { open } of typists) open.close();
    app = await startAppProcess({ dataDir: folder.path, environment: { PORT: port } });
    for (const typist of typists) await typist.expectAllThere();
  }, 60_000);
});

describe('a database of one’s own', () => {
  let database: FreshDatabase;
  let wire: DatabaseProxy;
  let server: RunningServer;
  let lead: Person;
  let typist: Typist;
  let sessionId: string;
  let draftId: string;
  let scorecardVersionId: string;

  beforeAll(async () => {
    database = await freshDatabase();
    wire = await databaseProxy(database.url);
    server = await startApp({ databaseUrl: wire.url, demo: true });
    const team = await makeTeam(server, {});
    ({ lead, scorecardVersionId } = team);
    const scoring = await team.calibration('scoring');
    sessionId = scoring.id;
    draftId = (await team.calibration('draft')).id;
    typist = new Typist(server.url, `sealed/${scoring.participantIds[0]}`, team.people[0].cookie);
    typist.type();
    await typist.untilSaved();
  }, longestSetUpMs);

  afterAll(async () => {
    typist?.open.close();
    await server?.stop();
    await wire?.close();
    await database?.drop();
  });

  it('[live 3] out of reach for five seconds: 503 at once, sockets stay, and all is there afterwards', async () => {
    const stored = [typist.open.stored];
    const cutAt = performance.now();
    await wire.cut();
    await typeUntil([typist], 'five seconds', async () => {
      await expectUnavailable(lead.get('/api/sessions'));
      return performance.now() - cutAt > 5_000;
    });
    await expectUnavailable(
      lead.send('POST', `/api/sessions/${draftId}/transition`, { from: 'draft' }, 'key-of-the-start'),
    );
    expectWaiting([typist], stored);
    await wire.mend();
    await typist.untilSaved();
    await until('pages are served again', serves(server.url, lead.cookie));
    const started = await lead.send(
      'POST',
      `/api/sessions/${draftId}/transition`,
      { from: 'draft' },
      'key-of-the-start',
    );
    expect([started.status, started.text]).toEqual([200, expect.any(String)]);
    expect((await viewOf(lead, draftId)).shared.status).toBe('scoring');
    await typist.expectAllThere();
  }, 30_000);

  it('[live 3] disk full: what is there is served, commands get 503, nothing shows a false “Saved”, all comes in later', async () => {
    const { sql } = server.connection;
    // What PostgreSQL says when it cannot extend a file.
    await sql.unsafe(`create function full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
    const tables = ['document_update', 'session', 'session_change'];
    for (const table of tables)
      await sql.unsafe(
        `create trigger full_disk before insert or update on ${table} execute function full_disk()`,
      );
    const stored = [typist.open.stored];
    const before = typist.typed;
    await typeUntil([typist], 'twenty words', () => typist.typed === before + 20);
    const add = () =>
      lead.send('POST', '/api/sessions', { name: 'Another', scorecardVersionId }, 'key-of-another');
    await expectUnavailable(add());
    expect((await lead.get(`/api/sessions/${sessionId}`)).status).toBe(200);
    expectWaiting([typist], stored);
    for (const table of tables) await sql.unsafe(`drop trigger full_disk on ${table}`);
    await typist.untilSaved();
    expect((await add()).status).toBe(201);
    await typist.expectAllThere();
  }, 30_000);
});
