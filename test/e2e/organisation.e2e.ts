// The organisation's settings in the browser, by two administrators at once; and the way to every page, at the desk and on a phone.
import { expect, type Page } from '@playwright/test';
import { expectAccessible, phone, picture, seat, productTest as test } from '../support/pages.ts';

const name = (page: Page) => page.getByRole('textbox', { name: 'Name' });
const save = (page: Page) => page.getByRole('button', { name: 'Save changes' });

test('[O1] an administrator sets name, time zone and usual threshold, undoes a slip, and what another changed meanwhile is not overwritten', async ({
  browser,
  product,
}) => {
  const desk = { viewport: { width: 1440, height: 900 } };
  const { page } = await seat(browser, product.app.url, 'Sofia', desk);
  const { page: beside } = await seat(browser, product.app.url, 'Sofia', desk);
  await page.goto('/organisation/settings');
  await beside.goto('/organisation/settings');
  const before = await name(page).inputValue();
  await expectAccessible(page);
  await picture(page, 'organisation-settings');

  const threshold = page.getByLabel('Usual variance threshold');
  await threshold.fill('200');
  await save(page).click();
  await expect(threshold).toBeFocused();
  await expect(threshold).toHaveAccessibleDescription(/0.*100/);
  await threshold.fill('12.5');
  await page.getByRole('combobox', { name: 'Time zone' }).fill('kolk');
  await page.getByRole('option', { name: /Kolkata/ }).click();
  await save(page).click();
  await expect(
    page.getByRole('status').filter({ hasText: 'Saved: time zone and usual threshold' }),
  ).toBeVisible();
  await picture(page, 'organisation-saved');

  // The other page was opened before: what it changes stands beside this, and nothing of this is lost.
  await name(beside).fill('Northwind Contact');
  await save(beside).click();
  await expect(beside.getByText('Saved: name')).toBeVisible();
  await expect(beside.getByLabel('Usual variance threshold')).toHaveValue('12.5');
  await expect(beside.getByRole('button', { name: /Sofia/ })).toContainText('Northwind Contact');

  // The same setting by both: the later one is asked.
  await name(page).fill('Northwind Care');
  await save(page).click();
  const asked = page.getByRole('alert').filter({ hasText: 'name: now Northwind Contact' });
  await expect(asked).toBeVisible();
  await expect(name(page)).toHaveValue('Northwind Care');
  await expectAccessible(page);
  await picture(page, 'organisation-meanwhile');
  await asked.getByRole('button', { name: 'Take theirs' }).click();
  await expect(name(page)).toHaveValue('Northwind Contact');
  await name(page).fill(before);
  await save(page).click();
  await expect(page.getByText('Saved: name')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(name(page)).toHaveValue('Northwind Contact');
  await name(page).fill(before);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved: name')).toBeVisible();

  // A new calibration begins with it.
  await page.goto('/calibrations/new');
  await expect(page.getByLabel(/threshold/i)).toHaveValue('12.5');
  // What was set and by whom is told.
  await page.goto('/organisation/security-log?kind=organisation-changed');
  await expect(page.getByRole('row').filter({ hasText: '10 % → 12.5 %' })).toBeVisible();
  await page.goto('/organisation/settings');
  await page.getByLabel('Usual variance threshold').fill('10');
  await save(page).click();
  await expect(page.getByText('Saved: usual threshold')).toBeVisible();
  await page.setViewportSize(phone.viewport);
  await expectAccessible(page);
  await picture(page, 'organisation-settings-phone');
});

test('[O1] nothing typed is lost offline, and the settings say why they cannot be seen', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Sofia');
  await page.goto('/organisation/settings');
  const before = await name(page).inputValue();
  await name(page).fill('Typed offline');
  await context.setOffline(true);
  await save(page).click();
  await expect(page.getByRole('alert').filter({ hasText: /offline/i })).toBeVisible();
  await expect(name(page)).toHaveValue('Typed offline');
  await context.setOffline(false);
  await name(page).fill(before);
  await expect(save(page)).toBeDisabled();

  await page.route('**/api/organisation', (route) => route.fulfill({ status: 500 }));
  await page.reload();
  await expect(page.getByRole('alert').filter({ hasText: 'went wrong' })).toBeVisible();
  await page.unroute('**/api/organisation');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(name(page)).toHaveValue(before);

  const { page: ben } = await seat(browser, product.app.url, 'Ben');
  await ben.goto('/organisation/settings');
  await expect(ben.getByText('Administrators see and change')).toBeVisible();
  await expect(ben.getByRole('navigation', { name: 'Organisation' })).toHaveCount(0);
});

test('[C1] the rail leads to what one may open, and so does a phone’s bar, with More for the rest', async ({
  browser,
  product,
}) => {
  const { page } = await seat(browser, product.app.url, 'Sofia', { viewport: { width: 1440, height: 900 } });
  await page.goto('/');
  const rail = page.getByRole('navigation', { name: 'Main' });
  await expect(rail.getByRole('link')).toHaveText([
    'Dashboard',
    'Scorecards',
    'Calibrations',
    'Organisation',
  ]);
  await rail.getByRole('link', { name: 'Organisation' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeFocused();
  await expect(rail.getByRole('link', { name: 'Organisation' })).toHaveAttribute('aria-current', 'page');
  const tabs = page.getByRole('navigation', { name: 'Organisation' }).getByRole('link');
  await expect(tabs).toHaveText(['People', 'Clients', 'Settings', 'Security log']);
  for (const [at, title] of ['People', 'Clients', 'Organisation settings', 'Security log'].entries()) {
    await tabs.nth(at).click();
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(tabs.nth(at)).toHaveAttribute('aria-current', 'page');
    await expect(rail.getByRole('link', { name: 'Organisation' })).toHaveAttribute('aria-current', 'page');
  }
  // Addresses of before lead there, with their filters.
  await page.goto('/people/security-log?kind=member-deactivated');
  await expect(page).toHaveURL(/\/organisation\/security-log\?kind=member-deactivated$/);
  await page.goto('/people');
  await expect(page).toHaveURL(/\/organisation\/people$/);
  await picture(page, 'rail');

  const { page: onPhone } = await seat(browser, product.app.url, 'Sofia', phone);
  await onPhone.goto('/');
  const bar = onPhone.getByRole('navigation', { name: 'Main' });
  await expect(bar.getByRole('link')).toHaveText(['Dashboard', 'Scorecards', 'Calibrations']);
  await expectAccessible(onPhone);
  await picture(onPhone, 'bar');
  await bar.getByRole('button', { name: 'More', exact: true }).tap();
  await expect(onPhone.getByRole('menuitem', { name: 'Organisation' })).toBeInViewport({ ratio: 1 });
  await picture(onPhone, 'bar-more');
  await onPhone.getByRole('menuitem', { name: 'Organisation' }).tap();
  await expect(onPhone.getByRole('heading', { level: 1, name: 'People' })).toBeVisible();
  // The end of the page stands above the bar.
  await onPhone.keyboard.press('End');
  const [last, top] = await Promise.all([
    onPhone
      .locator('main .page')
      .evaluate((page) => page.lastElementChild?.getBoundingClientRect().bottom ?? 0),
    bar.evaluate((nav) => nav.getBoundingClientRect().top),
  ]);
  expect(last).toBeLessThanOrEqual(
    top + (await onPhone.evaluate(() => document.documentElement.scrollHeight - innerHeight - scrollY)),
  );

  // Whoever may open less is led to less.
  const { page: ben } = await seat(browser, product.app.url, 'Ben', phone);
  await ben.goto('/calibrations');
  await expect(ben.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText([
    'Dashboard',
    'Scorecards',
    'Calibrations',
  ]);
  await expect(ben.getByRole('link', { name: 'Calibrations' })).toHaveAttribute('aria-current', 'page');
  await ben.getByRole('button', { name: 'More', exact: true }).tap();
  await expect(ben.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await expect(ben.getByRole('menuitem', { name: 'Organisation' })).toHaveCount(0);
  await ben.emulateMedia({ media: 'print' });
  await expect(ben.getByRole('navigation', { name: 'Main' })).toBeHidden();
});
