// The real server as a process, to be opened by browsers, killed and started again on the same data.
// It may import nothing of the server: Playwright loads this file, too.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('../..', import.meta.url));

export interface AppProcessOptions {
  /** Data folder of the embedded database; from `temporaryFolder()`. */
  readonly dataDir: string;
  /** `source` runs the sources through tsx (the default), `bundle` what was built (needed for pages). */
  readonly from?: 'source' | 'bundle';
  /** Top of the checkout that is run; this one if left out. */
  readonly root?: string;
  /** More environment, such as DATABASE_URL or PORT. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it leads a process group of its own, as a command at a terminal does: `process.kill(-pid)` reaches all of it. */
  readonly ownGroup?: boolean;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface AppProcess {
  /** Origin from the line it printed. */
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<ProcessEnd>;
  /** Everything it wrote so far, both streams. */
  output(): string;
  /** Sends a signal and waits for its end; SIGKILL if left out, which leaves PostgreSQL running. */
  kill(signal?: NodeJS.Signals): Promise<ProcessEnd>;
  /** SIGTERM, and waits: the database is stopped, too. */
  stop(): Promise<ProcessEnd>;
}

/** A server that ended before it was ready: `message` is everything it wrote, `end` how it ended. */
export class AppProcessEnded extends Error {
  readonly end: ProcessEnd;
  constructor(output: string, end: ProcessEnd) {
    super(output);
    this.name = 'AppProcessEnded';
    this.end = end;
  }
}

/**
 * Starts a server on a free port and resolves when it has printed its address.
 * @throws {AppProcessEnded} when it ends before.
 */
export async function startAppProcess(options: AppProcessOptions): Promise<AppProcess> {
  const { root = here } = options;
  const isBundle = options.from === 'bundle';
  const bundle = path.join(root, 'server/dist/main.js');
  if (isBundle && !existsSync(bundle)) throw new Error('server/dist is missing: build it first');
  const args = isBundle ? [bundle] : ['--import', 'tsx', 'server/src/main.ts'];
  const { DATABASE_URL: _1, PUBLIC_URL: _2, DEMO: _3, HTTPS: _4, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--enable-source-maps', ...args], {
    cwd: root,
    env: { ...inherited, PORT: '0', HOST: '127.0.0.1', ...options.environment, DATA_DIR: options.dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: options.ownGroup ?? false,
  });
  let output = '';
  const ended = endOf(child);
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const ready = /Attune is ready at (\S+)/.exec(output);
      if (ready?.[1] !== undefined) resolve(ready[1]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    ended.then((end) => reject(new AppProcessEnded(output, end)));
  });
  const kill = (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal);
    return ended;
  };
  return { url, pid: child.pid ?? 0, ended, output: () => output, kill, stop: () => kill('SIGTERM') };
}

function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
}

/** A folder for one test, and what takes it away again. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'attune-test-'));
  return { path: folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
