// The inbox in browsers: an invitation and a reminder appear by themselves, are read by opening them, and nobody reloads.
import { expect, test } from '@playwright/test';
import { expectAccessible, type Product, phone, seat, startProduct } from '../support/pages.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

test('[O7] an invitation and a reminder are there at once, and read by opening them', async ({ browser }) => {
  const { url } = product.app;
  const lead = await seat(browser, url, 'Ana', { viewport: { width: 1440, height: 900 } });
  const ben = await seat(browser, url, 'Ben', phone);
  await ben.page.goto('/calibrations');
  const bell = ben.page.getByRole('link', { name: /^Inbox/ });
  await expect(bell).toBeVisible();
  const unread = async () =>
    Number(/(\d+) unread/.exec((await bell.getAttribute('aria-label')) ?? '')?.[1] ?? 0);
  await bell.tap();
  await expect(ben.page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible();
  await ben.page.getByRole('button', { name: 'Mark all as read' }).tap();
  await expect.poll(unread).toBe(0);

  const page = lead.page;
  await page.goto('/calibrations/new');
  await page.getByLabel('Session name').fill('Remind walk');
  await page.getByLabel('Scorecard', { exact: true }).selectOption({ label: 'Technical support' });
  await page.getByRole('button', { name: 'Create draft' }).click();
  for (const member of ['Ben', 'Chloé']) {
    await page.getByRole('combobox', { name: 'Add a participant' }).fill(member);
    await page.getByRole('option', { name: member }).click();
    await expect(page.locator('li').filter({ hasText: member })).toBeVisible();
  }
  await expect.poll(unread).toBe(1);
  await expect(ben.page.getByText('Ana Souza added you as a participant').first()).toBeVisible();
  await page.getByRole('button', { name: 'Start scoring' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start scoring' }).click();
  await expect.poll(unread).toBe(2);

  await expect(page.getByText('Ben Whitfield and Chloé Martin have not submitted yet.')).toBeVisible();
  const remindChloe = async () => {
    await page.getByRole('button', { name: 'Options for Chloé Martin' }).click();
    await page.getByRole('menuitem', { name: 'Remind' }).click();
  };
  await remindChloe();
  await expect(page.getByText('Reminded 1 person.')).toBeVisible();
  await remindChloe();
  await expect(page.getByText(/^They were reminded a short while ago/)).toBeVisible();
  await expect.poll(unread).toBe(2);
  await page.getByRole('button', { name: 'Remind all 2' }).click();
  await expect(page.getByText(/^Reminded \d pe/)).toBeVisible();
  await expect.poll(unread).toBe(3);
  await expectAccessible(ben.page);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Remind all 2' }).click();
  await expect(page.getByText(/^They were reminded a short while ago/)).toBeVisible();

  const reminder = ben.page
    .getByRole('listitem')
    .filter({ hasText: 'Ana Souza reminds you: your scoring is missing' })
    .getByRole('link', { name: 'Remind walk' });
  await reminder.tap();
  await expect(ben.page.getByText('1 of 6')).toBeVisible();
  await ben.page.goto('/inbox');
  await expect.poll(unread).toBe(2);

  // What one does not want to hear of is not told.
  await ben.page.goto('/settings');
  await ben.page.getByLabel('A calibration is closed').uncheck();
  await expect(ben.page.getByText('Saved', { exact: true })).toBeVisible();
  await expectAccessible(ben.page);
  await lead.context.close();
  await ben.context.close();
});
