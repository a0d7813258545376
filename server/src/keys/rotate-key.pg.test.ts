// A new key for the server: what lay under the old one lies under the new, the old one opens nothing any more, and whatever ends the
// rotation in between leaves a server that starts.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answersKey } from '@attune/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenOf } from '../../../test/support/accounts.ts';
import { startApp } from '../../../test/support/app.ts';
import {
  advance,
  makeOrganisation,
  makeSession,
  type Organisation,
  type Person,
  publishScorecard,
  scaleDocument,
  visitor,
} from '../../../test/support/people.ts';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { openRoom, until, untilSaved } from '../../../test/support/rooms.ts';
import { main } from '../cli/rotate-key.ts';
import { connect } from '../db/client.ts';
import { unwrapSessionKey } from '../documents/seal.ts';
import { createLog } from '../ops/log.ts';
import type { RunningServer } from '../start.ts';
import { rotateKey } from './rotate-key.ts';
import { listWrappedKeys } from './server-key.store.ts';
import { chooseServerKey, findServerKeys, writeNextKey } from './server-key.ts';

let database: FreshDatabase;
let dataDir: string;
let server: RunningServer | null = null;
let world: {
  home: Organisation;
  lead: Person;
  ben: Person;
  sessionId: string;
  leadPlace: string;
  joinToken: string;
};

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const file = (name: string) => path.join(dataDir, name);
const keyIn = async (name: string) =>
  new Uint8Array(Buffer.from((await readFile(file(name), 'utf8')).trim(), 'hex'));

async function start(): Promise<RunningServer> {
  server = await startApp({ databaseUrl: database.url, demo: true, config: { serverKey: null, dataDir } });
  return server;
}
async function stop(): Promise<void> {
  await server?.stop();
  server = null;
}

/** Answers the one question in the sealed sheet, and waits until it is saved. */
async function type(
  running: RunningServer,
  person: Pick<Person, 'cookie'>,
  place: string,
  valueHundredths: number,
): Promise<void> {
  const room = openRoom(running.url, `sealed/${place}`, person.cookie);
  await until('the sheet is open', () => room.provider.synced);
  room.doc.getMap(answersKey).set('q1', { kind: 'scale', valueHundredths });
  await untilSaved(room);
  room.close();
}

beforeEach(async () => {
  database = await freshDatabase();
  dataDir = await mkdtemp(path.join(tmpdir(), 'attune-key-'));
  const running = await start();
  const home = await makeOrganisation(running);
  const [lead, ben] = [await home.member('Ana', ['lead', 'admin']), await home.member('Ben', ['evaluator'])];
  const scorecardVersionId = await publishScorecard(lead, scaleDocument(1));
  const { id, participantIds } = await makeSession(lead, { scorecardVersionId }, [lead, ben]);
  const made = await lead.send('POST', `/api/sessions/${id}/links/join`, {}, 'kept-under-this-key');
  const joinToken = tokenOf((made.body as { join: { url: string } }).join.url);
  await advance(lead, id, 'draft');
  await type(running, ben, participantIds[1] ?? '', 400);
  await ben.send('POST', `/api/sessions/${id}/submission`, {});
  world = { home, lead, ben, sessionId: id, leadPlace: participantIds[0] ?? '', joinToken };
  await stop();
});

afterEach(async () => {
  await stop();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const deps = {
  log: createLog('silent'),
  now: () => new Date().toISOString(),
  newId: () => crypto.randomUUID(),
};
const place = () => ({ serverKey: null, dataDir });

async function withDatabase<T>(work: (db: ReturnType<typeof connect>['db']) => Promise<T>): Promise<T> {
  const connection = connect(database.url, 2);
  try {
    return await work(connection.db);
  } finally {
    await connection.close(1_000);
  }
}

async function command(environment: Record<string, string> = {}) {
  const [told, errors]: string[][] = [[], []];
  const code = await main(
    [],
    { DATABASE_URL: database.url, DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...environment },
    { write: (text) => told?.push(text) },
    { write: (text) => errors?.push(text) },
  );
  return { code, told: told?.join('') ?? '', errors: errors?.join('') ?? '' };
}

/** The lead submits and reveals: what Ben sealed under the key before is opened. */
async function reveals(running: RunningServer): Promise<void> {
  const signIn = async (memberId: string) => {
    const reply = await visitor(running.url).send('POST', '/api/demo/sign-in', { memberId });
    return visitor(running.url, reply.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '');
  };
  const lead = await signIn(world.lead.memberId);
  await type(running, lead, world.leadPlace, 200);
  const submitted = await lead.send('POST', `/api/sessions/${world.sessionId}/submission`, {});
  expect([submitted.status, submitted.text]).toEqual([200, expect.any(String)]);
  const revealed = await lead.send('POST', `/api/sessions/${world.sessionId}/transition`, {
    from: 'scoring',
  });
  expect([revealed.status, revealed.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
  const board = await lead.get(`/api/sessions/${world.sessionId}/board`);
  expect(board.text).toContain('400');
}

describe('a new key', () => {
  it('[X2] opens what the old one sealed; the old one opens nothing any more, and neither do its cookies and links', async () => {
    const old = await keyIn('server.key');
    const outcome = await command();
    expect([outcome.code, outcome.errors]).toEqual([0, '']);
    const next = await keyIn('server.key');
    expect(hex(next)).not.toBe(hex(old));
    expect(existsSync(file('server.key.next'))).toBe(false);
    await withDatabase(async (db) => {
      for (const row of await listWrappedKeys(db, null, 100)) {
        expect(() => unwrapSessionKey(old, row, row.wrappedKey)).toThrow();
        expect(unwrapSessionKey(next, row, row.wrappedKey)).toHaveLength(32);
      }
    });
    const running = await start();
    const before = visitor(running.url, world.lead.cookie);
    expect((await before.get('/api/me')).status).toBe(401);
    const peek = (token: string) => visitor(running.url).send('POST', '/api/join/peek', { token });
    expect((await peek(world.joinToken)).status).toBe(404);
    const [{ replies } = { replies: -1 }] = await running.connection.sql<{ replies: number }[]>`
      select count(*)::int as replies from command_reply`;
    expect(replies).toBe(0);
    await reveals(running);
    // The link is still there to be shown, with a token of the new key.
    const again = await visitor(running.url).send('POST', '/api/demo/sign-in', {
      memberId: world.lead.memberId,
    });
    const lead = visitor(running.url, again.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '');
    const links = (await lead.get(`/api/sessions/${world.sessionId}/links`)).body as {
      join: { url: string };
    };
    expect((await peek(new URL(links.join.url).hash.slice(1))).status).toBe(200);
    expect((await lead.get('/api/security-log?kind=key-rotated')).text).toContain('key-rotated');
  });

  it('[X2] is not made while a server runs, and nothing is changed then', async () => {
    const before = await keyIn('server.key');
    await start();
    const refused = await command();
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('A server is running')]);
    expect(hex(await keyIn('server.key'))).toBe(hex(before));
    expect(existsSync(file('server.key.next'))).toBe(false);
  });

  it('[X2] ended after it was written: the old one holds, and what is left over is taken away', async () => {
    const old = await keyIn('server.key');
    await writeNextKey({ dataDir });
    const running = await start();
    expect(hex(await keyIn('server.key'))).toBe(hex(old));
    expect(existsSync(file('server.key.next'))).toBe(false);
    await reveals(running);
  });

  it('[X2] ended in the middle of the transaction: the old one holds', async () => {
    const old = await keyIn('server.key');
    const next = await writeNextKey({ dataDir });
    await withDatabase(async (db) => {
      // The last thing written before the end fails.
      const newId = () => {
        throw new Error('killed');
      };
      await expect(rotateKey({ ...deps, newId, db }, old, next)).rejects.toThrow('killed');
    });
    await reveals(await start());
    expect(hex(await keyIn('server.key'))).toBe(hex(old));
  });

  it('[X2] ended after the commit: the next start takes the new one', async () => {
    const old = await keyIn('server.key');
    const next = await writeNextKey({ dataDir });
    await withDatabase((db) => rotateKey({ ...deps, db }, old, next));
    const running = await start();
    expect(hex(await keyIn('server.key'))).toBe(hex(next));
    expect(existsSync(file('server.key.next'))).toBe(false);
    await reveals(running);
  });

  it('[X2] from the environment is changed to one that is kept before, and the file is left alone', async () => {
    const old = hex(await keyIn('server.key'));
    const next = randomBytes(32).toString('hex');
    expect((await command({ SERVER_KEY: old })).errors).toContain('SERVER_KEY_NEXT');
    const outcome = await command({ SERVER_KEY: old, SERVER_KEY_NEXT: next });
    expect([outcome.code, outcome.told.includes(next)]).toEqual([0, false]);
    // What is in the file is the old one still: a start with it says so.
    await expect(start()).rejects.toThrow(/is not the one this database was written with/);
    const serverKey = new Uint8Array(Buffer.from(next, 'hex'));
    server = await startApp({ databaseUrl: database.url, demo: true, config: { serverKey, dataDir } });
    await reveals(server);
  });
});

describe('another key', () => {
  it('[X2] does not start: with it nothing sealed could be opened, and more would be sealed', async () => {
    await writeFile(file('server.key'), `${randomBytes(32).toString('hex')}\n`);
    await expect(start()).rejects.toThrow(/put the right one back/);
    await rm(file('server.key'));
    await expect(start()).rejects.toThrow(/put the right one back/);
    // A lost key is not replaced by a fresh one.
    expect(existsSync(file('server.key'))).toBe(false);
  });

  it('[X2] does not start on a database of a version that kept no proof, either; the right one does', async () => {
    const right = await readFile(file('server.key'), 'utf8');
    await withDatabase((db) => db.execute('delete from server_key'));
    await writeFile(file('server.key'), `${randomBytes(32).toString('hex')}\n`);
    await expect(start()).rejects.toThrow(/put the right one back/);
    await writeFile(file('server.key'), right);
    await withDatabase(async (db) => {
      const key = await chooseServerKey(place(), db, await findServerKeys(place()));
      expect(`${hex(key)}\n`).toBe(right);
    });
  });
});
