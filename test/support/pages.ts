// People in browsers: the built product in a process of its own, one context a person, signed in by a click's route.
import path from 'node:path';
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import axe from 'axe-core';
import { type AppProcess, startAppProcess, temporaryFolder } from './app-process.ts';
import { copyFilledFolder } from './filled-folder.ts';

export interface Product {
  readonly app: AppProcess;
  /** Stops the server and takes its data away. */
  end(): Promise<void>;
  /** Kills it with SIGKILL and starts it again on the same data, at the same address. */
  killAndRestart(): Promise<void>;
}

/** Starts the built product with its demo organisation. */
export async function startProduct(): Promise<Product> {
  const folder = await temporaryFolder();
  const dataDir = path.join(folder.path, 'data');
  await copyFilledFolder(dataDir);
  let app = await startAppProcess({ dataDir, from: 'bundle' });
  const port = new URL(app.url).port;
  return {
    get app() {
      return app;
    },
    async end() {
      await app.stop();
      await folder.remove();
    },
    async killAndRestart() {
      await app.kill('SIGKILL');
      app = await startAppProcess({ dataDir, from: 'bundle', environment: { PORT: port } });
    },
  };
}

/** Playwright's `test` with `product`: one for all tests of a worker, so each makes what it changes for itself. */
export const productTest = test.extend<object, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted
    async ({}, use) => {
      const product = await startProduct();
      await use(product);
      await product.end();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

export interface Seat {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** A browser of one's own, signed in as the demo member whose name begins so. */
export async function seat(
  browser: Browser,
  url: string,
  name: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Seat> {
  const context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce', ...options });
  const { demo } = (await (await context.request.get('/api/welcome')).json()) as {
    demo: { members: { id: string; name: string }[] };
  };
  const member = demo.members.find((one) => one.name.startsWith(name));
  const reply = await context.request.post('/api/demo/sign-in', {
    data: { memberId: member?.id },
    headers: { Origin: url },
  });
  expect(reply.status()).toBe(200);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return { page, context };
}

/** Fails on whatever axe finds against WCAG 2.2 AA on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    });
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
    );
  });
  expect(violations).toEqual([]);
}

/** For whoever wants to look at them: a picture of the page where SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png`, fullPage: true });
  }
}

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** A calibration in scoring that this person has yet to score. */
export async function addressToScore(page: Page): Promise<string> {
  const reply = await page.context().request.get('/api/sessions?status=scoring');
  const { sessions } = (await reply.json()) as {
    sessions: { id: string; own: { state: string } | null }[];
  };
  const found = sessions.find(({ own }) => own?.state === 'scoring');
  if (!found) throw new Error('the demo has nothing to score for this person');
  return `/calibrations/${found.id}/score`;
}
