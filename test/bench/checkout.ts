// A version to be measured: this checkout, or an earlier commit, installed and built in a folder of its own.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../support/app-process.ts';

export interface Version {
  /** What the table calls it. */
  readonly name: string;
  /** Top of its checkout. */
  readonly root: string;
  /** Takes away what was made for it. */
  remove(): Promise<void>;
}

const here = fileURLToPath(new URL('../..', import.meta.url));

function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`)),
    );
  });
}

/** What lies here, built already. */
export const thisVersion: Version = { name: 'now', root: here, remove: async () => {} };

/** @param commit a name that git knows; one that begins with a dash would be taken for an option */
export async function checkOut(commit: string): Promise<Version> {
  if (!/^\w/.test(commit)) throw new Error(`${commit} names no commit`);
  const folder = await temporaryFolder();
  try {
    const root = folder.path;
    const archive = path.join(root, 'commit.tar');
    await run('git', ['archive', '--output', archive, commit], here);
    await run('tar', ['-xf', archive], root);
    const makeReady =
      "import('./server/workspace.mjs').then(async (it) => { await it.install(); await it.build(); })";
    await run(process.execPath, ['--eval', makeReady], root);
    return { name: commit, root, remove: folder.remove };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
