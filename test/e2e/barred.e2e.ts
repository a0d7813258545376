// A network that lets pages through and sockets not (live 1): the page says so instead of loading for ever, and goes on by
// itself once a socket opens.
import { expect, type Page, test } from '@playwright/test';
import { demoPerson } from '../support/demo.ts';
import { type Product, seat, startProduct } from '../support/pages.ts';
import { advance, makeSession, publishScorecard, scaleDocument } from '../support/people.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

/** Makes every socket of this page fail as behind a proxy that knows none; what it returns lets them through from then on. */
async function barSockets(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const Through = window.WebSocket;
    window.name = 'barred';
    window.WebSocket = class extends Through {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(window.name === 'barred' ? `${url}`.replace('/sync/', '/no-sockets-here/') : url, protocols);
      }
    };
  });
  return () =>
    page.evaluate(() => {
      window.name = '';
    });
}

/** A draft of Ana's that Ben and Chloé score in. */
async function draft(url: string) {
  const [ana, ben, chloe] = [
    await demoPerson(url, 'Ana'),
    await demoPerson(url, 'Ben'),
    await demoPerson(url, 'Chloé'),
  ];
  const scorecardVersionId = await publishScorecard(ana, scaleDocument(2, 5));
  return { ana, ...(await makeSession(ana, { name: 'Barred', scorecardVersionId }, [ben, chloe])) };
}

test('[live 1] where no socket opens the page says what to ask for, and goes on by itself once one does', async ({
  browser,
}) => {
  const { url } = product.app;
  const { ana, id } = await draft(url);
  await advance(ana, id, 'draft');
  const { page, context } = await seat(browser, url, 'Ben');
  const letThrough = await barSockets(page);
  await page.goto(`/calibrations/${id}/score`);
  await expect(page.locator('.connection')).toContainText('blocks WebSockets', { timeout: 40_000 });
  await expect(page.locator('.connection')).toContainText('ask whoever runs this one');
  await expect(page.getByText('Keep working')).toHaveCount(0);
  await expect(page.getByText('Loading')).toHaveCount(0);
  await letThrough();
  await expect(page.locator('.question').first()).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.connection')).toHaveCount(0);
  await context.close();
});

test('[house 2] [live 1] what a press did is shown though no socket tells of it', async ({ browser }) => {
  const { url } = product.app;
  const { id } = await draft(url);
  const { page, context } = await seat(browser, url, 'Ana');
  await barSockets(page);
  await page.goto(`/calibrations/${id}`);
  const start = page.getByRole('button', { name: 'Start scoring' });
  await start.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start scoring' }).click();
  await expect(page.locator('[aria-current=step]')).toContainText('Scoring');
  await expect(start).toHaveCount(0);
  await context.close();
});
