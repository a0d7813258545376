// The built product on a database of one's own, which begins empty: set up through its printed link, with passwords.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import postgres from 'postgres';
import { type AppProcess, startAppProcess, temporaryFolder } from './app-process.ts';

export interface OwnProduct {
  readonly app: AppProcess;
  /** The one-time link that makes the first administrator. */
  readonly setUpLink: string;
  end(): Promise<void>;
}

/** Borrows the PostgreSQL of a demo beside it, where it has a database of its own. */
export async function startOwnProduct(): Promise<OwnProduct> {
  const [lender, folder] = [await temporaryFolder(), await temporaryFolder()];
  const host = await startAppProcess({ dataDir: lender.path, from: 'bundle' });
  const password = (await readFile(path.join(lender.path, 'postgres.password'), 'utf8')).trim();
  const port = (await readFile(path.join(lender.path, 'postgres/postmaster.pid'), 'utf8')).split('\n')[3];
  const address = (database: string) => `postgres://attune:${password}@127.0.0.1:${port}/${database}`;
  const sql = postgres(address('postgres'), { max: 1 });
  await sql`create database own`;
  await sql.end();
  const app = await startAppProcess({
    dataDir: folder.path,
    from: 'bundle',
    environment: { DATABASE_URL: address('own') },
  });
  const link = () => /Make the first administrator at (\S+)/.exec(app.output())?.[1];
  while (!link()) await new Promise((resolve) => setImmediate(resolve));
  return {
    app,
    setUpLink: link() ?? '',
    async end() {
      await app.stop();
      await host.stop();
      await folder.remove();
      await lender.remove();
    },
  };
}
