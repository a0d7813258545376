// Notes typed without a network: kept on this device, there after a reload, and everyone's once the network is back (live 2).
import { expect, type Page, test } from '@playwright/test';
import { reviewOf } from '../support/demo.ts';
import { type Product, seat, startProduct } from '../support/pages.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

const note = (page: Page) => page.getByRole('textbox', { name: /note/i });

test('[live 2] a note typed offline is kept on the device, is there after a reload, and reaches the others', async ({
  browser,
}) => {
  const { url } = product.app;
  const { id } = await reviewOf(url, 'Offline notes');
  const [ben, chloe] = [await seat(browser, url, 'Ben'), await seat(browser, url, 'Chloé')];
  for (const { page } of [ben, chloe]) await page.goto(`/calibrations/${id}`);
  await note(ben.page).click();
  await ben.page.keyboard.type('With a network. ');
  await expect(ben.page.getByText('Saved', { exact: true })).toBeVisible();

  await ben.context.setOffline(true);
  await ben.page.keyboard.type('Without one.');
  await expect(ben.page.getByText('Offline, kept on this device')).toBeVisible();
  await ben.page.close();
  await ben.context.setOffline(false);
  const next = await ben.context.newPage();
  await next.goto(`/calibrations/${id}`);
  for (const page of [next, chloe.page]) await expect(note(page)).toHaveText('With a network. Without one.');
  await expect(next.getByText('Saved', { exact: true })).toBeVisible();

  // Whoever signs out takes it along.
  await next.getByRole('button', { name: 'Ben Whitfield' }).click();
  await next.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(next).toHaveURL(/sign-in/);
  await expect
    .poll(() => next.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)))
    .toEqual([]);
  await Promise.all([ben.context.close(), chloe.context.close()]);
});

test('[live 2] a note that this device cannot keep is never called kept, and is everyone’s once the network is back', async ({
  browser,
}) => {
  const { url } = product.app;
  const { id } = await reviewOf(url, 'Unkept notes');
  const { page, context } = await seat(browser, url, 'Ben');
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await page.goto(`/calibrations/${id}`);
  await note(page).click();
  await page.keyboard.type('First. ');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await context.setOffline(true);
  await page.keyboard.type('Second.');
  await expect(page.getByText('Not saved yet: keep this page open')).toBeVisible();
  await expect(page.locator('.connection')).toContainText('Keep this page open');
  await expect(page.getByText('kept on this device')).toHaveCount(0);
  await context.setOffline(false);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible({ timeout: 20_000 });
  await context.close();
});
