// Birth and death of the real process on a data folder of its own, embedded PostgreSQL included.

import { readFile, stat } from 'node:fs/promises';
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

async function start(dataDir: string, environment: Record<string, string> = {}): Promise<AppProcess> {
  const app = await startAppProcess({ dataDir, environment });
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

const readMark = (url: string) =>
  query(url, async (sql) => (await sql`select text from mark`).map((row) => String(row.text)));

const writeMark = (url: string) =>
  query(url, async (sql) => {
    await sql`create table mark (text text)`;
    await sql`insert into mark values ('kept')`;
  });

describe('start and stop', { timeout: 60_000 }, () => {
  it('[start] prints the address alone, answers there, and SIGTERM stops the database, too', async () => {
    const dataDir = await newFolder();
    const app = await start(dataDir);
    expect(app.output()).toBe(`Attune is ready at ${app.url}\n`);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${app.url}/readyz`)).json()).toEqual({ status: 'ready' });
    const { pid } = await postmaster(dataDir);
    expect(await app.stop()).toEqual({ code: 0, signal: null });
    expect(await isAlive(pid)).toBe(false);
    expect(app.output()).toBe(`Attune is ready at ${app.url}\n`);
  });

  it('[start] refuses a second start on the same data folder, and the first goes on', async () => {
    const dataDir = await newFolder();
    const app = await start(dataDir);
    const second = await failure(dataDir, {});
    expect(second.end.code).toBe(1);
    expect(second.message).toBe(
      `Another Attune is running on the data folder ${dataDir}: use that one, stop it, or set DATA_DIR to another folder.\n`,
    );
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  });

  it('[start] works and keeps the data after kill -9 of the server alone', async () => {
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

  it('[start] works and keeps the data after kill -9 of the whole tree', async () => {
    const dataDir = await newFolder();
    const app = await start(dataDir);
    await writeMark(await databaseUrl(dataDir));
    const { pid } = await postmaster(dataDir);
    process.kill(pid, 'SIGKILL');
    await app.kill();
    await start(dataDir);
    expect(await readMark(await databaseUrl(dataDir))).toEqual(['kept']);
  });

  it('[start] runs the database again after it died', async () => {
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

  it('[live 2] stops within 20 s although the database is frozen', async () => {
    const dataDir = await newFolder();
    const app = await start(dataDir);
    const { pid } = await postmaster(dataDir);
    process.kill(pid, 'SIGSTOP');
    const started = performance.now();
    expect(await app.stop()).toEqual({ code: 0, signal: null });
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(await isAlive(pid)).toBe(false);
  });

  it('[start] lets nobody into the database without the password, which its owner alone can read', async () => {
    const dataDir = await newFolder();
    await start(dataDir);
    const url = new URL(await databaseUrl(dataDir));
    url.password = 'wrong';
    await expect(query(url.href, (sql) => sql`select 1`)).rejects.toThrow(/password authentication failed/);
    for (const file of ['postgres.password', 'server.key']) {
      expect((await stat(path.join(dataDir, file))).mode & 0o077).toBe(0);
    }
  });

  it('[start] tells every bad variable at once', async () => {
    const { end, message } = await failure(await newFolder(), { PORT: 'http', LOG_LEVEL: 'loud' });
    expect(end.code).toBe(1);
    expect(message).toMatch(/^PORT is "http", .*\nLOG_LEVEL is "loud", .*\n$/);
  });

  it('[start] says that the port is taken, and leaves no database behind', async () => {
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

  it('[start] says that the database of DATABASE_URL does not answer', async () => {
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
  ] as const)('[start] says so when DATABASE_URL has a wrong %s', async (part, sentence) => {
    const dataDir = await newFolder();
    await start(dataDir);
    const url = new URL(await databaseUrl(dataDir));
    url[part] = 'wrong';
    const { end, message } = await failure(await newFolder(), { DATABASE_URL: url.href });
    expect(end.code).toBe(1);
    expect(message).toContain(sentence);
    expect(message.trim().split('\n')).toHaveLength(1);
  });

  it('[start] ends on a signal while it is starting', async () => {
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
