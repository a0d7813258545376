// One server a data folder: a socket in the folder that is listened on as long as this process lives. The kernel frees it
// on any death, so nothing stale can keep a folder locked; only an answer from the other side counts as "in use".
import { createHash } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StartError } from '../start-error.ts';

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a data folder, which is made when it is not there.
 * @throws {StartError} when another server holds it, or the folder cannot be written.
 */
export async function lockFolder(dataDir: string): Promise<FolderLock> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartError(
      `The data folder ${dataDir} cannot be made: ${reason(error)}. Set DATA_DIR to a folder that can be written.`,
    );
  }
  const socket = socketPath(dataDir);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const server = await listen(socket, dataDir);
    if (server !== null) {
      return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    }
    const before = await identity(socket);
    if (await isAnswered(socket)) break;
    // Left behind by a process that was killed; taken away only if it is still the same file.
    if (before !== null && before === (await identity(socket))) await rm(socket, { force: true });
  }
  throw new StartError(
    `Another Attune is running on the data folder ${dataDir}: use that one, stop it, or set DATA_DIR to another folder.`,
  );
}

/** Socket paths end at some 100 bytes; a deeper folder's socket lies in the temporary folder under the folder's hash. */
function socketPath(dataDir: string): string {
  const inFolder = path.join(dataDir, 'server.lock');
  if (Buffer.byteLength(inFolder) < 100) return inFolder;
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 24);
  return path.join(tmpdir(), `attune-${hash}.lock`);
}

function listen(socket: string, dataDir: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else {
        reject(
          new StartError(
            `The data folder ${dataDir} cannot be locked: ${reason(error)}. Set DATA_DIR to a folder that can be written.`,
          ),
        );
      }
    });
    server.listen(socket, () => {
      server.unref();
      resolve(server);
    });
  });
}

function isAnswered(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(socket);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT');
    });
  });
}

async function identity(file: string): Promise<string | null> {
  try {
    const { ino, ctimeMs } = await stat(file);
    return `${ino}-${ctimeMs}`;
  } catch {
    return null;
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
