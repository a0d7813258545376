// The server's own 32-byte key: it wraps the data keys of sealed answers and signs sign-ins. Never logged, never sent.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.ts';

/**
 * SERVER_KEY, else the key file `server.key` in the data folder, made at the first start and readable by its owner alone.
 * Losing the key makes sealed answers unreadable.
 * @throws when the file exists and holds no key.
 */
export async function readServerKey(config: Config): Promise<Uint8Array> {
  if (config.serverKey !== null) return config.serverKey;
  const file = path.join(config.dataDir, 'server.key');
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const text = (await readFile(file, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new Error(
      `${file} holds no key of 64 hexadecimal digits: put the right one back, or set SERVER_KEY.`,
    );
  }
  return new Uint8Array(Buffer.from(text, 'hex'));
}
