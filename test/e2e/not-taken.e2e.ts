// A refused edit is not a lost meeting (live 1): the page goes on by itself, says what was not taken, and keeps it to be copied.
import { expect, type Page } from '@playwright/test';
import { reviewOf } from '../support/demo.ts';
import { seat, productTest as test } from '../support/pages.ts';
import { advance } from '../support/people.ts';

const note = (page: Page) => page.getByRole('textbox', { name: /^resolution note/i });
const saved = (page: Page) => page.getByText('Saved', { exact: true });

test('[live 1] a paste of 1.2 MB is not taken and can be copied; undo and typing go on', async ({
  browser,
  product,
}) => {
  const { url } = product.app;
  const { id } = await reviewOf(url, 'A large paste');
  const [ben, chloe] = [await seat(browser, url, 'Ben'), await seat(browser, url, 'Chloé')];
  for (const { page } of [ben, chloe]) await page.goto(`/calibrations/${id}`);
  await note(ben.page).click();
  await ben.page.keyboard.type('Before. ');
  await expect(saved(ben.page)).toBeVisible();
  await note(ben.page).evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'x'.repeat(1_200_000));
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect(ben.page.getByText('That is too much for a note at once')).toBeVisible();
  const kept = ben.page.getByLabel('Not taken: What you added');
  expect((await kept.inputValue()).length).toBe(1_200_000);
  await ben.page.keyboard.type('After.');
  // With the caret of the other in it.
  await expect(note(chloe.page)).toContainText('Before. After.');
  await expect(saved(ben.page)).toBeVisible();
  await ben.page.keyboard.press('Control+z');
  await expect(note(chloe.page)).not.toContainText('After.');
  await expect(ben.page.locator('.connection')).toHaveCount(0);
  await Promise.all([ben.context.close(), chloe.context.close()]);
});

test('[live 1] offline notes brought back after Resolve are said to be left out, and can be copied', async ({
  browser,
  product,
}) => {
  const { url } = product.app;
  const { id, ana } = await reviewOf(url, 'Resolved meanwhile');
  const { page, context } = await seat(browser, url, 'Ben');
  await page.goto(`/calibrations/${id}`);
  await note(page).click();
  await page.keyboard.type('In time. ');
  await expect(saved(page)).toBeVisible();
  await context.setOffline(true);
  await page.keyboard.type('Too late.');
  await expect(page.getByText('Offline, kept on this device')).toBeVisible();
  expect((await advance(ana, id, 'review')).status).toBe(200);
  await context.setOffline(false);
  await expect(page.getByText('The notes were closed before your last words arrived.')).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByLabel(/^Not taken/)).toHaveValue('In time. Too late.');
  await expect(page.locator('.connection')).toHaveCount(0);
  // The page hears on of the session, and what was kept aside outlives a reload.
  expect((await advance(ana, id, 'resolved')).status).toBe(200);
  await expect(page.getByText('Closed', { exact: true }).first()).toBeVisible();
  await page.reload();
  await expect(page.getByLabel(/^Not taken/)).toHaveValue('In time. Too late.');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByLabel(/^Not taken/)).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('Closed', { exact: true }).first()).toBeVisible();
  await expect(page.getByLabel(/^Not taken/)).toHaveCount(0);
  await context.close();
});
