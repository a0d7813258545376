// One PostgreSQL for a run of the tests, and a fresh database of it for whoever asks: a clone of a migrated template.
// TEST_DATABASE_URL names a server to use instead; its user must be allowed to create databases.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../server/src/db/embedded.ts';
import { migrate } from '../../server/src/db/migrate.ts';
import { createLog } from '../../server/src/ops/log.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { readonly serverUrl: string; readonly template: string };
  }
}

/** Vitest's global set-up of the `server` project; what it returns takes everything down again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => {} } : await startServer();
  const template = newName('attune_template');
  await execute(server.url, `create database ${template}`);
  await migrate(withDatabase(server.url, template));
  project.provide('postgres', { serverUrl: server.url, template });
  return async () => {
    if (given) await execute(server.url, `drop database ${template} with (force)`);
    await server.stop();
  };
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'attune-test-'));
  const embedded = await startEmbedded({ dataDir, durable: false, log: createLog('silent') });
  return {
    url: embedded.url,
    async stop() {
      await embedded.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface FreshDatabase {
  readonly url: string;
  /** Drops it, whoever is still connected. */
  drop(): Promise<void>;
}

/** A migrated, empty database of one's own (some 50 ms). One a test file is the rule, made in `beforeAll`. */
export const freshDatabase = (): Promise<FreshDatabase> => createDatabase(inject('postgres').template);

/** A database without any tables, for migrations to begin with. */
export const emptyDatabase = (): Promise<FreshDatabase> => createDatabase('template1');

async function createDatabase(template: string): Promise<FreshDatabase> {
  const { serverUrl } = inject('postgres');
  const name = newName('attune_test');
  await execute(serverUrl, `create database ${name} template ${template}`);
  return {
    url: withDatabase(serverUrl, name),
    drop: () => execute(serverUrl, `drop database if exists ${name} with (force)`),
  };
}

function newName(prefix: string): string {
  return `${prefix}_${randomBytes(6).toString('hex')}`;
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function execute(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
