// What the commands at the terminal share: the database that `npm start` would use, and sentences instead of stacks.
import { v7 as uuidv7 } from 'uuid';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { type Connection, connect } from '../db/client.ts';
import { findRunning, startEmbedded } from '../db/embedded.ts';
import { lockFolder } from '../db/folder-lock.ts';
import { migrate } from '../db/migrate.ts';
import { aloneOn } from '../db/running.ts';
import { createLog, type Logger } from '../ops/log.ts';
import { StartError } from '../start-error.ts';

export interface Terminal {
  readonly config: Config;
  readonly log: Logger;
  readonly connection: Connection;
  readonly now: () => string;
  readonly newId: () => string;
}

/** What a command is called with. */
export type Environment = Readonly<Record<string, string | undefined>>;
export interface Output {
  write(text: string): unknown;
}

/** Runs a command; tells a person's mistake in its sentence. @returns the exit code */
export async function atTerminal(
  environment: Environment,
  errors: Output,
  run: (config: Config, log: Logger) => Promise<number>,
): Promise<number> {
  try {
    const config = readConfig(environment);
    return await run(config, createLog(config.logLevel));
  } catch (error) {
    const isForPeople = error instanceof ConfigError || error instanceof StartError;
    if (!isForPeople) throw error;
    errors.write(`${error.message}\n`);
    return 1;
  }
}

/** Works on the database beside a server that may be running. */
export async function besideServer<T>(
  config: Config,
  log: Logger,
  work: (terminal: Terminal) => Promise<T>,
): Promise<T> {
  if (config.databaseUrl !== null) return withConnection(config, log, config.databaseUrl, work);
  const lock = await lockFolder(config.dataDir).catch(() => null);
  if (lock) return withEmbedded(config, log, lock, work);
  const url = await findRunning(config.dataDir);
  if (!url)
    throw new StartError(`The database in ${config.dataDir} is starting or stopping: try again in a moment.`);
  return withConnection(config, log, url, work);
}

/** Works on the database while no server runs on it. @throws {StartError} where one does */
export async function withoutServer<T>(
  config: Config,
  log: Logger,
  work: (terminal: Terminal) => Promise<T>,
): Promise<T> {
  const { databaseUrl } = config;
  if (databaseUrl === null) return withEmbedded(config, log, await lockFolder(config.dataDir), work);
  const done = await aloneOn(databaseUrl, async () => ({
    result: await withConnection(config, log, databaseUrl, work),
  }));
  if (!done)
    throw new StartError('A server is running on the database of DATABASE_URL: stop every one first.');
  return done.result;
}

async function withEmbedded<T>(
  config: Config,
  log: Logger,
  lock: { release(): Promise<void> },
  work: (terminal: Terminal) => Promise<T>,
): Promise<T> {
  try {
    const embedded = await startEmbedded({ dataDir: config.dataDir, durable: true, log });
    try {
      return await withConnection(config, log, embedded.url, work);
    } finally {
      await embedded.stop();
    }
  } finally {
    await lock.release();
  }
}

async function withConnection<T>(
  config: Config,
  log: Logger,
  url: string,
  work: (terminal: Terminal) => Promise<T>,
): Promise<T> {
  await migrate(url);
  const connection = connect(url, 2);
  try {
    const now = () => new Date().toISOString();
    return await work({ config, log, connection, now, newId: () => uuidv7() });
  } finally {
    await connection.close(2_000);
  }
}
