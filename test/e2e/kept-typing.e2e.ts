// An answer given without a network, in a page that is closed before the network is back.
import { expect, test } from '@playwright/test';
import { type Product, phone, seat, startProduct } from '../support/pages.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

test('[X3] an answer given offline outlives its page and is stored by the next one', async ({ browser }) => {
  const { page, context } = await seat(browser, product.app.url, 'Ben', phone);
  const reply = await context.request.get('/api/sessions?status=scoring');
  const { sessions } = (await reply.json()) as { sessions: { id: string; own: { state: string } | null }[] };
  const found = sessions.find(({ own }) => own?.state === 'scoring');
  const address = `/calibrations/${found?.id}/score`;
  await page.goto(address);
  const prompt = (await page.locator('.question.current h3').textContent()) ?? '';
  await context.setOffline(true);
  await page.locator('.question.current').getByRole('radio').first().tap();
  await expect(page.getByText('Offline, kept on this device')).toBeVisible();
  const answered = page.getByText(/^\d+ of \d+ answered$/).first();
  const before = (await answered.textContent()) ?? '';
  await page.close();

  await context.setOffline(false);
  const next = await context.newPage();
  await next.goto(address);
  await expect(next.getByText('Saved', { exact: true })).toBeVisible();
  await expect(next.getByText(before).first()).toBeVisible();
  await context.close();

  // Another device has nothing but what the server stored.
  const other = await seat(browser, product.app.url, 'Ben');
  await other.page.goto(address);
  const question = other.page.locator('.question').filter({ hasText: prompt });
  await expect(question.getByRole('radio').first()).toBeChecked();
  await other.context.close();
});
