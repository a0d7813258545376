// What this device keeps of a sheet: an answer given without a network outlives its page, and nothing is kept longer than it
// must be.
import { expect, type Page, test } from '@playwright/test';
import { answerElsewhere, smallCalibration } from '../support/demo.ts';
import { addressToScore, type Product, phone, seat, startProduct } from '../support/pages.ts';
import { advance } from '../support/people.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

test('[X3] an answer given offline outlives its page and is stored by the next one', async ({ browser }) => {
  const { page, context } = await seat(browser, product.app.url, 'Ben', phone);
  const address = await addressToScore(page);
  await page.goto(address);
  const prompt = (await page.locator('.question.current h3').textContent()) ?? '';
  await context.setOffline(true);
  await page.locator('.question.current').getByRole('radio').first().tap();
  await expect(page.getByText('Offline, kept on this device')).toBeVisible();
  const answered = page.getByText(/^\d+ of \d+ answered$/).first();
  const before = (await answered.textContent()) ?? '';
  await page.close();

  await context.setOffline(false);
  const next = await context.newPage();
  await next.goto(address);
  await expect(next.getByText('Saved', { exact: true })).toBeVisible();
  await expect(next.getByText(before).first()).toBeVisible();
  await context.close();

  // Another device has nothing but what the server stored.
  const other = await seat(browser, product.app.url, 'Ben');
  await other.page.goto(address);
  const question = other.page.locator('.question').filter({ hasText: prompt });
  await expect(question.getByRole('radio').first()).toBeChecked();
  await other.context.close();
});

/** The sheets that this browser keeps, by their databases' names. */
const keptSheets = (page: Page) =>
  page.evaluate(async () =>
    (await indexedDB.databases()).flatMap(({ name }) => (name?.includes(':sealed:') ? [name] : [])),
  );

test('[live 2] whose page was closed at the reveal keeps no answers on the device once the calibration is opened again', async ({
  browser,
}) => {
  const { id, ana, ben, chloe, participantIds } = await smallCalibration(
    product.app.url,
    'Closed at the reveal',
  );
  const { page, context } = await seat(browser, product.app.url, 'Ben');
  await page.goto(`/calibrations/${id}/score`);
  await page.getByRole('radio').first().check({ force: true });
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect
    .poll(() => keptSheets(page))
    .toEqual([expect.stringMatching(new RegExp(`^attune:.+:sealed:${participantIds[0]}$`))]);
  await page.close();

  await answerElsewhere(product.app.url, chloe, participantIds[1], 3);
  for (const person of [ben, chloe]) await person.send('POST', `/api/sessions/${id}/submission`, {});
  expect((await advance(ana, id, 'scoring')).status).toBe(200);

  const next = await context.newPage();
  await next.goto('/calibrations');
  expect(await keptSheets(next)).toHaveLength(1);
  await next.goto(`/calibrations/${id}`);
  await expect(next.getByText('1 of 1 question flagged')).toBeVisible();
  await expect.poll(() => keptSheets(next)).toEqual([]);
  await context.close();
});

test('[live 2] whoever signs out leaves no answers on the device, of no calibration', async ({ browser }) => {
  const { url } = product.app;
  const sessions = [await smallCalibration(url, 'One'), await smallCalibration(url, 'Another')];
  const { page, context } = await seat(browser, url, 'Ben');
  for (const { id } of sessions) {
    await page.goto(`/calibrations/${id}/score`);
    await page.getByRole('radio').first().check({ force: true });
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  }
  await expect.poll(() => keptSheets(page)).toHaveLength(2);
  await page.goto('/');
  await page.getByRole('button', { name: 'Ben Whitfield' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  await expect.poll(() => keptSheets(page)).toEqual([]);
  await context.close();
});

test('[C6] Submit without a network says what is missing, then that one is offline, and works once back', async ({
  browser,
}) => {
  const { id } = await smallCalibration(product.app.url, 'Submitted offline');
  const { page, context } = await seat(browser, product.app.url, 'Ben', phone);
  await page.goto(`/calibrations/${id}/score`);
  await expect(page.locator('.question').first()).toBeVisible();
  await context.setOffline(true);
  const submit = page.getByRole('button', { name: 'Submit', exact: true });
  await submit.tap();
  await expect(page.getByText('1 question keeps this from being submitted')).toBeVisible();
  await page.locator('.question').first().getByRole('radio').first().tap();
  await submit.tap();
  await expect(page.locator('.notice')).toContainText('You are offline');
  await expect(submit).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await submit.tap();
  await expect(page.getByRole('heading', { name: 'Your answers are submitted' })).toBeVisible();
  await context.close();
});
