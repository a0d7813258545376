// Birth and death of the real process on a data folder of its own, embedded PostgreSQL included.

import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import postgres from 'postgres';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type AppProcess,
  AppProcessEnded,
  startAppProcess,
  temporaryFolder,
} from '../support/app-process.ts';
import { visitor } from '../support/people.ts';
import { freshDatabase } from '../support/postgres.ts';

const running: AppProcess[] = [];
const folders: { remove(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.stop()));
  await Promise.all(folders.splice(0).map((folder) => folder.remove()));
});

async function newFolder(): Promise<string> {
  const folder = await temporaryFolder();
  folders.push(folder);
  return folder.path;
}

/** Begun empty unless it is said otherwise: filling in the demo takes longer than all the rest. */
async function start(dataDir: string, environment: Record<string, string> = {}): Promise<AppProcess> {
  const app = await startAppProcess({ dataDir, environment: { DEMO: '0', ...environment } });
  running.push(app);
  return app;
}

async function failure(dataDir: string, environment: Record<string, string>): Promise<AppProcessEnded> {
  const outcome = await startAppProcess({ dataDir, environment }).catch((error: unknown) => error);
  if (outcome instanceof AppProcessEnded) return outcome;
  throw new Error('the server started, or failed otherwise');
}

async function postmaster(dataDir: string): Promise<{ pid: number; port: number }> {
  const lines = (await readFile(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

async function databaseUrl(dataDir: string): Promise<string> {
  const password = (await readFile(path.join(dataDir, 'postgres.password'), 'utf8')).trim();
  return `postgres://attune:${password}@127.0.0.1:${(await postmaster(dataDir)).port}/postgres`;
}

async function query<T>(url: string, run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    return await run(sql);
  } finally {
    await sql.end();
  }
}

/** Zombies are not alive: containers whose first process reaps nobody keep them. */
async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State: X');
  return !/^State:\s+[ZX]/m.test(status);
}

/** All that a start prints which nobody else can reach: the address first, and at the end the command that lets others in. */
function printedHere(url: string, setUpLink = ''): RegExp {
  const [address, link] = [url, setUpLink].map((text) => text.replace(/[.?+#]/g, '\\$&'));
  const first = link ? `Make the first administrator at ${link}\\n` : '';
  return new RegExp(
    `^Attune is ready at ${address}\\n${first}Nobody else can open this address: .*\\n  HOST=.* npm start\\nThis machine.*\\n$`,
  );
}

const readMark = (url: string) =>
  query(url, async (sql) => (await sql`select text from mark`).map((row) => String(row.text)));

const writeMark = (url: string) =>
  query(url, async (sql) => {
    await sql`create table mark (text text)`;
    await sql`insert into mark values ('kept')`;
  });

describe('start and stop', { timeout: 60_000 }, () => {
  it('[X6] prints the address and who can open it, answers there, and SIGTERM stops the database, too', async () => {
    const dataDir = await newFolder();
    const app = await start(dataDir, { DEMO: '1' });
    expect(app.output()).toMatch(printedHere(app.url));
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${app.url}/readyz`)).json()).toEqual({ status: 'ready' });
    const { pid } = await postmaster(dataDir);
    expect(await app.stop()).toEqual({ code: 0, signal: null });
    expect(await isAlive(pid)).toBe(false);
    expect(app.output()).toMatch(printedHere(app.url));
  });

  it('[X6] Ctrl-C stops everything, the database too, though the terminal tells the database as well', async () => {
    const dataDir = await newFolder();
    const app = await startAppProcess({ dataDir, ownGroup: true });
    running.push(app);
    const { pid } = await postmaster(dataDir);
    process.kill(-app.pid, 'SIGINT');
    expect(await app.ended).toEqual({ code: 0, signal: null });
    expect(await isAlive(pid)).toBe(false);
    expect(app.output()).toMatch(printedHere(app.url));
  });

  it('[X6] refuses a second start on the same data folder, and the first goes on', async () => {
    const dataDir = await newFolder();
    const app = await start(dataDir);
    const second = await failure(dataDir, {});
    expect(second.end.code).toBe(1);
    expect(second.message).toBe(
      `Another Attune is running on the data folder ${dataDir}: use that one, stop it, or set DATA_DIR to another folder.\n`,
    );
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  });

  it('[X6] works and keeps the data after kill -9 of the server alone', async () => {
    const dataDir = await newFolder();
    const app = await start(dataDir);
    await writeMark(await databaseUrl(dataDir));
    const orphan = await postmaster(dataDir);
    await app.kill();
    expect(await isAlive(orphan.pid)).toBe(true);
    await start(dataDir);
    expect(await isAlive(orphan.pid)).toBe(false);
    expect(await readMark(await databaseUrl(dataDir))).toEqual(['kept']);
  });

  it('[X6] works and keeps the data after kill -9 of the whole tree', async () => {
    const dataDir = await newFolder();
    const app = await start(dataDir);
    await writeMark(await databaseUrl(dataDir));
    const { pid } = await postmaster(dataDir);
    process.kill(pid, 'SIGKILL');
    await app.kill();
    await start(dataDir);
    expect(await readMark(await databaseUrl(dataDir))).toEqual(['kept']);
  });

  it('[X6] runs the database again after it died', async () => {
    const dataDir = await newFolder();
    const app = await start(dataDir);
    const before = await postmaster(dataDir);
    process.kill(before.pid, 'SIGKILL');
    await vi.waitFor(
      async () => {
        const { pid } = await postmaster(dataDir);
        expect(pid).toBeGreaterThan(1);
        expect(pid).not.toBe(before.pid);
        expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
      },
      { timeout: 20_000, interval: 50 },
    );
    expect((await postmaster(dataDir)).port).toBe(before.port);
  });

  it('[live 2] stops in good order although the database is frozen', async () => {
    const dataDir = await newFolder();
    const app = await start(dataDir);
    const { pid } = await postmaster(dataDir);
    process.kill(pid, 'SIGSTOP');
    expect(await app.stop()).toEqual({ code: 0, signal: null });
    expect(await isAlive(pid)).toBe(false);
  });

  it('[X6] lets nobody into the database without the password, which its owner alone can read', async () => {
    const dataDir = await newFolder();
    await start(dataDir);
    const url = new URL(await databaseUrl(dataDir));
    url.password = 'wrong';
    await expect(query(url.href, (sql) => sql`select 1`)).rejects.toThrow(/password authentication failed/);
    for (const file of ['postgres.password', 'server.key']) {
      expect((await stat(path.join(dataDir, file))).mode & 0o077).toBe(0);
    }
  });

  it('[X6] tells every bad variable at once', async () => {
    const { end, message } = await failure(await newFolder(), { PORT: 'http', LOG_LEVEL: 'loud' });
    expect(end.code).toBe(1);
    expect(message).toMatch(/^PORT is "http", .*\nLOG_LEVEL is "loud", .*\n$/);
  });

  it('[X6] says that the port is taken, and leaves no database behind', async () => {
    const blocker = createServer();
    const port = await new Promise<number>((resolve) => {
      blocker.listen(0, '127.0.0.1', () => {
        const address = blocker.address();
        resolve(address !== null && typeof address === 'object' ? address.port : 0);
      });
    });
    const dataDir = await newFolder();
    const { end, message } = await failure(dataDir, { PORT: String(port) });
    blocker.close();
    expect(end.code).toBe(1);
    expect(message).toBe(
      `Something else listens on port ${port} of 127.0.0.1: stop it, or set PORT to another number.\n`,
    );
    await expect(postmaster(dataDir)).rejects.toThrow(/ENOENT/);
  });

  it('[X6] says that the database of DATABASE_URL does not answer', async () => {
    const { end, message } = await failure(await newFolder(), {
      DATABASE_URL: 'postgres://me:secret@127.0.0.1:9/attune',
    });
    expect(end.code).toBe(1);
    expect(message).toMatch(
      /^The database of DATABASE_URL at 127\.0\.0\.1:9 does not answer \(ECONNREFUSED\): .*\n$/,
    );
    expect(message).not.toContain('secret');
  });

  it.each([
    ['password', 'refuses this user or password'],
    ['pathname', 'has no database "wrong"'],
  ] as const)('[X6] says so when DATABASE_URL has a wrong %s', async (part, sentence) => {
    const dataDir = await newFolder();
    await start(dataDir);
    const url = new URL(await databaseUrl(dataDir));
    url[part] = 'wrong';
    const { end, message } = await failure(await newFolder(), { DATABASE_URL: url.href });
    expect(end.code).toBe(1);
    expect(message).toContain(sentence);
    expect(message.trim().split('\n')).toHaveLength(1);
  });

  it('[X6] says that the data folder is a file, or cannot be written', async () => {
    const file = path.join(await newFolder(), 'file');
    await writeFile(file, '');
    // Root may write wherever the kernel lets anybody.
    const closed = process.getuid?.() === 0 ? '/sys/attune' : await newFolder();
    if (!closed.startsWith('/sys')) await chmod(closed, 0o500);
    for (const dataDir of [file, path.join(file, 'below'), closed]) {
      const { end, message } = await failure(dataDir, {});
      expect(end.code).toBe(1);
      expect(message).toMatch(/^The data folder .+ cannot be (made|locked): .+\.\n$/);
      expect(message).toContain(dataDir);
      expect(message).toContain('Set DATA_DIR to a folder that can be written.');
    }
    // With a database of one's own there is only the key to keep there.
    const { end, message } = await failure(file, { DATABASE_URL: 'postgres://me:secret@127.0.0.1:9/attune' });
    expect(end.code).toBe(1);
    expect(message).toMatch(/^The server's key .+ can be neither read nor made: .+\.\n$/);
  });

  it.each([
    [
      'holds too little',
      (file: string) => writeFile(file, 'abc123\n'),
      'holds no key of 64 hexadecimal digits',
    ],
    ['holds nothing', (file: string) => writeFile(file, ''), 'holds no key of 64 hexadecimal digits'],
    ['is a folder', (file: string) => mkdir(file), 'can be neither read nor made: EISDIR'],
  ])('[X6] says so when server.key %s, and leaves no database behind', async (_, spoil, sentence) => {
    const dataDir = await newFolder();
    const file = path.join(dataDir, 'server.key');
    await spoil(file);
    const { end, message } = await failure(dataDir, {});
    expect(end.code).toBe(1);
    expect(message).toContain(file);
    expect(message).toContain(sentence);
    expect(message).toContain('set SERVER_KEY');
    expect(message.trim().split('\n')).toHaveLength(1);
    await expect(postmaster(dataDir)).rejects.toThrow(/ENOENT/);
  });

  it('[X6] says that HOST is no address of this machine', async () => {
    const { end, message } = await failure(await newFolder(), { HOST: '192.0.2.1' });
    expect(end.code).toBe(1);
    expect(message).toMatch(
      /^Attune cannot listen on port 0 of 192\.0\.2\.1 \(.*EADDRNOTAVAIL.*\): set HOST to an address of this machine\.\n$/,
    );
  });

  it('[O5] a database of one’s own: the first start prints a set-up link and fills in nobody, and none is printed once it was used', async () => {
    const database = await freshDatabase();
    try {
      await query(database.url, async (sql) => {
        await sql`drop schema public cascade`;
        await sql`drop schema drizzle cascade`;
        await sql`create schema public`;
      });
      const dataDir = await newFolder();
      const own = { DATABASE_URL: database.url };
      const first = await start(dataDir, own);
      await vi.waitFor(() => expect(first.output()).toContain('/set-up#'));
      const unused = /#([\w-]{43})\n/.exec(first.output())?.[1] ?? '';
      expect(first.output()).toMatch(printedHere(first.url, `${first.url}/set-up#${unused}`));
      const count = await query(
        database.url,
        (sql) =>
          sql`select (select count(*)::int from organisation) + (select count(*)::int from member) as n`,
      );
      expect(count[0]?.n).toBe(0);
      const browser = visitor(first.url);
      expect((await browser.get('/api/welcome')).body).toMatchObject({ demo: null });
      await first.stop();

      // A later start makes a new link, and the one before is no good any more.
      const second = await start(dataDir, own);
      await vi.waitFor(() => expect(second.output()).toContain('/set-up#'));
      const token = /#([\w-]{43})\n/.exec(second.output())?.[1] ?? '';
      const setUp = (with_: string) =>
        visitor(second.url).send('POST', '/api/set-up', {
          token: with_,
          organisation: 'Northwind',
          name: 'Sofia',
          email: 'sofia@example.org',
          password: 'correct horse battery',
        });
      expect((await setUp(unused)).status).toBe(404);
      expect((await setUp(token)).status).toBeLessThan(300);
      expect((await setUp(token)).status).toBe(404);
      await second.stop();

      const third = await start(dataDir, own);
      expect((await fetch(`${third.url}/readyz`)).status).toBe(200);
      await third.stop();
      expect(third.output()).toMatch(printedHere(third.url));
    } finally {
      await database.drop();
    }
  });

  it('[X6] ends on a signal while it is starting', async () => {
    const dataDir = await newFolder();
    const outcome = startAppProcess({ dataDir }).then(
      (app) => app.ended,
      (error: unknown) => (error instanceof AppProcessEnded ? error.end : null),
    );
    const pid = await vi.waitFor(
      async () => {
        // The file is there a moment before it is written.
        const { pid: found } = await postmaster(dataDir);
        expect(found).toBeGreaterThan(1);
        return found;
      },
      { timeout: 20_000, interval: 5 },
    );
    const parent = /^PPid:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'));
    process.kill(Number(parent?.[1]), 'SIGTERM');
    expect(await outcome).toEqual({ code: 0, signal: null });
    expect(await isAlive(pid)).toBe(false);
  });
});
