// What every menu, dialog and link field does, wherever it stands.
import { expect, test } from '@playwright/test';
import { type Product, seat, startProduct } from '../support/pages.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

test('[house 6] a menu says which of several is chosen, and what is on or off', async ({ browser }) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana');
  await page.goto('/calibrations');
  const account = page.getByRole('button', { name: /Ana Souza/ });
  await account.press('Enter');
  const theme = page.getByRole('group', { name: 'Theme' });
  await expect(theme.getByRole('menuitemradio')).toHaveCount(3);
  await expect(theme.getByRole('menuitemradio').first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await account.press('Enter');
  await expect(theme.getByRole('menuitemradio', { checked: true })).toHaveCount(1);
  await expect(theme.getByRole('menuitemradio').nth(1)).toBeChecked();
  await expect(page.getByRole('menuitemcheckbox')).not.toHaveCount(0);
  await context.close();
});

test('[house 6] a dialog stays until it is known whether its verb was done', async ({ browser }) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana');
  await page.goto('/calibrations?status=draft');
  await page.locator('tbody').getByRole('link').first().click();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete draft' }).click();
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route(/\/api\/sessions\/[\w-]+$/, async (route) => {
    if (route.request().method() === 'DELETE') await held;
    await route.continue();
  });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Delete draft' }).click();
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await expect(dialog).toBeVisible();
  goOn();
  await expect(page.getByRole('heading', { level: 1, name: 'Calibrations' })).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await context.close();
});

test('[C10] a link in a note stays while the address typed for it is none', async ({ browser }) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana');
  await page.goto('/calibrations?status=review&mine=true');
  await page.locator('tbody').getByRole('link').first().click();
  const note = page.getByRole('textbox', { name: /note/i });
  await note.click();
  await page.keyboard.type('See the page');
  await page.keyboard.press('ControlOrMeta+a');
  const setLink = page.getByRole('toolbar', { name: 'Formatting' }).getByRole('button', { name: 'Link' });
  await setLink.click();
  const address = page.getByRole('textbox', { name: 'Address of the link' });
  await address.fill('example.com/opening');
  await address.press('Enter');
  const link = note.locator('a');
  await expect(link).toHaveAttribute('href', 'https://example.com/opening');
  await setLink.click();
  await address.fill('not an address');
  await address.press('Enter');
  await expect(page.getByText('Enter a web address or an e-mail address.')).toBeVisible();
  await expect(link).toHaveAttribute('href', 'https://example.com/opening');
  await address.fill('https://example.com/closing');
  await address.press('Enter');
  await expect(link).toHaveAttribute('href', 'https://example.com/closing');
  await context.close();
});
