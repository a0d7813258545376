// What the pages of clients and the first steps say while they load, where they fail, offline, and to whoever may only read.
import { expect, test } from '@playwright/test';
import { type OwnProduct, ownPassword, setUpOwn, startOwnProduct } from '../support/own-product.ts';
import { expectAccessible, phone, picture } from '../support/pages.ts';

let product: OwnProduct;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  product = await startOwnProduct();
});

test.afterAll(async () => {
  await product?.end();
});

test('[O3 O4] clients say that they are loading, why they could not be loaded, and are read-only to who works for a part', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const page = await setUpOwn(browser, product, phone);
  await page.getByRole('link', { name: 'Add clients' }).click();
  await page.getByRole('button', { name: 'New client' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Kestrel Bank');
  await page.getByRole('button', { name: 'Add client' }).click();

  // On the way: what is to come has its place, and says so.
  let arrive = () => {};
  const asked = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route('**/api/clients', async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto('/organisation/clients');
  await expect(page.locator('.skeleton')).toBeVisible();
  await picture(page, 'clients-loading');
  arrive();
  await expect(page.getByRole('region', { name: 'Kestrel Bank' })).toBeVisible();
  await page.unroute('**/api/clients');

  // Failed, on its own page and on the first one; trying again works.
  await page.route('**/api/clients', (route) => route.fulfill({ status: 503 }));
  await page.reload();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'clients-failed');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Dashboard' }).click();
  const firstRun = page.getByRole('region', { name: 'From here to your first calibration' });
  await expect(firstRun.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'first-run-failed');
  await page.unroute('**/api/clients');
  await firstRun.getByRole('button', { name: 'Try again' }).click();
  await expect(firstRun.getByRole('listitem')).toHaveCount(4);
  await picture(page, 'first-run-phone');

  // Offline: what is on the page stays, and a change says why it was not made and keeps what was typed.
  await page.getByRole('link', { name: 'Add clients' }).click();
  const bank = page.getByRole('region', { name: 'Kestrel Bank' });
  await page.context().setOffline(true);
  await bank.getByRole('button', { name: 'Add line of business' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Insurance');
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('offline');
  await expect(page.getByRole('dialog').getByLabel('Name')).toHaveValue('Insurance');
  await picture(page, 'clients-offline');
  await page.context().setOffline(false);
  await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
  await expect(bank.getByRole('listitem').filter({ hasText: 'Insurance' })).toBeVisible();

  // An administrator of one line sees all, changes none, and is not offered to.
  await page.goto('/organisation/people');
  await page.getByRole('button', { name: 'Invite someone' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill('part@example.org');
  await dialog.getByRole('checkbox', { name: /^Administrator/ }).check();
  await dialog.getByLabel('Chosen clients').check();
  await dialog.getByRole('checkbox', { name: 'Insurance', exact: true }).check();
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.getByRole('textbox', { name: 'The invitation link' }).inputValue();
  const other = await (
    await browser.newContext({ baseURL: product.app.url, reducedMotion: 'reduce' })
  ).newPage();
  await other.goto(link);
  await other.getByLabel('Your name').fill('Pat Part');
  await other.getByLabel('Password', { exact: true }).fill(ownPassword);
  await other.getByRole('button', { name: 'Join' }).click();
  await expect(other.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
  await picture(other, 'first-run-part');
  await other.goto('/organisation/clients');
  await expect(other.getByRole('region', { name: 'Kestrel Bank' })).toContainText('Insurance');
  await expect(other.getByText('Only administrators who work for all of a client change it.')).toBeVisible();
  await expect(other.getByRole('button', { name: /New client|Add line|Actions for/ })).toHaveCount(0);
  await expectAccessible(other);
  await picture(other, 'clients-read-only');
  await other.goto('/organisation/settings');
  await expect(other.getByText('Only administrators with access to the whole organisation')).toBeVisible();
  await expect(other.getByRole('textbox')).toHaveCount(0);
  await expectAccessible(other);
  await picture(other, 'organisation-read-only');
});
