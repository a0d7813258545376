// One's own account, a forgotten password, and the security log, as people meet them (O5, P6).
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type OwnProduct, startOwnProduct } from '../support/own-product.ts';
import { expectAccessible, phone, picture, seat, startProduct } from '../support/pages.ts';

let product: OwnProduct;
const desk = { viewport: { width: 1440, height: 900 } } as const;
const password = 'correct horse battery';

async function open(browser: Browser, options: Parameters<Browser['newContext']>[0] = desk): Promise<Page> {
  const context = await browser.newContext({ baseURL: product.app.url, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return page;
}

async function signIn(page: Page, email: string, secret: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Sign in');
}

test.beforeAll(async ({ browser }) => {
  // Two servers and two databases begin here.
  test.setTimeout(180_000);
  product = await startOwnProduct();
  const page = await open(browser);
  await page.goto(product.setUpLink);
  await page.getByLabel('Organisation').fill('Northwind');
  await page.getByLabel('Your name').fill('Sofia Lind');
  await page.getByLabel('E-mail').fill('sofia@example.org');
  await page.getByLabel('Password', { exact: true }).fill('password1234');
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByText(/among the first anyone would try/i)).toBeVisible();
  await picture(page, 'set-up-common');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Set up Attune');
  await invite(page, 'ben@example.org');
  await page.context().close();
});

test.afterAll(async () => {
  await product?.end();
});

async function invite(admin: Page, email: string): Promise<void> {
  await admin.goto('/people');
  await admin.getByRole('button', { name: 'Invite someone' }).click();
  await admin.getByRole('dialog').getByLabel('E-mail').fill(email);
  await admin.getByRole('button', { name: 'Make the link' }).click();
  const link = await admin.getByRole('textbox', { name: 'The invitation link' }).inputValue();
  const guest = await admin.context().browser()?.newContext({ baseURL: product.app.url });
  const page = await guest?.newPage();
  if (!guest || !page) throw new Error('no browser');
  await page.goto(link);
  await page.getByLabel('Your name').fill('Ben Whitfield');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Join');
  await guest.close();
}

test('[O5] one sees where one is signed in, ends the others, and changes the password', async ({
  browser,
}) => {
  const [here, there] = [await open(browser), await open(browser, phone)];
  await signIn(here, 'ben@example.org', password);
  await signIn(there, 'ben@example.org', password);
  await here.goto('/settings');
  const signIns = here.getByRole('region', { name: 'Where you are signed in' });
  await expect(signIns.getByText('This browser')).toHaveCount(1);
  await expect(signIns.getByText('Since')).not.toHaveCount(1);
  await expectAccessible(here);
  await picture(here, 'settings-desk');
  await there.goto('/settings');
  await expect(there.getByRole('region', { name: 'Where you are signed in' })).toBeVisible();
  await expectAccessible(there);
  await picture(there, 'settings-phone');
  await signIns.getByRole('button', { name: 'Sign out all others' }).click();
  await expect(signIns.getByText('Since')).toHaveCount(1);
  await expect(there.getByRole('dialog', { name: 'Your sign-in has ended' })).toBeVisible();

  await here.getByLabel('Current password').fill('not this one');
  await here.getByLabel('New password').fill('passwordpassword');
  await here.getByRole('button', { name: 'Change password' }).click();
  await expect(here.getByText('This is not your current password.')).toBeVisible();
  await here.getByLabel('Current password').fill(password);
  await here.getByRole('button', { name: 'Change password' }).click();
  await expect(here.getByText(/among the first anyone would try/i)).toBeVisible();
  await picture(here, 'settings-refused');
  await here.getByLabel('New password').fill('three plain words');
  await here.getByRole('button', { name: 'Change password' }).click();
  await expect(here.getByText('Your password has been changed.')).toBeVisible();
  await signIn(there, 'ben@example.org', 'three plain words');
  await there.goto('/settings');
  await there.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(there.getByRole('dialog')).toBeVisible();
  await picture(there, 'everywhere-phone');
  await there.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(there.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  for (const page of [here, there]) await page.context().close();
});

test('[O5] whoever forgot the password gets a link from an administrator, and the log tells it', async ({
  browser,
}) => {
  const admin = await open(browser);
  await signIn(admin, 'sofia@example.org', password);
  await admin.goto('/people');
  await picture(admin, 'people-desk');
  await admin.getByRole('button', { name: 'Actions for Ben Whitfield' }).click();
  await admin.getByRole('menuitem', { name: 'Reset password' }).click();
  await expect(admin.getByText(/a sheet begun before stays closed/)).toBeVisible();
  await picture(admin, 'reset-asked');
  await expectAccessible(admin);
  await admin.getByRole('button', { name: 'Make the link' }).click();
  const link = await admin.getByRole('textbox', { name: 'The reset link' }).inputValue();
  await picture(admin, 'reset-made');

  const ben = await open(browser, phone);
  await ben.goto(link);
  await expect(ben.getByLabel('E-mail')).toHaveValue('ben@example.org');
  await expectAccessible(ben);
  await picture(ben, 'new-password-phone');
  await ben.getByLabel('New password').fill('my dog likes rain');
  await ben.getByRole('button', { name: 'Set the password' }).click();
  await expect(ben.getByRole('heading', { level: 1 })).not.toHaveText('New password');
  await ben.goto(link);
  await expect(ben.getByText('This link does not work')).toBeVisible();
  await picture(ben, 'new-password-used');

  await admin.goto('/people/security-log');
  await expect(admin.getByRole('rowheader', { name: /Password reset by link/ })).toBeVisible();
  await expectAccessible(admin);
  await picture(admin, 'log-desk');
  await admin.getByLabel('What happened').selectOption('Reset link made');
  await expect(admin.getByRole('rowheader')).toHaveCount(1);
  await expect(admin).toHaveURL(/kind=reset-link-made/);
  await admin.setViewportSize(phone.viewport);
  await admin.goto('/people/security-log');
  await expect(admin.getByRole('rowheader').first()).toBeVisible();
  await expectAccessible(admin);
  await picture(admin, 'log-phone');
  await admin.goto('/people/security-log?kind=key-rotated');
  await expect(admin.getByText('Nothing like this has happened.')).toBeVisible();
  for (const page of [admin, ben]) await page.context().close();
});

test('[O6] the demo says that its accounts have no password, and offers no reset', async ({ browser }) => {
  const demo = await startProduct();
  const { page, context } = await seat(browser, demo.app.url, 'Sofia', desk);
  await page.goto('/settings');
  await expect(page.getByText('This account has no password')).toBeVisible();
  await picture(page, 'settings-demo');
  await page.goto('/people');
  await page
    .getByRole('button', { name: /^Actions for/ })
    .first()
    .click();
  await expect(page.getByRole('menuitem', { name: 'Change', exact: true })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Reset password' })).toHaveCount(0);
  await context.close();
  await demo.end();
});
