// Processes of PostgreSQL by the folder they work on: what a killed server left running, and what must end at a stop.
// Only processes that are certainly PostgreSQL's on that very folder may be ended.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Process ids of the postmaster on this cluster and, under Linux, of any backend it left, the postmaster first. */
export async function processesIn(folder: string): Promise<number[]> {
  const postmaster = await postmasterOf(folder);
  if (process.platform !== 'linux') {
    return postmaster !== null && (await commandOf(postmaster)).includes('postgres') ? [postmaster] : [];
  }
  const real = await realpath(folder).catch(() => null);
  if (real === null) return [];
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const cwd = await readlink(`/proc/${entry}/cwd`).catch(() => null);
    if (cwd !== real) continue;
    const name = await readFile(`/proc/${entry}/comm`, 'utf8').catch(() => '');
    if (name.trim() === 'postgres') found.push(Number(entry));
  }
  return found.sort((a, b) => Number(b === postmaster) - Number(a === postmaster));
}

/**
 * Ends whatever PostgreSQL a killed server left on this cluster, and takes away a `postmaster.pid` whose process is none of
 * it: the number may meanwhile be another program's, and PostgreSQL would then refuse to start.
 */
export async function endLeftovers(folder: string): Promise<void> {
  await endProcesses(await processesIn(folder));
  if ((await processesIn(folder)).length === 0)
    await rm(path.join(folder, 'postmaster.pid'), { force: true });
}

async function postmasterOf(folder: string): Promise<number | null> {
  const text = await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && pid > 1 && isAlive(pid) ? pid : null;
}

async function commandOf(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).catch(() => ({
    stdout: '',
  }));
  return stdout;
}

/** A zombie counts as gone: it does nothing any more, and some containers never reap theirs. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {}
}

/** Ends the first with a fast shutdown, which ends its backends; whatever lives after 8 s is killed. */
export async function endProcesses(pids: readonly number[]): Promise<void> {
  const [postmaster, ...others] = pids;
  if (postmaster === undefined) return;
  signal(postmaster, 'SIGINT');
  if (!(await areGone(pids, 8_000))) {
    signal(postmaster, 'SIGQUIT');
    if (!(await areGone(pids, 2_000))) for (const pid of [postmaster, ...others]) signal(pid, 'SIGKILL');
    await areGone(pids, 5_000);
  }
}

async function areGone(pids: readonly number[], withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (pids.some(isAlive)) {
    if (Date.now() > deadline) return false;
    await pause(10);
  }
  return true;
}
