// The embedded PostgreSQL: made, started, watched and stopped here. It listens on 127.0.0.1 only, behind a random
// password kept in the data folder. The caller holds the folder's lock; nothing here may run without it.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../ops/log.ts';
import { StartError } from '../start-error.ts';
import { checkClusterFolder } from './cluster-folder.ts';
import { endLeftovers, endProcesses } from './leftover.ts';
import {
  chooseUser,
  findBinaries,
  type PostgresBinaries,
  type RunAs,
  reachableBinaries,
} from './postgres-binaries.ts';

export interface EmbeddedOptions {
  /** Absolute data folder; the cluster lies in its `postgres` folder, the password in `postgres.password`. */
  readonly dataDir: string;
  /** Whether commits reach the disk (fsync). `false` is for tests alone. */
  readonly durable: boolean;
  readonly log: Logger;
}

export interface EmbeddedPostgres {
  /** Address of its one database, password included: never logged. The same as long as this runs. */
  readonly url: string;
  /** Process id of the running postmaster, `null` while it is being restarted. */
  pid(): number | null;
  /** Stops it in good order (a fast shutdown), by force after 8 s. */
  stop(): Promise<void>;
}

interface Cluster {
  readonly folder: string;
  readonly binaries: string;
  readonly user: RunAs | null;
  readonly options: EmbeddedOptions;
}

/**
 * Makes the cluster at the first start, ends what a killed server left running, starts PostgreSQL on a free port and
 * starts it again whenever it dies.
 * @throws {StartError} with a sentence for the person at the terminal.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = path.join(options.dataDir, 'postgres');
  const binaries = findBinaries(await majorOfCluster(folder));
  const user = chooseUser(folder);
  const cluster: Cluster = { folder, binaries: await reachableBinaries(binaries, user), user, options };
  if (user !== null && process.platform !== 'linux') {
    throw new StartError(
      'PostgreSQL does not run as root: start Attune as an ordinary user, or set DATABASE_URL.',
    );
  }
  await checkClusterFolder(folder, user);
  await endLeftovers(folder);
  const password = await ensureCluster(cluster, binaries);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      const child = await launch(cluster, port);
      return watch(cluster, child, port, password);
    } catch (error) {
      if (attempt === 3) throw error;
      options.log.warn({ error }, 'the embedded database did not start, trying again');
    }
  }
}

/** The address of an embedded database that a server runs on this folder now, password included; `null` where none does. */
export async function findRunning(dataDir: string): Promise<string | null> {
  const read = (name: string) => readFile(path.join(dataDir, name), 'utf8').catch(() => null);
  const [password, lines] = [await read('postgres.password'), await read('postgres/postmaster.pid')];
  const port = lines?.split('\n')[3]?.trim();
  return password && port ? addressOf(password.trim(), port) : null;
}

const addressOf = (password: string, port: number | string) =>
  `postgres://attune:${password}@127.0.0.1:${port}/postgres`;

async function majorOfCluster(folder: string): Promise<number | null> {
  const file = path.join(folder, 'PG_VERSION');
  if (!existsSync(folder)) return null;
  try {
    return Number.parseInt(await readFile(file, 'utf8'), 10);
  } catch {
    throw new StartError(
      `The database in ${folder} cannot be read by this user: start Attune as the user that made it, or set DATA_DIR to another folder.`,
    );
  }
}

/** Makes the cluster where there is none, in a folder of its own that gets its name when it is complete. */
async function ensureCluster(cluster: Cluster, binaries: PostgresBinaries): Promise<string> {
  const passwordFile = path.join(cluster.options.dataDir, 'postgres.password');
  if (existsSync(cluster.folder)) {
    try {
      return (await readFile(passwordFile, 'utf8')).trim();
    } catch {
      throw new StartError(
        `The data folder has a database and its password is missing (${passwordFile}): put that file back, or set DATA_DIR to another folder.`,
      );
    }
  }
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await chmod(passwordFile, 0o600);
  const unfinished = `${cluster.folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const scratch = await mkdtemp(path.join(tmpdir(), 'attune-initdb-'));
  try {
    const handed = path.join(scratch, 'password');
    await writeFile(handed, `${password}\n`, { mode: 0o600 });
    if (cluster.user !== null) {
      for (const one of [unfinished, scratch, handed]) await chown(one, cluster.user.uid, cluster.user.gid);
    }
    const locale = binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
    const args = [
      '--username=attune',
      '--auth=scram-sha-256',
      `--pwfile=${handed}`,
      '--encoding=UTF8',
      '--locale=C',
      ...locale,
    ];
    if (!cluster.options.durable) args.push('--no-sync');
    const child = spawnIn({ ...cluster, folder: unfinished }, 'initdb', args);
    const output = keepOutput(child, cluster.options.log);
    const code = await new Promise((resolve) => {
      child.once('error', resolve);
      child.once('close', resolve);
    });
    if (code !== 0) throw new StartError(`The database could not be made in ${unfinished}: ${output()}`);
    await rename(unfinished, cluster.folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return password;
}

/**
 * Runs one of PostgreSQL's programs on the cluster's folder. Under Linux the folder is handed over as the working
 * directory: libuv enters it before it drops root, so the data may lie where that user could not go (under /root).
 */
function spawnIn(cluster: Cluster, program: string, args: readonly string[]): ChildProcess {
  const { LD_PRELOAD: _preload, ...environment } = process.env;
  const own = Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('PG')));
  return spawn(
    path.join(cluster.binaries, program),
    ['-D', process.platform === 'linux' ? '/proc/self/cwd' : cluster.folder, ...args],
    {
      cwd: cluster.folder,
      env: { ...own, TZ: 'UTC', LC_ALL: 'C' },
      // Its own process group: Ctrl-C in a terminal reaches us alone, and we stop the database last.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cluster.user ?? {}),
    },
  );
}

/** Sends the program's output to the log; returns its last lines. */
function keepOutput(child: ChildProcess, log: Logger): () => string {
  const last: string[] = [];
  const keep = (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n').filter(Boolean)) {
      log.debug({ postgres: line }, 'postgres says');
      last.push(line);
      if (last.length > 12) last.shift();
    }
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => last.join(' | ') || 'it said nothing.';
}

function settings(port: number, durable: boolean): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    // Statements and rows stay out of the log: they could hold what people wrote.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Starts the postmaster; resolves when it takes connections, also after a long recovery. */
async function launch(cluster: Cluster, port: number): Promise<ChildProcess> {
  const child = spawnIn(cluster, 'postgres', settings(port, cluster.options.durable));
  const output = keepOutput(child, cluster.options.log);
  let ended = false;
  child.once('error', () => {
    ended = true;
  });
  child.once('exit', () => {
    ended = true;
  });
  const pidFile = path.join(cluster.folder, 'postmaster.pid');
  while (!ended) {
    const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return child;
    await pause(15);
  }
  throw new StartError(`The embedded database did not start: ${output()}`);
}

function watch(cluster: Cluster, first: ChildProcess, port: number, password: string): EmbeddedPostgres {
  const { log } = cluster.options;
  let current: ChildProcess | null = first;
  let stopping = false;
  let restart: Promise<void> = Promise.resolve();

  const restartUntilItRuns = async () => {
    for (let delayMs = 100; !stopping; delayMs = Math.min(delayMs * 2, 5_000)) {
      try {
        await endLeftovers(cluster.folder);
        const child = await launch(cluster, port);
        adopt(child);
        log.warn('the embedded database runs again');
        return;
      } catch (error) {
        log.error({ error }, 'the embedded database did not start again');
        await pause(delayMs);
      }
    }
  };
  const adopt = (child: ChildProcess) => {
    current = child;
    const ended = () => {
      current = null;
      if (stopping) return;
      log.error({ exitCode: child.exitCode, signal: child.signalCode }, 'the embedded database has died');
      restart = restartUntilItRuns();
    };
    if (child.exitCode !== null || child.signalCode !== null) ended();
    else child.once('exit', ended);
  };
  adopt(first);

  return {
    url: addressOf(password, port),
    pid: () => current?.pid ?? null,
    async stop() {
      stopping = true;
      await restart;
      if (current?.pid !== undefined) await endProcesses([current.pid]);
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}
