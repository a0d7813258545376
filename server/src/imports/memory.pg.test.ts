// A long table takes no more memory than a short one (E10): ten times the rows, compared within the same run.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'vitest';
import { sayYes, upload } from '../../../test/support/imports.ts';
import { accountsTest } from '../../../test/support/team.ts';

const it = accountsTest();
const mib = 1024 * 1024;
const patienceMs = 240_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is alive of the process's memory, at most, while the work goes on; what was there before it is left out. */
async function mostAlive(work: () => Promise<void>): Promise<number> {
  const alive = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = alive();
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, alive() - before);
  }, 400);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Math.max(most, alive() - before);
}

it('[E10] 50,000 rows take the memory of 5,000', { timeout: 600_000 }, async ({
  accounts: { admin },
  server,
}) => {
  // Wide, so that whoever kept them would be seen: 800 characters a row, most of it blank.
  const row = (number: number, mark: string) => `"${`Agent ${number}`.padEnd(800)}",${mark}-${number},agent`;
  const bringIn = async (rows: number, mark: string) => {
    const parts = ['name,employee number,roles\n'];
    for (let number = 0; number < rows; number += 1) parts.push(`${row(number, mark)}\n`);
    const file = new Uint8Array(Buffer.from(parts.join('')));
    parts.length = 0;
    let view = null as Awaited<ReturnType<typeof upload>> | null;
    const most = await mostAlive(async () => {
      view = await upload(server.url, admin, 'members', file, { partBytes: mib / 2, patienceMs });
      expect(view.problem).toBeNull();
      view = await sayYes(admin, view, patienceMs);
    });
    expect(view).toMatchObject({ state: 'done', counts: { make: rows, bad: 0 } });
    return { most, fileBytes: file.length };
  };
  await bringIn(500, 'W');
  const short = await bringIn(5_000, 'S');
  const long = await bringIn(50_000, 'L');
  // A reader that kept the file would have grown by as much as the file has.
  expect(long.most - short.most).toBeLessThan(0.8 * (long.fileBytes - short.fileBytes));
});
