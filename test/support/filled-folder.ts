// A data folder with the demo in it, filled once for all browser tests: to fill one takes six times as long as to start on one.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startAppProcess, temporaryFolder } from './app-process.ts';

const filled = 'ATTUNE_FILLED_FOLDER';

/** Playwright's global set-up; what it returns takes the folder away again. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await temporaryFolder();
  const dataDir = path.join(folder.path, 'data');
  const app = await startAppProcess({ dataDir, from: 'bundle' });
  await app.stop();
  process.env[filled] = dataDir;
  return folder.remove;
}

/** Copies it, with the owners its files have, to where there is nothing yet. */
export async function copyFilledFolder(to: string): Promise<void> {
  const from = process.env[filled];
  if (!from) throw new Error(`${filled} is not set: browser tests run by their own configuration`);
  await promisify(execFile)('cp', ['-a', from, to]);
}
