// Clients and lines of business on an own database, by mouse and by keyboard (O3).
import { expect, test } from '@playwright/test';
import { type OwnProduct, setUpOwn, startOwnProduct } from '../support/own-product.ts';
import { expectAccessible, phone, picture } from '../support/pages.ts';

let product: OwnProduct;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  product = await startOwnProduct();
});

test.afterAll(async () => {
  await product?.end();
});

test('[O3 O5] from the first page of an own database an administrator makes clients with lines, renames, archives and takes up again', async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const page = await setUpOwn(browser, product);
  await page.goto('/');
  const steps = page
    .getByRole('region', { name: 'From here to your first calibration' })
    .getByRole('listitem');
  await expect(steps).toHaveText([/clients you work for/, /Invite your team/, /scorecard/, /calibration/]);
  await expect(steps.getByText(', done')).toHaveCount(0);
  await expectAccessible(page);
  await picture(page, 'first-run');
  await steps.first().getByRole('link', { name: 'Add clients' }).click();
  await expect(page.getByRole('heading', { name: 'No clients yet' })).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'clients-none');

  await page.getByRole('button', { name: 'New client' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Kestrel Bank');
  await page.getByRole('dialog').getByLabel('Lines of business').fill('Cards\nLoans\n');
  await expectAccessible(page);
  await picture(page, 'clients-new');
  await page.getByRole('button', { name: 'Add client' }).click();
  const bank = page.getByRole('region', { name: 'Kestrel Bank' });
  await expect(bank.getByRole('listitem')).toHaveText([/Cards/, /Loans/]);

  // A second of the name is refused at its field, and what was typed stays.
  await page.getByRole('button', { name: 'New client' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('kestrel bank');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByLabel('Name')).toHaveAccessibleDescription(/taken|already/i);
  await page.getByRole('dialog').getByLabel('Name').fill('Solace Insurance');
  await page.getByRole('button', { name: 'Add client' }).click();
  const solace = page.getByRole('region', { name: 'Solace Insurance' });
  await expect(solace.getByText('No lines of business')).toBeVisible();

  await solace.getByRole('button', { name: 'Add line of business' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Claims');
  await page.keyboard.press('Enter');
  await expect(solace.getByRole('listitem')).toHaveText([/Claims/]);

  await bank.getByRole('button', { name: 'Actions for Loans' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Mortgages');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await expect(bank.getByRole('listitem')).toHaveText([/Cards/, /Mortgages/]);

  await bank.getByRole('button', { name: 'Actions for Kestrel Bank' }).click();
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await expect(page.getByRole('dialog')).toContainText('What was made for it stays');
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
  await expect(bank.getByText('Archived').first()).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'clients-archived');
  // Not offered for anything new.
  await page.goto('/people');
  await page.getByRole('button', { name: 'Invite someone' }).click();
  await page.getByRole('dialog').getByLabel('Chosen clients').check();
  await expect(page.getByRole('dialog').getByText('Solace Insurance')).toBeVisible();
  await expect(page.getByRole('dialog').getByText('Kestrel Bank')).toHaveCount(0);
  await page.keyboard.press('Escape');

  await page.goto('/');
  await expect(steps.first()).toContainText(', done');
  await page.goto('/people/clients');
  await bank.getByRole('button', { name: 'Actions for Kestrel Bank' }).click();
  await page.getByRole('menuitem', { name: 'Take up again' }).click();
  await expect(bank.getByText('Archived')).toHaveCount(0);
  await page.setViewportSize(phone.viewport);
  await expectAccessible(page);
  await picture(page, 'clients-phone');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'clients-phone-dark');
});
