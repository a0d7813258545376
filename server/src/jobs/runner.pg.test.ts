// Jobs on real PostgreSQL, on a clock of the test's own (N6): each is done once, by whichever of many runners, whatever dies.
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { until } from '../../../test/support/rooms.ts';
import { type Connection, connect, type Tx } from '../db/client.ts';
import { createLog } from '../ops/log.ts';
import { type Done, defineKind, defineRecurring, type Kind } from './kind.ts';
import { createRunner, gapMs, mostAttempts, type Runner } from './runner.ts';
import { addJob, holdJob, takeJob } from './store.ts';

let database: FreshDatabase;
let connection: Connection;
let nowMs: number;
let lines: string[];

beforeAll(async () => {
  database = await freshDatabase();
  connection = connect(database.url);
  await connection.sql`create table effect (word text not null)`;
});

beforeEach(async () => {
  nowMs = Date.parse('2026-03-02T09:00:00Z');
  lines = [];
  await connection.sql`truncate job, effect`;
});

afterAll(async () => {
  await connection?.close(1_000);
  await database?.drop();
});

const now = () => new Date(nowMs).toISOString();
const runnerOf = (...kinds: Kind[]): Runner =>
  createRunner({
    db: connection.db,
    log: createLog('trace', { write: (line) => lines.push(line) }),
    kinds,
    now,
    newId: randomUUID,
  });

const word = z.object({ word: z.string() });
const write = (tx: Tx, text: string) => tx.execute(sql`insert into effect values (${text})`);
/** Writes its word, then does what the test wants. */
const writing = (then: (tx: Tx, text: string) => Promise<Done | undefined> = async () => undefined) =>
  defineKind('write', word, async (tx, { payload }) => {
    await write(tx, payload.word);
    return (await then(tx, payload.word)) ?? {};
  });

const add = (text: string, { key = text, kind = 'write', dueAt = now() } = {}) =>
  connection.db.transaction((tx) =>
    addJob(tx, null, { id: randomUUID(), kind, key, payload: { word: text }, dueAt }),
  );
const effects = async () =>
  (await connection.sql<{ word: string }[]>`select word from effect order by word`).map((row) => row.word);
const jobs = async () => [
  ...(await connection.sql<
    { key: string; attempts: number; due: string; error: string | null; over: boolean }[]
  >`
    select key, attempts, due_at as due, last_error as error, given_up_at is not null as over from job order by key`),
];
const dueIn = async (key: string) =>
  Date.parse((await jobs()).find((job) => job.key === key)?.due ?? '') - nowMs;

describe('a job', () => {
  it('[N6] is done once it is due, in one transaction with what it writes, and is gone', async () => {
    const runner = runnerOf(writing());
    await add('now');
    await add('later', { dueAt: new Date(nowMs + 60_000).toISOString() });
    await runner.runDue();
    expect(await effects()).toEqual(['now']);
    nowMs += 60_000;
    await runner.runDue();
    expect([await effects(), await jobs()]).toEqual([['later', 'now'], []]);
  });

  it('[N6] is added with what it follows from or not at all, and of one key only once', async () => {
    const runner = runnerOf(writing());
    const undone = connection.db.transaction(async (tx) => {
      await addJob(tx, null, {
        id: randomUUID(),
        kind: 'write',
        key: 'undone',
        payload: { word: 'undone' },
        dueAt: now(),
      });
      throw new Error('refused');
    });
    await expect(undone).rejects.toThrow('refused');
    await add('first', { key: 'same' });
    await add('second', { key: 'same' });
    await runner.runDue();
    expect(await effects()).toEqual(['first']);
  });

  it('[N6] tells after its commit, and never of what came to nothing', async () => {
    const told: string[] = [];
    const seen: string[][] = [];
    const runner = runnerOf(
      writing(async (_, text) => {
        if (text === 'bad') throw new Error('no');
        return {
          tell: () => {
            told.push(text);
            void effects().then((words) => seen.push(words));
          },
        };
      }),
    );
    await add('bad');
    await add('good');
    await runner.runDue();
    await until('it has looked', () => seen.length === 1);
    expect([told, seen]).toEqual([['good'], [['good']]]);
  });

  it('[N6] of a kind that this version does not know is left to one that does', async () => {
    await add('new', { kind: 'of-a-newer-version' });
    await runnerOf(writing()).runDue();
    expect(await jobs()).toMatchObject([{ key: 'new', attempts: 0 }]);
  });
});

describe('runners', () => {
  it('[N6] share what is due: each job is done by one of them', async () => {
    const words = Array.from({ length: 40 }, (_, index) => `w${String(index).padStart(2, '0')}`);
    for (const text of words) await add(text);
    const did = new Set<number>();
    const runners = [1, 2, 3].map((number) =>
      runnerOf(
        writing(async () => {
          did.add(number);
          return undefined;
        }),
      ),
    );
    await Promise.all(runners.map((runner) => runner.runDue()));
    expect([await effects(), await jobs()]).toEqual([words, []]);
    expect(did.size).toBeGreaterThan(1);
  });

  it('[N6] leave a job alone while another works on it, however long that takes', async () => {
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let isUnderWay = false;
    const slow = runnerOf(
      writing(async () => {
        isUnderWay = true;
        await held;
        return undefined;
      }),
    );
    await add('once');
    const first = slow.runDue();
    await until('it is under way', () => isUnderWay);
    nowMs += 24 * 60 * 60 * 1_000;
    await runnerOf(writing()).runDue();
    expect(await effects()).toEqual([]);
    letGo();
    await first;
    expect([await effects(), await jobs()]).toEqual([['once'], []]);
  });

  it('[N6] that die in the middle leave nothing half done; the job is tried again by another, and done once', async () => {
    let pid = 0;
    const dying = runnerOf(
      writing(async (tx) => {
        const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
        pid = row?.pid ?? 0;
        await tx.execute(sql`select pg_sleep(60)`);
        return undefined;
      }),
    );
    await add('crash');
    const first = dying.runDue();
    await until('it is halfway', () => pid > 0);
    await connection.sql`select pg_terminate_backend(${pid})`;
    await first;
    expect([await effects(), await jobs()]).toMatchObject([[], [{ key: 'crash', attempts: 1, over: false }]]);
    const other = runnerOf(writing());
    await other.runDue();
    expect(await effects()).toEqual([]);
    nowMs += gapMs(1);
    await other.runDue();
    expect([await effects(), await jobs()]).toEqual([['crash'], []]);
  });

  it('[N6] that wake after another has tried their job do nothing', async () => {
    await add('once');
    const taken = await takeJob(connection.db, ['write'], now(), () => now());
    await runnerOf(writing()).runDue();
    expect([await effects(), await jobs()]).toEqual([['once'], []]);
    const isMine = taken && (await connection.db.transaction((tx) => holdJob(tx, taken)));
    expect([taken?.attempts, isMine]).toEqual([1, false]);
  });
});

describe('a job that fails', () => {
  it('[N6] leaves nothing, is put off for longer each time, and is done when it succeeds', async () => {
    let failures = 3;
    const runner = runnerOf(
      writing(async () => {
        if (failures === 0) return undefined;
        failures -= 1;
        throw new Error('the post is closed');
      }),
    );
    await add('mail');
    for (const attempts of [1, 2, 3]) {
      await runner.runDue();
      expect(await jobs()).toMatchObject([{ attempts, error: 'Error: the post is closed', over: false }]);
      expect(await dueIn('mail')).toBe(gapMs(attempts));
      nowMs += gapMs(attempts) - 1;
      await runner.runDue();
      expect((await jobs())[0]?.attempts).toBe(attempts);
      nowMs += 1;
    }
    expect(await effects()).toEqual([]);
    await runner.runDue();
    expect([await effects(), await jobs()]).toEqual([['mail'], []]);
    expect([gapMs(1), gapMs(2), gapMs(3), gapMs(30)]).toEqual([30_000, 60_000, 120_000, 21_600_000]);
  });

  it('[N6] each time is kept when given up on, seen in log and numbers, and stands in nobody’s way', async () => {
    const runner = runnerOf(
      writing(async (_, text) => {
        if (text === 'never') throw new Error('no such address');
        return undefined;
      }),
    );
    await add('never');
    for (let attempts = 1; attempts <= mostAttempts; attempts += 1) {
      await add(`beside ${attempts}`);
      await runner.runDue();
      nowMs += gapMs(attempts);
    }
    await runner.runDue();
    expect(await effects()).toHaveLength(mostAttempts);
    expect(await jobs()).toMatchObject([
      { key: 'never', attempts: mostAttempts, error: 'Error: no such address', over: true },
    ]);
    expect([runner.failed.get('write'), runner.givenUp]).toEqual([mostAttempts, 1]);
    const told = lines.filter((line) => line.includes('"kind":"write"'));
    expect(told).toHaveLength(mostAttempts);
    expect(told.filter((line) => line.includes('given up on'))).toEqual([told.at(-1)]);
    // Somebody has seen to the cause: it may be tried again.
    await connection.sql`update job set given_up_at = null, attempts = 0, due_at = ${now()}`;
    await runnerOf(writing()).runDue();
    expect(await effects()).toContain('never');
  });

  it('[N6] by ending its process is given up on like any other', async () => {
    await add('kills');
    await connection.sql`update job set attempts = ${mostAttempts}`;
    await runnerOf(writing()).runDue();
    expect([await effects(), await jobs()]).toMatchObject([[], [{ key: 'kills', over: true }]]);
  });

  it('[N6] because of what it carries tells neither log nor table what that is', async () => {
    await add('good', { key: 'wrong' });
    await connection.sql`update job set payload = '{"words": "planted marker"}'`;
    const breaking = defineKind('break', word, async (tx, { payload }) => {
      await tx.execute(sql`select ${payload.word}::text::int`);
      return {};
    });
    await add('planted marker', { key: 'query', kind: 'break' });
    await runnerOf(writing(), breaking).runDue();
    expect((await jobs()).map(({ error }) => error)).toEqual([
      expect.stringContaining('22P02'),
      expect.stringContaining('ZodError'),
    ]);
    expect(JSON.stringify([lines, (await jobs()).map(({ error }) => error)])).not.toContain('planted marker');
  });
});

describe('a recurring job', () => {
  let runs: number;
  let fails: boolean;
  const minutely = () =>
    defineRecurring('look', 60_000, async (tx) => {
      runs += 1;
      await write(tx, `run ${runs}`);
      if (fails) throw new Error('not now');
      return { more: runs === 2 };
    });
  beforeEach(() => {
    [runs, fails] = [0, false];
  });

  it('[N6] is there once for all runners, comes again by itself, and at once where more is to do', async () => {
    await Promise.all([runnerOf(minutely()), runnerOf(minutely())].map((runner) => runner.runDue()));
    expect([runs, (await jobs()).length]).toEqual([1, 1]);
    expect(await dueIn('')).toBe(60_000);
    nowMs += 60_000;
    await runnerOf(minutely()).runDue();
    expect(runs).toBe(3);
  });

  it('[N6] that fails is tried sooner, then as often as ever, is never given up on, and forgets it once it is well', async () => {
    fails = true;
    const runner = runnerOf(minutely());
    for (let tries = 1; tries <= mostAttempts + 3; tries += 1) {
      await runner.runDue();
      expect(await jobs()).toMatchObject([{ attempts: tries, over: false }]);
      expect(await dueIn('')).toBe(tries === 1 ? 30_000 : 60_000);
      nowMs += 60_000;
    }
    [runs, fails] = [10, false];
    await runner.runDue();
    expect(await jobs()).toMatchObject([{ attempts: 0, error: null }]);
  });
});

describe('the clock', () => {
  const stopped: Runner[] = [];
  afterEach(async () => {
    for (const runner of stopped.splice(0)) await runner.stop();
  });

  it('[N6] does what comes due by itself, and takes nothing more once it is stopped', async () => {
    const runner = runnerOf(writing());
    stopped.push(runner);
    await add('at once');
    runner.start();
    await until('it is done', async () => (await effects()).length === 1);
    await add('soon');
    await until('so is the next', async () => (await effects()).length === 2);
    await runner.stop();
    await add('too late');
    await runner.runDue();
    expect(await jobs()).toMatchObject([{ key: 'too late', attempts: 0 }]);
  });

  it('[N6] says how long the oldest has waited, once that is longer than any should', async () => {
    const runner = runnerOf(writing());
    await add('later', { dueAt: new Date(nowMs + 1_000).toISOString() });
    await runner.runDue();
    nowMs += 30_000;
    expect(runner.overdueMs).toBe(0);
    nowMs += 60_000;
    expect(runner.overdueMs).toBe(89_000);
  });
});
