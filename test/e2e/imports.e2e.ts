// Members out of a table, in the browser: tried, mended, brought in; and members without a sign-in, made by hand.
import { type Browser, expect, type Page } from '@playwright/test';
import { expectAccessible, phone, picture, seat, productTest as test } from '../support/pages.ts';

const csv = (text: string, name = 'people.csv') => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});

async function openImport(browser: Browser, url: string, options: Parameters<typeof seat>[3] = {}) {
  const { page } = await seat(browser, url, 'Sofia', options);
  await page.goto('/people');
  await page.getByRole('button', { name: 'More for members' }).click();
  await page.getByRole('menuitem', { name: 'Import members' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import members' });
  await expect(dialog).toBeVisible();
  return { page, dialog };
}

async function listed(page: Page, text: string): Promise<string[]> {
  const reply = await page.request.get(`/api/members?text=${encodeURIComponent(text)}`);
  return ((await reply.json()) as { members: { name: string }[] }).members.map(({ name }) => name);
}

test('[E10] a file is tried, its bad rows are shown and mended, and all of it comes in by the yes', async ({
  browser,
  product,
}) => {
  const { page, dialog } = await openImport(browser, product.app.url);
  await picture(page, 'import-choose');
  await expectAccessible(page);
  await expect(dialog.getByRole('button', { name: 'Import' })).toBeDisabled();
  const file = dialog.getByLabel('Choose a file');
  const head = 'name;employee number;roles;access\r\n';
  await file.setInputFiles(
    csv(`${head}Imported One;IMP-1;agent;Nowhere\r\nImported Two;IMP-2;boss;\r\nImported Three;IMP-3;;\r\n`),
  );
  await expect(dialog.getByText('2 rows need mending.')).toBeVisible();
  await expect(
    dialog.getByRole('cell', { name: /There is no client “Nowhere”. Allowed: Whole organisation/i }),
  ).toBeVisible();
  await expect(dialog.getByRole('row', { name: /^3 roles “boss” is not a role/ })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await picture(page, 'import-bad');
  await expectAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: 'Download these rows' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('bad-rows.csv');
  expect(await listed(page, 'Imported')).toEqual([]);

  await dialog
    .getByLabel('Choose another file')
    .setInputFiles(
      csv(`${head}Imported One;IMP-1;agent;Whole organisation\r\nImported Two;IMP-2;agent;\r\n`),
    );
  const yes = dialog.getByRole('button', { name: 'Import 2 members' });
  await expect(yes).toBeEnabled();
  await picture(page, 'import-ready');
  expect(await listed(page, 'Imported')).toEqual([]);
  await yes.click();
  await expect(dialog.getByText('2 members added')).toBeVisible();
  await picture(page, 'import-done');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('searchbox').fill('IMP-');
  await expect(page.getByRole('row', { name: /Imported One IMP-1 .*No sign-in/ })).toBeVisible();

  await page.getByRole('button', { name: 'More for members' }).click();
  const [members] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export members' }).click(),
  ]);
  expect(members.suggestedFilename()).toBe('members.csv');
});

test('[E10] a file that cannot be read says where and why; a phone has room for all of it', async ({
  browser,
  product,
}) => {
  const { page, dialog } = await openImport(browser, product.app.url, phone);
  const file = () => dialog.getByLabel(/Choose (a|another) file/);
  await file().setInputFiles(csv('name,shoe size\nA,42\n'));
  await expect(dialog.getByRole('alert')).toContainText(
    'Line 1 has shoe size. Known columns are name, e-mail',
  );
  await picture(page, 'import-refused-phone');
  await file().setInputFiles(csv('name,roles\nA,agent\nB,"agent\n'));
  await expect(dialog.getByRole('alert')).toContainText('The row begins on line 3.');
  await file().setInputFiles(csv('name,roles\nPhone One,agent\nPhone Two,boss\n'));
  await expect(dialog.getByText('1 row needs mending.')).toBeVisible();
  await picture(page, 'import-bad-phone');
  await expectAccessible(page);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
});

test('[E10] an upload that is cut off goes on by itself, from where it stopped', async ({
  browser,
  product,
}) => {
  const { page, dialog } = await openImport(browser, product.app.url);
  const offsets: string[] = [];
  let cut = true;
  await page.route('**/api/imports/*/parts?*', async (route) => {
    offsets.push(new URL(route.request().url()).searchParams.get('offset') ?? '');
    if (cut && offsets.length > 1) await route.abort('connectionfailed');
    else await route.continue();
  });
  const rows = Array.from({ length: 300 }, (_, at) => `"${`Cut ${at}`.padEnd(8_000)}",CUT-${at}`);
  await dialog.getByLabel('Choose a file').setInputFiles(csv(`name,employee number\n${rows.join('\n')}`));
  await expect(dialog.getByText('Attune cannot be reached')).toBeVisible();
  await picture(page, 'import-waiting');
  cut = false;
  await expect(dialog.getByRole('button', { name: 'Import 300 members' })).toBeEnabled({ timeout: 20_000 });
  expect(offsets.filter((offset) => offset === '0')).toHaveLength(1);
});

test('[E10] what has changed since one looked is not written, and is shown anew', async ({
  browser,
  product,
}) => {
  const { page, dialog } = await openImport(browser, product.app.url);
  await dialog
    .getByLabel('Choose a file')
    .setInputFiles(csv('name,employee number\nStale One,STL-1\nStale Two,STL-2\n'));
  const yes = dialog.getByRole('button', { name: 'Import 2 members' });
  await expect(yes).toBeEnabled();
  const json = {
    name: 'Stale One',
    employeeNumber: 'STL-1',
    roles: ['agent'],
    access: { kind: 'organisation' },
  };
  const added = await page.request.post('/api/members', { data: json, headers: { Origin: product.app.url } });
  expect(added.status()).toBe(201);
  await yes.click();
  await expect(dialog.getByText('Nothing was imported: members have changed since you looked')).toBeVisible();
  expect(await listed(page, 'Stale Two')).toEqual([]);
  await dialog.getByRole('button', { name: 'Import 1 member' }).click();
  await expect(dialog.getByText('1 member added')).toBeVisible();
});

test('[O2 O5] a member without a sign-in is added, told apart, and invited as who they are, by keys alone', async ({
  browser,
  product,
}) => {
  const { page } = await seat(browser, product.app.url, 'Sofia');
  await page.goto('/people');
  await page.getByRole('button', { name: 'Add a member' }).focus();
  await page.keyboard.press('Enter');
  const add = page.getByRole('dialog', { name: 'Add a member without a sign-in' });
  await expect(add.getByRole('button', { name: 'Add', exact: true })).toBeDisabled();
  await add.getByLabel('Name').fill('Theo Marsh');
  await add.getByLabel('Employee number').fill('TM-77');
  await picture(page, 'member-add');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(add).toBeHidden();
  await page.getByRole('searchbox').fill('TM-77');
  const row = page.getByRole('row', { name: /Theo Marsh/ });
  await expect(row).toContainText('No sign-in');
  await picture(page, 'member-unsigned');
  await row.getByRole('button', { name: 'Actions for Theo Marsh' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Invite to sign in' }).press('Enter');
  const invite = page.getByRole('dialog', { name: 'Invite Theo Marsh' });
  await invite.getByLabel('E-mail').fill('theo.marsh@example.org');
  await picture(page, 'member-invite');
  await page.keyboard.press('Enter');
  const link = page.getByRole('dialog', { name: 'The invitation link' });
  await expect(link).toContainText('theo.marsh@example.org');
  await page.keyboard.press('Escape');
  await expect(page.getByText('Theo Marsh · theo.marsh@example.org')).toBeVisible();
  // Twice the same number is said at its field.
  await page.getByRole('button', { name: 'Add a member' }).click();
  await add.getByLabel('Name').fill('Somebody');
  await add.getByLabel('Employee number').fill('TM-77');
  await add.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(add.getByText('Somebody has this number already.')).toBeVisible();
});
