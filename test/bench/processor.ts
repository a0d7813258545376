// Processor time that a process has used, read from /proc: on Linux alone, not a number elsewhere.
import { readdir, readFile } from 'node:fs/promises';

/** A hundred a second on every Linux that Node supports. */
const tickMs = 10;

interface Times {
  readonly parent: number;
  /** Its own, every thread's; and that of children that have ended, in ticks. */
  readonly own: number;
  readonly ended: number;
}

async function timesOf(pid: number | string): Promise<Times | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
  if (stat === null) return null;
  // The command's name may hold blanks and brackets: the fields count from behind its last one.
  const field = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const at = (index: number) => field[index] ?? 0;
  return { parent: at(1), own: at(11) + at(12), ended: at(13) + at(14) };
}

/** Of a process, its children, and those that have ended, in ms. */
export async function processorMs(pid: number): Promise<number> {
  const root = await timesOf(pid);
  if (!root) return Number.NaN;
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const children = (await Promise.all(processes.map(timesOf))).filter((times) => times?.parent === pid);
  const ticks = children.reduce((sum, times) => sum + (times?.own ?? 0), root.own + root.ended);
  return ticks * tickMs;
}
