// How long the board takes to compute: by a version's own domain, in a process of its own that does nothing else.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Version } from './checkout.ts';
import { type Figure, quantile } from './figure.ts';

/** The first, while the process is cold, and the median of the five after it. */
export async function measureBoard(version: Version, people: number, questions: number): Promise<Figure[]> {
  const [first = Number.NaN, ...others] = await timed(version.root, people, questions);
  return [
    { what: 'board: computed, the first', value: first, unit: 'ms' },
    { what: 'board: computed, median of 5', value: quantile(others, 0.5), unit: 'ms', goal: 50 },
  ];
}

async function timed(...args: readonly (string | number)[]): Promise<number[]> {
  const file = fileURLToPath(new URL('board-timer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error('the board was not computed');
  return output.trim().split('\n').map(Number);
}
