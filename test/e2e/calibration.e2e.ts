// One calibration from nothing to closed, in four browsers, one of them a phone. Nobody reloads; from the sheet to the board, which
// are two pages, each evaluator is led once.
import { type Browser, expect, type Page, test } from '@playwright/test';
import { expectAccessible, type Product, phone, seat, startProduct } from '../support/pages.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

const evaluators = ['Ben', 'Chloé', 'Grace'] as const;

/** Answers every question with the keyboard alone: the option's number, then the next question. */
async function scoreByKeyboard(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.keyboard.press('j');
  }
}

const presentPhase = (page: Page) => page.locator('[aria-current=step]');

/** Unfolds the seals and reads them in full, in their order. */
async function shownSeals(page: Page): Promise<string[]> {
  const seals = page.locator('details.seals');
  await seals.locator('summary').click();
  await seals.getByRole('button', { name: 'Show in full' }).click();
  await expect(seals.getByRole('button', { name: 'Shorten' })).toBeVisible();
  return seals.locator('code').allTextContents();
}

async function makeDraft(browser: Browser, url: string) {
  const lead = await seat(browser, url, 'Ana');
  const { page } = lead;
  await page.goto('/calibrations');
  await page.getByRole('link', { name: 'New calibration' }).click();
  await page.getByLabel('Session name').fill('Meter swap, first visit');
  await page.getByLabel('Scorecard', { exact: true }).selectOption({ label: 'Technical support' });
  await page.getByLabel('Interaction reference').fill('NE-T-2001');
  await page.getByRole('button', { name: 'Create draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Meter swap, first visit' })).toBeVisible();
  return lead;
}

test('[C2 to C12] a facilitator and three evaluators, one on a phone, from nothing to closed without a reload', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const { url } = product.app;
  const lead = await makeDraft(browser, url);
  const { page } = lead;

  // Draft: the button says what is missing, and an evaluator's list learns of the session by itself.
  await expect(page.getByRole('button', { name: 'Start scoring' })).toBeDisabled();
  await expect(page.getByText('Add 2 more participants to start.')).toBeVisible();
  const seats = await Promise.all(
    evaluators.map((name, index) =>
      seat(browser, url, name, index === 2 ? phone : { viewport: { width: 1280, height: 800 } }),
    ),
  );
  const [ben, chloe, grace] = seats.map((one) => one.page) as [Page, Page, Page];
  await ben.goto('/calibrations');
  await expect(ben.getByRole('link', { name: 'Meter swap, first visit' })).toHaveCount(0);
  for (const name of evaluators) {
    await page.getByRole('combobox', { name: 'Add a participant' }).fill(name);
    await page.getByRole('option', { name }).click();
    await expect(page.locator('li').filter({ hasText: name })).toBeVisible();
  }
  await expect(ben.getByRole('link', { name: 'Meter swap, first visit' })).toBeVisible();
  const address = page.url();
  await expectAccessible(page);

  // Scoring: everyone's page turns by itself.
  await Promise.all([ben, chloe, grace].map((one) => one.goto(`${address}/score`)));
  // From here to the end nobody's page loads, but for the way from the sheet to the board.
  const loadedAgain: string[] = [];
  for (const one of [page, ben, chloe, grace]) one.on('load', () => loadedAgain.push(one.url()));
  await page.getByRole('button', { name: 'Start scoring' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start scoring' }).click();
  await expect(ben.getByText('Reproduces or reads back the fault')).toBeVisible();
  await expectAccessible(ben);

  await scoreByKeyboard(ben, ['1', '5', '1', '4', '5', '1']);
  await expect(ben.getByText('6 of 6 answered')).toBeVisible();
  await expect(page.getByText('6 of 6 answered')).toBeVisible();
  await scoreByKeyboard(chloe, ['1', '2', '1', '4', 'n', '2']);
  await expect(chloe.getByText('6 of 6 answered')).toBeVisible();

  // The phone: one question a view, by touch.
  await expect(grace.getByText('1 of 6')).toBeVisible();
  await expectAccessible(grace);
  const taps = ['Pass', '4', 'Pass', '4', '4', 'Pass'];
  for (const [index, name] of taps.entries()) {
    await grace
      .getByRole('radio', { name: new RegExp(`^${name}`) })
      .first()
      .tap();
    if (index < taps.length - 1) await grace.getByRole('button', { name: 'Next question' }).tap();
  }
  await expect(grace.getByText('6 of 6 answered')).toBeVisible();

  // Sealed: the facilitator sees how far, never what.
  await expect(page.getByRole('button', { name: 'Reveal' })).toBeDisabled();
  for (const one of [ben, chloe, grace]) {
    await one.getByRole('button', { name: 'Submit' }).click();
    await expect(one.getByRole('button', { name: 'Take back' })).toBeVisible();
  }
  await chloe.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByText('Waiting for Chloé Martin.')).toBeVisible();
  await chloe.getByRole('button', { name: 'Submit' }).click();
  await expect(page.getByRole('button', { name: 'Reveal' })).toBeEnabled();

  // What binds the three is fixed, and shown to all of them before anything is revealed.
  const sealed = await Promise.all([page, ben, chloe, grace].map(shownSeals));
  expect(new Set(sealed[0]).size).toBe(3);
  for (const others of sealed) expect(others).toEqual(sealed[0]);
  await expect(ben.getByText('This device holds yours')).toBeVisible();

  // The reveal: everyone at the same moment, by themselves.
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reveal' }).click();
  await expect(page.getByText(/flagged · threshold 10\s%/)).toBeVisible();
  for (const one of [ben, chloe, grace]) {
    await expect(one).toHaveURL(new RegExp(`^${address}(#|$)`));
    await expect(one.getByText(/flagged · threshold 10\s%/)).toBeVisible();
  }
  await expectAccessible(page);

  // Two write in one note at once; both texts are there for everyone.
  await ben.getByRole('textbox', { name: /note/i }).click();
  await chloe.getByRole('textbox', { name: /note/i }).click();
  await Promise.all([
    ben.keyboard.type('Likeliest cause first. '),
    chloe.keyboard.type('Cheapest test first. '),
  ]);
  // On a phone the list comes first, and a question is one tap away.
  await grace.getByRole('link', { name: /Makes sure that it works/ }).tap();
  for (const one of [page, ben, chloe, grace]) {
    const note = one.getByRole('textbox', { name: /note/i });
    await expect(note).toContainText('Likeliest cause first.');
    await expect(note).toContainText('Cheapest test first.');
  }
  await expect(ben.getByText('Saved').first()).toBeVisible();
  await expect(chloe.getByText('Saved').first()).toBeVisible();

  // A killed server: after it is back, the text is still there, for whoever comes anew too.
  await product.killAndRestart();
  const late = await seat(browser, url, 'Ben');
  await late.page.goto(address);
  await expect(late.page.getByRole('textbox', { name: /note/i })).toContainText('Likeliest cause first.');
  await expect(late.page.getByRole('textbox', { name: /note/i })).toContainText('Cheapest test first.');
  await late.context.close();

  // Agreed answers settle the rest; then resolved, closed, and a record for everyone.
  const { sessions } = (await (await lead.context.request.get('/api/sessions?text=Meter%20swap')).json()) as {
    sessions: { id: string }[];
  };
  const id = sessions[0]?.id;
  const { shared } = (await (await lead.context.request.get(`/api/sessions/${id}`)).json()) as {
    shared: { flaggedQuestionIds: string[] };
  };
  expect(shared.flaggedQuestionIds.length).toBeGreaterThan(1);
  for (const questionId of shared.flaggedQuestionIds.slice(1)) {
    await lead.context.request.put(`/api/sessions/${id}/resolutions/${questionId}`, {
      data: { agreed: { kind: 'scorecard-needs-changing' }, cause: 'wording' },
      headers: { Origin: url },
    });
  }
  await expect(page.getByRole('button', { name: 'Resolve', exact: true })).toBeEnabled({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Resolve', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
  await expect(page.getByRole('button', { name: 'Close', exact: true })).toBeVisible();
  for (const one of [ben, chloe, grace]) {
    await expect(presentPhase(one)).toContainText('Resolved');
    await expect(one.getByRole('link', { name: 'Open the record' })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
  for (const one of [page, ben, chloe, grace]) {
    await expect(presentPhase(one)).toContainText('Closed');
    await one.getByRole('link', { name: 'Open the record' }).click();
    await expect(one.getByText('Likeliest cause first.', { exact: true })).toBeVisible();
  }
  await expectAccessible(page);

  // The record holds what was shown before the reveal, and each recomputes it.
  for (const seal of sealed[0] ?? []) await expect(page.getByText(seal)).toBeVisible();
  for (const one of [page, ben, grace]) {
    await one.getByRole('button', { name: 'Verify', exact: true }).click();
    await expect(
      one.getByText(/^Verified on this device: 3 fingerprints and \d+ log entries hold\.$/),
    ).toBeVisible();
  }
  const keptByBen = ben.getByText(
    'The fingerprint this device kept when you submitted is the one in the record.',
  );
  await expect(keptByBen).toBeVisible();
  expect(loadedAgain).toEqual([address, address, address]);
  for (const one of [lead, ...seats]) await one.context.close();
});
