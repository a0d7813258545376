// The server's own 32-byte key: it wraps the data keys of sealed answers and signs sign-ins. Never logged, never sent.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.ts';
import { StartError } from '../start-error.ts';

/**
 * SERVER_KEY, else the key file `server.key` in the data folder, made at the first start and readable by its owner alone.
 * Losing the key makes sealed answers unreadable.
 * @throws {StartError} when the file can be neither read nor made, or holds no key.
 */
export async function readServerKey(config: Config): Promise<Uint8Array> {
  if (config.serverKey !== null) return config.serverKey;
  const file = path.join(config.dataDir, 'server.key');
  const text = await readOrMake(file);
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new StartError(
      `${file} holds no key of 64 hexadecimal digits: put the right one back, or set SERVER_KEY.`,
    );
  }
  return new Uint8Array(Buffer.from(text, 'hex'));
}

async function readOrMake(file: string): Promise<string> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `The server's key ${file} can be neither read nor made: ${reason}. Let this user read it, set DATA_DIR to a folder that can be written, or set SERVER_KEY.`,
    );
  }
}
