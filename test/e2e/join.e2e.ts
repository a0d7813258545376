// Coming in by a link: a phone guest through the lobby, a member, and everyone who is not let in or no longer. Each in a browser of
// their own. A guest's further device, and a member's further browser, are in places.e2e.ts.
import { type Browser, expect, type Page, test } from '@playwright/test';
import { expectAccessible, type Product, phone, type Seat, seat, startProduct } from '../support/pages.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

/** A browser nobody is signed in with. */
async function visitor(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = phone,
): Promise<Seat> {
  const context = await browser.newContext({
    baseURL: product.app.url,
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return { context, page };
}

/** A draft of Ana's, open in her browser, with a join link. */
async function draftWithLink(
  browser: Browser,
  name: string,
  members: readonly string[] = [],
): Promise<{ lead: Page; address: string; link: string }> {
  const { page } = await seat(browser, product.app.url, 'Ana');
  await page.goto('/calibrations/new');
  await page.getByLabel('Session name').fill(name);
  await page.getByLabel('Scorecard', { exact: true }).selectOption({ label: 'Technical support' });
  await page.getByRole('button', { name: 'Create draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  for (const member of members) {
    await page.getByRole('combobox', { name: 'Add a participant' }).fill(member);
    await page.getByRole('option', { name: member }).click();
    await expect(page.getByRole('button', { name: `Options for ${member}` })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Make a join link' }).click();
  await expect(page.getByRole('img', { name: 'Code to scan: the join link' })).toBeVisible();
  const link = await page.getByRole('textbox', { name: 'Join link' }).inputValue();
  return { lead: page, address: page.url(), link };
}

async function step(lead: Page, verb: 'Start scoring' | 'Reveal'): Promise<void> {
  await lead.getByRole('button', { name: verb }).click();
  await lead.getByRole('dialog').getByRole('button', { name: verb }).click();
  await expect(lead.getByRole('dialog')).toHaveCount(0);
}

/** Says why in the dialog that asks about it, and puts them out. */
async function putOut(lead: Page, name: string): Promise<void> {
  const dialog = lead.getByRole('dialog', { name: `Put ${name} out?` });
  await dialog.getByLabel('Reason').fill('Not of our team');
  await dialog.getByRole('button', { name: 'Put out', exact: true }).click();
}

/** Asks to be let in as a guest. */
async function ask(guest: Page, link: string, name: string): Promise<void> {
  await guest.goto(link);
  await guest.getByLabel('Your name').fill(name);
  await guest.getByRole('button', { name: 'Ask to join' }).tap();
  await expect(guest.getByRole('heading', { name: 'Waiting for Ana to let you in' })).toBeVisible();
}

test('[J1] a guest on a phone reaches the first answer in two taps after the name, through a reload and a lost network', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { lead, link } = await draftWithLink(browser, 'Two taps', ['Ben Whitfield', 'Chloé Martin']);
  await step(lead, 'Start scoring');
  const { page: guest, context } = await visitor(browser);
  await guest.goto(link);
  await expect(guest.getByText('Facilitated by Ana Souza')).toBeVisible();
  await expectAccessible(guest);
  await guest.getByLabel('Your name').fill('Zoë Marchetti');
  await guest.getByRole('button', { name: 'Ask to join' }).tap();
  await expect(guest.getByRole('heading', { name: 'Waiting for Ana to let you in' })).toBeVisible();
  await expectAccessible(guest);

  // The lobby survives a reload, and says what a lost network means.
  await guest.reload();
  await expect(guest.getByRole('heading', { name: 'Waiting for Ana to let you in' })).toBeVisible();
  await context.setOffline(true);
  await expect(guest.getByRole('main').getByText('You keep your place.')).toBeVisible();
  await context.setOffline(false);
  await expect(guest.getByRole('main').getByText('You keep your place.')).toBeHidden();

  await expectAccessible(lead);
  await lead.getByRole('button', { name: 'Let in Zoë Marchetti' }).click();
  await expect(guest.getByText('1 of 6')).toBeVisible();
  expect(guest.url(), 'the token does not stay in the address').not.toContain('#');
  await guest.locator('.question.current').getByRole('radio').first().tap();
  await expect(guest.getByText('Saved', { exact: true })).toBeVisible();
  await expect(lead.getByText('1 of 6 answered')).toBeVisible();
  await context.close();
});

test('[J1] a guest who was turned away, and whoever comes by a link that has ended, is told so calmly', async ({
  browser,
}) => {
  const { lead, link } = await draftWithLink(browser, 'Turned away');
  const { page: guest } = await visitor(browser);
  await ask(guest, link, 'Wim');
  await lead.getByRole('button', { name: 'Turn away Wim' }).click();
  await lead
    .getByRole('dialog', { name: 'Turn Wim (guest) away?' })
    .getByRole('button', { name: 'Turn away', exact: true })
    .click();
  await expect(guest.getByRole('heading', { name: 'You are not in this calibration' })).toBeVisible();
  await expectAccessible(guest);

  // Made anew, the old one is dead; revoked, so is the new one: alike, and alike one that never was.
  await lead.getByRole('button', { name: 'Join link: More about this link' }).click();
  await lead.getByRole('menuitem', { name: 'Make new' }).click();
  await lead.getByRole('dialog').getByRole('button', { name: 'Make new link' }).click();
  await expect(lead.getByRole('textbox', { name: 'Join link' })).not.toHaveValue(link);
  const second = await lead.getByRole('textbox', { name: 'Join link' }).inputValue();
  const { page: late } = await visitor(browser);
  await late.goto(link);
  await expect(late.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
  const told = await late.getByRole('main').textContent();
  await lead.getByRole('button', { name: 'Join link: More about this link' }).click();
  await lead.getByRole('menuitem', { name: 'Revoke' }).click();
  await lead.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(lead.getByRole('button', { name: 'Make a join link' })).toBeVisible();
  for (const dead of [second, link.replace(/#.*/, `#${'x'.repeat(43)}`)]) {
    const { page } = await visitor(browser);
    await page.goto(dead);
    await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
    expect(await page.getByRole('main').textContent()).toBe(told);
  }
});

test('[J1] a member signs in from the join page, comes back to it, and joins with one tap', async ({
  browser,
}) => {
  const { lead, link } = await draftWithLink(browser, 'A member joins');
  const { page: member } = await visitor(browser);
  await member.goto(link);
  await member.getByRole('link', { name: 'Sign in instead' }).tap();
  await member.getByRole('button', { name: /Grace Adeyemi/ }).tap();
  await member.getByRole('button', { name: 'Join as Grace' }).tap();
  await expect(member.getByRole('heading', { name: 'You are in' })).toBeVisible();
  await expect(lead.getByRole('button', { name: 'Options for Grace Adeyemi' })).toBeVisible();
});

test('[J1] a guest sees one session and no way beyond it, and is out at once when removed', async ({
  browser,
}) => {
  const { lead, address, link } = await draftWithLink(browser, 'One session', ['Ben Whitfield']);
  const { page: guest } = await visitor(browser);
  await ask(guest, link, 'Pim');
  await lead.getByRole('button', { name: 'Let in Pim' }).click();
  await expect(guest.getByRole('heading', { name: 'You are in' })).toBeVisible();
  await guest.goto('/people');
  await expect(guest).toHaveURL(address);
  await expect(guest.getByRole('heading', { level: 1, name: 'One session' })).toBeVisible();
  await expect(guest.getByRole('navigation')).toHaveCount(0);
  await expectAccessible(guest);
  await lead.getByRole('button', { name: 'Options for Pim' }).click();
  await lead.getByRole('menuitem', { name: 'Put out' }).click();
  await putOut(lead, 'Pim (guest)');
  await expect(guest.getByRole('heading', { name: 'You are no longer in this calibration' })).toBeVisible();
  await expectAccessible(guest);
});

test('[J1] whoever joins in review watches; a late guest is let in beside the board, and removed from it at once', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const members = ['Ben Whitfield', 'Chloé Martin'] as const;
  const { lead, address, link } = await draftWithLink(browser, 'Late to the board', members);
  await step(lead, 'Start scoring');
  for (const name of members) {
    const { page, context } = await seat(browser, product.app.url, name);
    await page.goto(`${address}/score`);
    await expect(page.locator('.question').first()).toBeVisible();
    // The keys come a moment after the page.
    await expect(async () => {
      await page.keyboard.press('1');
      await expect(page.getByText('1 of 6 answered')).toBeVisible({ timeout: 500 });
    }).toPass();
    for (const key of ['5', '1', '4', '5', '1']) {
      await page.keyboard.press('j');
      await page.keyboard.press(key);
    }
    await expect(page.getByText('6 of 6 answered')).toBeVisible();
    await page.getByRole('button', { name: 'Submit' }).click();
    await expect(page.getByRole('button', { name: 'Take back' })).toBeVisible();
    await context.close();
  }
  await step(lead, 'Reveal');
  await expect(lead.getByText('threshold 10 %')).toBeVisible();

  const { page: guest } = await visitor(browser);
  await ask(guest, link, 'Noor Haddad');
  await expect(lead.getByRole('button', { name: 'Let in Noor Haddad' })).toBeVisible();
  await expectAccessible(lead);
  await lead.getByRole('button', { name: 'Let in Noor Haddad' }).click();
  await expect(guest).toHaveURL(address);
  await expect(guest.getByText('threshold 10 %')).toBeVisible();
  await lead.getByRole('button', { name: 'More', exact: true }).click();
  await lead.getByRole('menuitem', { name: 'Join link and screen' }).click();
  await expect(lead.getByRole('dialog').getByRole('heading', { name: 'Watching' })).toBeVisible();
  await expectAccessible(lead);
  await lead.getByRole('button', { name: 'Put out Noor Haddad (guest)' }).click();
  await putOut(lead, 'Noor Haddad (guest)');
  await expect(guest.getByRole('heading', { name: 'You are no longer in this calibration' })).toBeVisible();
});

test('[C3] the facilitator hands the session over, and the other lead has it at once', async ({
  browser,
}) => {
  const { lead, address } = await draftWithLink(browser, 'Handed over');
  const { page: other } = await seat(browser, product.app.url, 'Sofia');
  await other.goto(address);
  await expect(other.getByText('Facilitated by Ana Souza')).toBeVisible();
  await lead.getByRole('button', { name: 'More', exact: true }).click();
  await lead.getByRole('menuitem', { name: 'Hand over' }).click();
  await lead.getByRole('dialog').getByRole('combobox', { name: 'Lead' }).fill('Sofia');
  await lead.getByRole('option', { name: 'Sofia' }).click();
  await lead.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
  await expect(lead.getByText('Facilitated by Sofia Castellano')).toBeVisible();
  await expect(lead.getByRole('textbox', { name: 'Join link' })).toHaveCount(0);
  await expect(other.getByRole('button', { name: 'Start scoring' })).toBeVisible();
});
