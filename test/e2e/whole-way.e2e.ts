// From the printed set-up link on an empty database to a revealed board, all of it on screens, by three people in browsers of their own,
// one on a phone. Nothing is made behind the screens' backs.
import { type Browser, expect, type Page, test } from '@playwright/test';
import { type OwnProduct, ownPassword, setUpOwn, startOwnProduct } from '../support/own-product.ts';
import { expectAccessible, phone, picture } from '../support/pages.ts';

let product: OwnProduct;
const desk = { viewport: { width: 1440, height: 900 } } as const;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  product = await startOwnProduct();
});

test.afterAll(async () => {
  await product?.end();
});

async function browserOf(browser: Browser, options: object = desk): Promise<Page> {
  const context = await browser.newContext({
    baseURL: product.app.url,
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return page;
}

const steps = (page: Page) =>
  page.getByRole('region', { name: 'From here to your first calibration' }).getByRole('listitem');

/** Follows the one step that is offered first, from the dashboard. */
async function nextStep(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Dashboard' }).click();
  const button = steps(page).locator('.button.primary');
  await expect(button).toHaveText(name);
  await button.click();
}

async function addClient(page: Page): Promise<void> {
  await nextStep(page, 'Add clients');
  await page.getByRole('button', { name: 'New client' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Kestrel Bank');
  await page.getByRole('dialog').getByLabel('Lines of business').fill('Cards\nLoans');
  await page.getByRole('button', { name: 'Add client' }).click();
  await expect(page.getByRole('region', { name: 'Kestrel Bank' })).toContainText('Cards');
}

/** @returns the link to pass on */
async function invite(page: Page, email: string, role: string, whole: boolean): Promise<string> {
  await page.getByRole('button', { name: 'Invite someone' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill(email);
  if (role !== 'Evaluator') await dialog.getByRole('checkbox', { name: /^Evaluator/ }).uncheck();
  await dialog.getByRole('checkbox', { name: new RegExp(`^${role}`) }).check();
  if (!whole) {
    await dialog.getByLabel('Chosen clients').check();
    await dialog.getByRole('checkbox', { name: 'Cards', exact: true }).check();
  }
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const link = await page.getByRole('textbox', { name: 'The invitation link' }).inputValue();
  await page.keyboard.press('Escape');
  await expect(page.getByText(email)).toBeVisible();
  return link;
}

async function accept(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await expect(page.getByText('Northwind')).toBeVisible();
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(ownPassword);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
}

async function makeScorecard(page: Page): Promise<void> {
  await nextStep(page, 'Make a scorecard');
  await page.getByRole('button', { name: 'New scorecard' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Card calls');
  await dialog.getByLabel('Client and line of business').selectOption({ label: 'Kestrel Bank' });
  await dialog.getByRole('button', { name: 'Make draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Card calls' })).toBeVisible();
  const inHand = page.getByRole('region', { name: 'What is in hand' });
  const row = (text: string) =>
    page
      .getByRole('navigation', { name: 'Outline' })
      .locator('button[aria-current]')
      .filter({ hasText: text });
  await row('Untitled section').click();
  await inHand.getByLabel('Title').fill('The call');
  await row('New question').click();
  await inHand.getByLabel('Question', { exact: true }).fill('Verifies the caller');
  await page.getByRole('button', { name: 'Add question to The call' }).click();
  await page.keyboard.type('Explains the fee');
  await inHand.getByLabel('Answered by').selectOption({ label: 'Scale' });
  await inHand.getByLabel('To', { exact: true }).fill('5');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText('Published · Version 1 · 2 questions')).toBeVisible();
}

test('[O3 O5 S1 C2 C5 C7 C8] from the set-up link to a revealed board, on screens alone, by three people', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const sofia = await setUpOwn(browser, product, { ...desk, timezoneId: 'Europe/Lisbon' });
  await expect(steps(sofia)).toHaveCount(4);
  await picture(sofia, 'way-1-first-run');
  await addClient(sofia);

  // The organisation's days are those of where it was set up.
  const main = sofia.getByRole('navigation', { name: 'Main' });
  await main.getByRole('link', { name: 'Organisation' }).click();
  await sofia
    .getByRole('navigation', { name: 'Organisation' })
    .getByRole('link', { name: 'Settings' })
    .click();
  await expect(sofia.getByRole('combobox', { name: 'Time zone' })).toHaveValue('Lisbon, Europe');

  await nextStep(sofia, 'Invite people');
  const forAna = await invite(sofia, 'ana@example.org', 'QA lead', true);
  const forBen = await invite(sofia, 'ben@example.org', 'Evaluator', false);
  await picture(sofia, 'way-2-invited');
  await makeScorecard(sofia);

  const [ana, ben] = [await browserOf(browser), await browserOf(browser, phone)];
  await accept(ana, forAna, 'Ana Souza');
  await accept(ben, forBen, 'Ben Whitfield');
  await expectAccessible(ben);
  await picture(ben, 'way-3-evaluator-first');

  // The first calibration, for the line of business that Ben works for.
  await nextStep(sofia, 'New calibration');
  await sofia.getByLabel('Session name').fill('The fee that nobody explained');
  await sofia.getByLabel('Scorecard', { exact: true }).selectOption({ label: 'Card calls' });
  await sofia.getByLabel('Client and line of business').selectOption({ label: 'Kestrel Bank, Cards' });
  await sofia.getByLabel('Interaction reference').fill('KB-1042');
  await sofia.getByRole('button', { name: 'Create draft' }).click();
  await expect(sofia.getByRole('heading', { level: 1, name: 'The fee that nobody explained' })).toBeVisible();
  await expect(sofia.getByText('Add 2 more participants to start.')).toBeVisible();
  for (const name of ['Ana Souza', 'Ben Whitfield']) {
    await sofia.getByRole('combobox', { name: 'Add a participant' }).fill(name);
    await sofia.getByRole('option', { name }).click();
    await expect(sofia.locator('li').filter({ hasText: name })).toBeVisible();
  }
  await picture(sofia, 'way-4-draft');
  await sofia.getByRole('button', { name: 'Start scoring' }).click();
  await sofia.getByRole('dialog').getByRole('button', { name: 'Start scoring' }).click();

  // Each finds it on the first page, and scores alone.
  for (const page of [ana, ben])
    await page
      .getByRole('region', { name: 'For you to score' })
      .getByRole('link', { name: /The fee that nobody explained/ })
      .click();
  await expect(ana.getByText('Verifies the caller').first()).toBeVisible();
  for (const key of ['1', 'j', '5']) await ana.keyboard.press(key);
  await expect(ana.getByText('2 of 2 answered')).toBeVisible();
  await ben.getByRole('radio', { name: /^Pass/ }).first().tap();
  await ben.getByRole('button', { name: 'Next question' }).tap();
  await ben.getByRole('radio', { name: /^2/ }).first().tap();
  await expect(ben.getByText('2 of 2 answered')).toBeVisible();
  await expect(sofia.getByText('2 of 2 answered')).toHaveCount(2);
  await expect(sofia.getByRole('button', { name: 'Reveal' })).toBeDisabled();
  for (const page of [ana, ben]) {
    await page.getByRole('button', { name: 'Submit' }).click();
    await expect(page.getByRole('button', { name: 'Take back' })).toBeVisible();
  }

  // Everybody's page turns to the board: one agreed, one to discuss, and who said what.
  await sofia.getByRole('button', { name: 'Reveal' }).click();
  await sofia.getByRole('dialog').getByRole('button', { name: 'Reveal' }).click();
  for (const page of [sofia, ana, ben]) {
    await expect(page.getByText(/1 of 2 questions flagged · threshold 10\s%/)).toBeVisible();
    await expect(
      page.getByRole('navigation', { name: 'Questions of this calibration' }).getByRole('link').first(),
    ).toContainText('Explains the fee');
  }
  await sofia.getByRole('button', { name: 'Overview' }).click();
  await expect(sofia.getByRole('heading', { name: 'You agreed on 1 of 2; 1 to discuss' })).toBeVisible();
  const map = sofia.getByRole('table').first();
  await expect(map.getByRole('row', { name: /Explains the fee/ })).toContainText(/5[\s\S]*2/);
  await expectAccessible(sofia);
  for (const [page, name] of [
    [sofia, 'desk'],
    [ben, 'phone'],
  ] as const)
    await picture(page, `way-5-board-${name}`);
  // The way there is walked: the dashboard shows the calibration instead.
  await main.getByRole('link', { name: 'Dashboard' }).click();
  await expect(sofia.getByRole('link', { name: /The fee that nobody explained/ })).toBeVisible();
  await expect(steps(sofia)).toHaveCount(0);
});
