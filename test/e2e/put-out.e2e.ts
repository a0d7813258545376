// An impostor in the lobby: the facilitator is warned of the name, lets them in by mistake, gives them another name, and puts them
// out while people score. And whoever is excused, and an administrator who ends a guest.
import { type Browser, expect, type Page, test } from '@playwright/test';
import { expectAccessible, type Product, phone, seat, startProduct } from '../support/pages.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

/** A calibration of Ana's in scoring for Ben and Chloé, and its join link. */
async function scoring(
  browser: Browser,
  name: string,
): Promise<{ lead: Page; address: string; link: string }> {
  const { page: lead } = await seat(browser, product.app.url, 'Ana');
  await lead.goto('/calibrations/new');
  await lead.getByLabel('Session name').fill(name);
  await lead.getByLabel('Scorecard', { exact: true }).selectOption({ label: 'Technical support' });
  await lead.getByRole('button', { name: 'Create draft' }).click();
  await expect(lead.getByRole('heading', { level: 1, name })).toBeVisible();
  for (const member of ['Ben Whitfield', 'Chloé Martin']) {
    await lead.getByRole('combobox', { name: 'Add a participant' }).fill(member);
    await lead.getByRole('option', { name: member }).click();
    await expect(lead.getByRole('button', { name: `Options for ${member}` })).toBeVisible();
  }
  await lead.getByRole('button', { name: 'Make a join link' }).click();
  const link = await lead.getByRole('textbox', { name: 'Join link' }).inputValue();
  await lead.getByRole('button', { name: 'Start scoring' }).click();
  await lead.getByRole('dialog').getByRole('button', { name: 'Start scoring' }).click();
  await expect(lead.getByRole('dialog')).toHaveCount(0);
  return { lead, address: lead.url(), link };
}

async function guestAsks(browser: Browser, link: string, name: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: product.app.url, reducedMotion: 'reduce', ...phone });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Ask to join' }).tap();
  await expect(page.getByRole('heading', { name: 'Waiting for Ana to let you in' })).toBeVisible();
  return page;
}

test('[J1] [C12] the facilitator is warned of a name like a member’s, renames who bears it, and puts them out of scoring', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { lead, link } = await scoring(browser, 'An impostor');
  const twin = await guestAsks(browser, link, 'BEN\u200B Whitfie1d');
  const plain = await guestAsks(browser, link, 'Zoë Marchetti');
  const row = lead.getByRole('listitem').filter({ hasText: 'BEN Whitfie1d' });
  await expect(row.getByText('Looks like Ben Whitfield, who is in this calibration')).toBeVisible();
  await expectAccessible(lead);
  // Those whose name is nobody else's are let in together; whoever is like another stays.
  await lead.getByRole('button', { name: 'Let the others in' }).click();
  await expect(lead.getByRole('button', { name: 'Options for Zoë Marchetti (guest)' })).toBeVisible();
  await expect(plain.getByText('1 of 6')).toBeVisible();

  await row.getByRole('button', { name: 'Rename BEN Whitfie1d' }).click();
  await lead.getByRole('dialog').getByLabel('Name').fill('Ben W. from the agency');
  await expectAccessible(lead);
  await lead.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await lead.getByRole('button', { name: 'Let in Ben W. from the agency' }).click();
  await expect(twin.getByText('1 of 6')).toBeVisible();
  await twin.locator('.question.current').getByRole('radio').first().tap();
  await expect(twin.getByText('Saved', { exact: true })).toBeVisible();

  const shown = 'Ben W. from the agency (guest)';
  await lead.getByRole('button', { name: `Options for ${shown}` }).click();
  await lead.getByRole('menuitem', { name: 'Put out' }).click();
  const dialog = lead.getByRole('dialog', { name: `Put ${shown} out?` });
  await expect(dialog.getByText('discarded unread and cannot be brought back')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Put out', exact: true })).toBeDisabled();
  await dialog.getByLabel('Reason').fill('Nobody here knows them');
  await expectAccessible(lead);
  await dialog.getByRole('button', { name: 'Put out', exact: true }).click();
  await expect(twin.getByRole('heading', { name: 'You are no longer in this calibration' })).toBeVisible();
  await expectAccessible(twin);
  await expect(lead.getByRole('button', { name: `Options for ${shown}` })).toHaveCount(0);
  await twin.reload();
  await expect(twin.getByText('Question 1')).toHaveCount(0);
  await expect(twin.locator('.question')).toHaveCount(0);
});

test('[J1] the lobby is emptied at once, and says so to everyone who waited', async ({ browser }) => {
  const { lead, link } = await scoring(browser, 'Too many');
  const first = await guestAsks(browser, link, 'One');
  const second = await guestAsks(browser, link, 'Two');
  await lead.getByRole('button', { name: 'Turn all away' }).click();
  const dialog = lead.getByRole('dialog', { name: 'Turn all 2 people away?' });
  await expectAccessible(lead);
  await dialog.getByRole('button', { name: 'Turn all away' }).click();
  for (const guest of [first, second])
    await expect(guest.getByRole('heading', { name: 'You are not in this calibration' })).toBeVisible();
  await expect(lead.getByRole('heading', { name: 'Waiting to join' })).toHaveCount(0);
});

test('[C7] whoever is excused keeps a page that says so, and it goes on when they are let back in', async ({
  browser,
}) => {
  const { lead, address, link } = await scoring(browser, 'Excused');
  const third = await guestAsks(browser, link, 'Zoë');
  await lead.getByRole('button', { name: 'Let in Zoë' }).click();
  await expect(third.getByText('1 of 6')).toBeVisible();
  const { page: chloe } = await seat(browser, product.app.url, 'Chloé');
  await chloe.goto(`${address}/score`);
  await expect(chloe.locator('.question').first()).toBeVisible();
  await lead.getByRole('button', { name: 'Options for Chloé Martin' }).click();
  await lead.getByRole('menuitem', { name: 'Excuse' }).click();
  await lead.getByRole('dialog').getByLabel('Reason').fill('On leave');
  await lead.getByRole('dialog').getByRole('button', { name: 'Excuse' }).click();
  const heading = chloe.getByRole('heading', { name: 'You are excused from this calibration' });
  await expect(heading).toBeVisible();
  await expect(chloe.getByText('Ana Souza noted: “On leave”.')).toBeVisible();
  await expectAccessible(chloe);
  await chloe.goto(address);
  await expect(heading).toBeVisible();
  await expect(chloe.getByText('Ben Whitfield')).toHaveCount(0);
  await lead.getByRole('button', { name: 'Options for Chloé Martin' }).click();
  await lead.getByRole('menuitem', { name: 'Let back in' }).click();
  await expect(chloe.getByText('Ben Whitfield')).toBeVisible();
});

test('[J1] an administrator sees who came in without an account, and ends it', async ({ browser }) => {
  const { lead, link } = await scoring(browser, 'Guests are seen');
  const guest = await guestAsks(browser, link, 'Zoë Lindqvist');
  await lead.getByRole('button', { name: 'Let in Zoë Lindqvist' }).click();
  await expect(guest.getByText('1 of 6')).toBeVisible();
  const { page: admin } = await seat(browser, product.app.url, 'Sofia');
  await admin.goto('/people');
  const row = admin.getByRole('listitem').filter({ hasText: 'Zoë Lindqvist (guest)' });
  await expect(row.getByText('admitted by Ana Souza')).toBeVisible();
  await expectAccessible(admin);
  await row.getByRole('button', { name: 'End the sign-in of Zoë Lindqvist' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
  await expect(row.getByText('Ended')).toBeVisible();
  await expect(guest.getByRole('heading', { name: 'You are no longer in this calibration' })).toBeVisible();
});
