// The server's own 32-byte key: it wraps the data keys of sealed answers, signs sign-ins and makes the tokens of links. Never logged,
// never sent. The database keeps a proof of the right one, so that a server with another does not start and write what nobody can
// open. Rotation (`rotate-key.ts`) leaves `server.key.next` until it is committed: whichever of the two opens the database is taken.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.ts';
import type { Database } from '../db/client.ts';
import { unwrapSessionKey } from '../documents/seal.ts';
import { StartError } from '../start-error.ts';
import { findProof, insertProof, listWrappedKeys } from './server-key.store.ts';

type KeyPlace = Pick<Config, 'serverKey' | 'dataDir'>;

const keyFile = ({ dataDir }: Pick<Config, 'dataDir'>) => path.join(dataDir, 'server.key');
const nextKeyFile = (config: Pick<Config, 'dataDir'>) => `${keyFile(config)}.next`;

/** What tells the right key from any other, and nothing else of it. */
export const proofOf = (key: Uint8Array): Uint8Array =>
  createHmac('sha256', key).update('attune/key-proof/v1').digest();
const proves = (key: Uint8Array, proof: Uint8Array) => timingSafeEqual(proofOf(key), proof);

/** What lies there before the database can say which is right. */
export interface FoundKeys {
  /** SERVER_KEY, else what `server.key` holds; `null` before the first start. */
  readonly key: Uint8Array | null;
  /** What a rotation left behind that did not end. */
  readonly next: Uint8Array | null;
}

/** @throws {StartError} when a key file cannot be read, or holds no key. */
export async function findServerKeys(config: KeyPlace): Promise<FoundKeys> {
  if (config.serverKey !== null) return { key: config.serverKey, next: null };
  return { key: await readKey(keyFile(config)), next: await readKey(nextKeyFile(config)) };
}

/**
 * The key of this database: SERVER_KEY, else the key file `server.key` in the data folder, made at the first start and readable by
 * its owner alone. Losing the key makes sealed answers unreadable.
 * @throws {StartError} when the file cannot be made, or the key is not the database's.
 */
export async function chooseServerKey(config: KeyPlace, db: Database, found: FoundKeys): Promise<Uint8Array> {
  const proof = await findProof(db);
  const key = await chooseKey(config, found, proof);
  if (proof !== null ? !proves(key, proof) : !(await opensWhatIsThere(db, key))) throw wrongKey(config);
  if (proof === null) await insertProof(db, proofOf(key));
  // Another server may have begun on this database in the same moment, with a key of its own: one of the two must not go on.
  if (!(await isKeyOf(db, key))) throw wrongKey(config);
  return key;
}

/** Whether the database still is of this key. */
export async function isKeyOf(db: Database, key: Uint8Array): Promise<boolean> {
  const proof = await findProof(db);
  return proof === null || proves(key, proof);
}

async function chooseKey(
  config: KeyPlace,
  { key: present, next }: FoundKeys,
  proof: Uint8Array | null,
): Promise<Uint8Array> {
  const file = keyFile(config);
  if (next && proof && proves(next, proof)) {
    // A rotation was committed, and ended before the file had its name.
    await rename(nextKeyFile(config), file);
    return next;
  }
  const key = present ?? (proof === null ? await makeKey(file) : null);
  if (!key) throw wrongKey(config);
  // A rotation ended before it was committed: nothing lies under that key.
  if (next && proof && proves(key, proof)) await rm(nextKeyFile(config), { force: true });
  return key;
}

/** Whether the key opens what a version before, which kept no proof, has written. */
async function opensWhatIsThere(db: Database, key: Uint8Array): Promise<boolean> {
  const [first] = await listWrappedKeys(db, null, 1);
  if (!first) return true;
  try {
    unwrapSessionKey(key, first, first.wrappedKey);
    return true;
  } catch {
    return false;
  }
}

function wrongKey(config: KeyPlace): StartError {
  const which = config.serverKey ? 'SERVER_KEY' : `The key in ${keyFile(config)}`;
  return new StartError(
    `${which} is not the one this database was written with: put the right one back from your backup. With another, nothing sealed could be opened.`,
  );
}

/** The key of a file, `null` where there is no file. */
async function readKey(file: string): Promise<Uint8Array | null> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw unreadable(file, error);
  }
  if (!/^[0-9a-f]{64}$/i.test(text)) {
    throw new StartError(
      `${file} holds no key of 64 hexadecimal digits: put the right one back, or set SERVER_KEY.`,
    );
  }
  return new Uint8Array(Buffer.from(text, 'hex'));
}

async function makeKey(file: string): Promise<Uint8Array> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
  } catch (error) {
    throw unreadable(file, error);
  }
  const made = await readKey(file);
  if (!made) throw unreadable(file, new Error('it is gone'));
  return made;
}

function unreadable(file: string, error: unknown): StartError {
  const reason = error instanceof Error ? error.message : String(error);
  return new StartError(
    `The server's key ${file} can be neither read nor made: ${reason}. Let this user read it, set DATA_DIR to a folder that can be written, or set SERVER_KEY.`,
  );
}

/** Writes a fresh key beside the present one, on the disk before this returns. */
export async function writeNextKey(config: Pick<Config, 'dataDir'>): Promise<Uint8Array> {
  const key = randomBytes(32);
  const file = nextKeyFile(config);
  await rm(file, { force: true });
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(`${key.toString('hex')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(config.dataDir);
  return new Uint8Array(key);
}

/** The next key becomes the key. */
export async function takeNextKey(config: Pick<Config, 'dataDir'>): Promise<void> {
  await rename(nextKeyFile(config), keyFile(config));
  await syncFolder(config.dataDir);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  // Windows knows no such thing.
  await handle.sync().catch(() => {});
  await handle.close();
}
