// The built product on a database of one's own, which begins empty: set up through its printed link, with passwords.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
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

/** Long, and in no list of common ones. */
export const ownPassword = 'correct horse battery';

/** Sofia Lind, who has just made Northwind by the set-up link and is on her first page, in a browser of her own. */
export async function setUpOwn(
  browser: Browser,
  product: OwnProduct,
  options: Parameters<Browser['newContext']>[0] = { viewport: { width: 1440, height: 900 } },
): Promise<Page> {
  const context = await browser.newContext({ baseURL: product.app.url, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(product.setUpLink);
  await page.getByLabel('Organisation').fill('Northwind');
  await page.getByLabel('Your name').fill('Sofia Lind');
  await page.getByLabel('E-mail').fill('sofia@example.org');
  await page.getByLabel('Password', { exact: true }).fill(ownPassword);
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
  return page;
}
