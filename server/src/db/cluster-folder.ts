// Whether PostgreSQL would take a cluster's folder as it lies there. It refuses one of another owner, or open to others, and names
// neither folder nor remedy: a data folder that was put back by copying is often both.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { StartError } from '../start-error.ts';
import type { RunAs } from './postgres-binaries.ts';

/** What the group may not write, and others may not do at all. */
const tooOpen = 0o027;

/**
 * @param user whom PostgreSQL runs as; `null` for the user of this process
 * @throws {StartError} with the command that mends it
 */
export async function checkClusterFolder(folder: string, user: RunAs | null): Promise<void> {
  const uid = user?.uid ?? process.getuid?.();
  const gid = user?.gid ?? process.getgid?.();
  // Windows knows no owners of this kind.
  if (uid === undefined || gid === undefined) return;
  const found = await Promise.all(
    ['.', 'PG_VERSION', 'global/pg_control'].map((name) => stat(path.join(folder, name)).catch(() => null)),
  );
  if (found[0] === null) return;
  const stranger = found.find((one) => one && one.uid !== uid);
  if (stranger) {
    throw new StartError(
      `The database in ${folder} belongs to user ${stranger.uid}, as after copying it, and PostgreSQL runs as user ${uid}: ` +
        `give it back with "chown -R ${uid}:${gid} ${folder}", and start again.`,
    );
  }
  if ((found[0]?.mode ?? 0) & tooOpen) {
    throw new StartError(
      `The database in ${folder} is open to other users, which PostgreSQL refuses: close it with "chmod 700 ${folder}", and start again.`,
    );
  }
}
