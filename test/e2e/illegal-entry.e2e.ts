// What cannot be a value never stands for one: a number box, the threshold, half a date, the agreed answer, a re-vote. Each says
// what it takes, and the value before it is not what is kept.
import { expect, type Page, test } from '@playwright/test';
import { demoPerson } from '../support/demo.ts';
import { expectAccessible, type Product, phone, seat, startProduct } from '../support/pages.ts';
import { advance, makeSession, publishScorecard, viewOf } from '../support/people.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

const scale = (id: string, more: object = {}) => ({
  id,
  type: 'scale',
  prompt: `Scale ${id}`,
  min: 0,
  max: 10,
  step: 0.5,
  ...more,
});

/** In scoring, for Ben and Chloé; Chloé has submitted 2. */
async function longScale(url: string, ...questions: object[]) {
  const [ana, ben, chloe] = [
    await demoPerson(url, 'Ana'),
    await demoPerson(url, 'Ben'),
    await demoPerson(url, 'Chloé'),
  ];
  const scorecardVersionId = await publishScorecard(ana, {
    format: 'attune-scorecard/1',
    name: 'Long scales',
    sections: [{ id: 's', title: 'S', questions }],
  });
  const { id } = await makeSession(ana, { name: 'Long scales', scorecardVersionId }, [ben, chloe]);
  await advance(ana, id, 'draft');
  return { id, ana, ben, chloe };
}

const box = (page: Page, prompt: string) =>
  page.locator('.question').filter({ hasText: prompt }).getByRole('spinbutton');

test('[C5] [C6] a number that the scale does not have is told, is no answer, and is named at submission', async ({
  browser,
}) => {
  const { url } = product.app;
  const { id } = await longScale(url, scale('one'), scale('two', { required: false, naEligible: true }));
  const { page, context } = await seat(browser, url, 'Ben', phone);
  await page.goto(`/calibrations/${id}/score`);
  const first = box(page, 'Scale one');
  const told = page.getByText('Choose 0 to 10, in steps of 0.5.');
  for (const typed of ['12', '99999', '-3', '7.25', '1e2', '1,000', 'eight']) {
    await first.fill('8');
    await first.press('Tab');
    await expect(page.getByText('1 of 2 answered')).toBeVisible();
    await expect(first).not.toHaveAttribute('aria-invalid', 'true');
    await first.fill(typed);
    await expect(page.getByText('0 of 2 answered')).toBeVisible();
    await first.press('Tab');
    await expect(first).toHaveAttribute('aria-invalid', 'true');
    await expect(first).toHaveValue(typed);
    await expect(told).toBeVisible();
  }
  await expectAccessible(page);
  // Mended, it counts again; a decimal comma is a decimal point.
  await first.fill('7,5');
  await expect(told).toBeHidden();
  await first.press('Tab');
  await expect(first).toHaveValue('7.5');
  await expect(page.getByText('1 of 2 answered')).toBeVisible();
  await first.press('ArrowUp');
  await expect(first).toHaveValue('8');
  await expect(page.locator('.question').first().getByRole('slider')).toHaveValue('8');

  // One that could be left out is not left out in silence, offline neither.
  await page.getByRole('button', { name: 'Next question' }).click();
  const second = box(page, 'Scale two');
  await second.fill('11');
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(page.locator('.question.current')).toContainText('Correct the answer to submit.');
  await expect(second).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('1 question keeps this from being submitted')).toBeVisible();
  await context.setOffline(true);
  await second.fill('9');
  await expect(page.getByText('Correct the answer to submit.')).toBeHidden();
  await second.fill('9.9');
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(page.locator('.question.current')).toContainText('Correct the answer to submit.');
  await expect(page.getByText('1 of 2 answered')).toBeVisible();
  await context.setOffline(false);
  // N/A takes its place, and what was typed is over.
  await page.getByRole('checkbox', { name: /^N\/A/ }).check();
  await expect(second).toHaveValue('');
  await expect(second).not.toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: 'Submit' }).click();
  await expect(page.getByRole('heading', { name: 'Your answers are submitted' })).toBeVisible();
  await context.close();
});

test('[C10] [C13] neither the agreed answer nor a re-vote keeps a number that is no longer in its box', async ({
  browser,
}) => {
  const { url } = product.app;
  const { id, ana, ben, chloe } = await longScale(url, scale('one', { required: false }));
  for (const person of [ben, chloe]) await person.send('POST', `/api/sessions/${id}/submission`, {});
  expect((await advance(ana, id, 'scoring')).status).toBe(200);
  const agreed = async () => (await viewOf(ana, id)).shared.resolutions[0]?.agreed ?? null;
  const { page, context } = await seat(browser, url, 'Ana');
  await page.goto(`/calibrations/${id}`);
  await page.getByText('Scale one').first().click();
  const number = page.locator('.agreed').getByRole('spinbutton');
  await number.fill('8');
  await number.press('Enter');
  await expect.poll(agreed).toEqual({ kind: 'scale', valueHundredths: 800 });
  await number.fill('12');
  await number.press('Enter');
  await expect(
    page.getByText('Choose 0 to 10, in steps of 0.5. Until then there is no agreed answer.'),
  ).toBeVisible();
  await expect(number).toHaveAttribute('aria-invalid', 'true');
  await expect.poll(agreed).toBeNull();
  await number.fill('9,5');
  await number.press('Enter');
  await expect.poll(agreed).toEqual({ kind: 'scale', valueHundredths: 950 });
  await expect(number).toHaveValue('9.5');

  expect((await ana.send('POST', `/api/sessions/${id}/revotes`, { questionId: 'one' })).status).toBe(200);
  const voter = await seat(browser, url, 'Ben');
  await voter.page.goto(`/calibrations/${id}`);
  await voter.page.getByText('Scale one').first().click();
  const card = voter.page.locator('.revote');
  const vote = card.getByRole('spinbutton');
  await vote.fill('8');
  await card.getByRole('button', { name: 'Vote' }).click();
  await expect(card.getByText('Sealed', { exact: true })).toBeVisible();
  await vote.fill('12');
  await vote.press('Tab');
  await expect(vote).toHaveAttribute('aria-invalid', 'true');
  await expect(card.getByText('Sealed', { exact: true })).toHaveCount(0);
  await expect(card.getByRole('button', { name: 'Change vote' })).toBeDisabled();
  await expect(card.getByText('Your earlier vote stays sealed until you change it.')).toBeVisible();
  for (const one of [context, voter.context]) await one.close();
});

test('[C2] a threshold with three decimals and half a date are told, and are not sent as something else', async ({
  browser,
}) => {
  const { url } = product.app;
  const { page, context } = await seat(browser, url, 'Ana');
  await page.goto('/calibrations/new');
  await page.getByLabel('Session name').fill('To the letter');
  await page.getByLabel('Scorecard', { exact: true }).selectOption({ label: 'Technical support' });
  const threshold = page.getByLabel('Variance threshold');
  const wrong = page.getByText('Choose 0 to 100, with at most two decimals.');
  let sent = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/sessions')) sent += 1;
  });
  for (const typed of ['10.005', '150', '1e1', '']) {
    await threshold.fill(typed);
    await expect(threshold).toHaveAttribute('aria-invalid', 'true');
    await expect(wrong).toBeVisible();
    await page.getByRole('button', { name: 'Create draft' }).click();
    await expect(page.getByText('Correct the marked field, then try again.')).toBeVisible();
    await expect(threshold).toBeFocused();
  }
  await threshold.fill('33,33');
  await expect(wrong).toBeHidden();
  await expect(page.getByText('Correct the marked field')).toBeHidden();

  const due = page.getByLabel('Scoring due');
  await due.focus();
  await page.keyboard.press('1');
  await page.keyboard.press('2');
  await page.getByRole('button', { name: 'Create draft' }).click();
  await expect(due).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Enter a whole date and time, or clear the field.')).toBeVisible();
  expect(sent).toBe(0);
  await due.fill('2099-01-15T10:00');
  await expect(page.getByText('Enter a whole date and time')).toBeHidden();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Create draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'To the letter' })).toBeVisible();
  await expect(page.getByText('33.33 %').first()).toBeVisible();
  await context.close();
});

test('[C2] an error of the server is gone as soon as its field is being mended', async ({ browser }) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana');
  await page.goto('/calibrations/new');
  await page.getByRole('button', { name: 'Create draft' }).click();
  const name = page.getByLabel('Session name');
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await name.fill('W');
  await expect(name).not.toHaveAttribute('aria-invalid', 'true');
  await name.fill('');
  await page.getByRole('button', { name: 'Create draft' }).click();
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await context.close();
});
