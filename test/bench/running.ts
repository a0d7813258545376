// A version's server, and the PostgreSQL under it, which is this checkout's for every version.
import { randomBytes } from 'node:crypto';
import { type EmbeddedPostgres, startEmbedded } from '../../server/src/db/embedded.ts';
import { createLog } from '../../server/src/ops/log.ts';
import { type AppProcess, startAppProcess, temporaryFolder } from '../support/app-process.ts';
import type { Version } from './checkout.ts';
import { processorMs } from './processor.ts';

export class Running {
  readonly #version: Version;
  readonly #folder: Awaited<ReturnType<typeof temporaryFolder>>;
  readonly #database: EmbeddedPostgres;
  // The same for every start, so that sign-ins outlive it.
  readonly #serverKey = randomBytes(32).toString('hex');
  #app: AppProcess | null = null;

  private constructor(
    version: Version,
    folder: Awaited<ReturnType<typeof temporaryFolder>>,
    database: EmbeddedPostgres,
  ) {
    this.#version = version;
    this.#folder = folder;
    this.#database = database;
  }

  static async start(version: Version): Promise<Running> {
    const folder = await temporaryFolder();
    const log = createLog('silent');
    const database = await startEmbedded({ dataDir: folder.path, durable: true, log });
    const running = new Running(version, folder, database);
    try {
      await running.restart();
    } catch (error) {
      await running.close();
      throw error;
    }
    return running;
  }

  get app(): AppProcess {
    if (!this.#app) throw new Error('no server runs');
    return this.#app;
  }

  get databaseUrl(): string {
    return this.#database.url;
  }

  /** Ends the server, and starts one on the same data, with its database at this address. */
  async restart(databaseUrl = this.databaseUrl): Promise<void> {
    await this.#app?.stop();
    this.#app = await startAppProcess({
      root: this.#version.root,
      from: 'bundle',
      dataDir: this.#folder.path,
      environment: { DATABASE_URL: databaseUrl, SERVER_KEY: this.#serverKey, LOG_LEVEL: 'error' },
    });
  }

  /** What server and PostgreSQL have used so far, in ms. */
  async processorMs(): Promise<number> {
    const [server, database] = [processorMs(this.app.pid), processorMs(this.#database.pid() ?? 0)];
    return (await server) + (await database);
  }

  async close(): Promise<void> {
    await this.#app?.stop();
    await this.#database.stop();
    await this.#folder.remove();
  }
}
