// The record in the browser: changed on its way to the reader, Verify says what does not hold; open while the calibration is
// closed, it follows.
import type { CalibrationRecord } from '@attune/domain';
import { expect, type Page, test } from '@playwright/test';
import { answerElsewhere, smallCalibration } from '../support/demo.ts';
import { type Product, type Seat, seat, startProduct } from '../support/pages.ts';
import { advance } from '../support/people.ts';

let product: Product;
let ana: Seat;
let id: string;

test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  ana = await seat(browser, product.app.url, 'Ana');
  const reply = await ana.context.request.get('/api/sessions?status=closed');
  const { sessions } = (await reply.json()) as { sessions: { id: string }[] };
  id = sessions[0]?.id ?? '';
});

test.afterAll(async () => {
  await product?.end();
});

/** Opens the record as it is after the change, and presses Verify. */
async function verifyChanged(change: (record: CalibrationRecord) => CalibrationRecord): Promise<Page> {
  const page = await ana.context.newPage();
  await page.route(`**/api/sessions/${id}/record`, async (route) => {
    const response = await route.fetch();
    const { record } = (await response.json()) as { record: CalibrationRecord };
    await route.fulfill({ response, json: { record: change(record) } });
  });
  await page.goto(`/records/${id}`);
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  return page;
}

test('[X1] a record that nobody touched holds', async () => {
  const page = await verifyChanged((record) => record);
  await expect(
    page.getByText(/^Verified on this device: \d+ fingerprints and \d+ log entries hold\.$/),
  ).toBeVisible();
  await expect(page.getByText(/^The log holds all of it/)).toBeVisible();
  await expect(page.getByText('This record does not verify')).toHaveCount(0);
});

test('[X1] an answer changed on its way is found out, and whose it is said', async () => {
  let whose = '';
  const page = await verifyChanged((record) => {
    const [question, ...others] = record.questions;
    const [first, second, ...rest] = question?.answers ?? [];
    if (!question || !first || !second) throw new Error('the demo’s record has two answers to each question');
    whose = record.people.find(({ participantId }) => participantId === second.participantId)?.name ?? '';
    const changed = { ...second, comment: `${second.comment} Or so.` };
    return { ...record, questions: [{ ...question, answers: [first, changed, ...rest] }, ...others] };
  });
  await expect(page.getByText('This record does not verify')).toBeVisible();
  expect(whose).not.toBe('');
  await expect(page.getByRole('status').getByRole('listitem')).toHaveText([`The answers of ${whose}`]);
});

test('[X1] a changed entry of the log is found out, and which it is said', async () => {
  const page = await verifyChanged((record) => ({
    ...record,
    log: record.log.map((entry) =>
      entry.sequence === 3 ? { ...entry, at: record.instants.createdAt } : entry,
    ),
  }));
  await expect(page.getByText('This record does not verify')).toBeVisible();
  await expect(page.getByText('The log, from entry 3 on: its chain breaks there')).toBeVisible();
  await expect(page.getByText('The answers of')).toHaveCount(0);
});

test('[C12 J3] an open record is closed before the reader’s eyes: names come back, and it can be verified', async ({
  browser,
}) => {
  const { url } = product.app;
  const { id, ana: lead, ben, chloe, participantIds } = await smallCalibration(url, 'Closed while read');
  for (const [at, person] of [ben, chloe].entries()) {
    await answerElsewhere(url, person, participantIds[at] ?? '', 3);
    await person.send('POST', `/api/sessions/${id}/submission`, {});
  }
  expect((await advance(lead, id, 'scoring')).status).toBe(200);
  expect((await lead.send('PUT', `/api/sessions/${id}/names`, { names: 'hidden' })).status).toBe(200);

  // Opened too early it is not there, and comes by itself.
  const { page, context } = await seat(browser, url, 'Ben');
  await page.goto(`/records/${id}`);
  await expect(page.getByText('There is no record here')).toBeVisible();
  expect((await advance(lead, id, 'review')).status).toBe(200);
  await expect(page.getByRole('heading', { level: 1, name: 'Closed while read' })).toBeVisible();
  const answers = page.locator('article .group');
  await expect(answers).toContainText(['Evaluator A']);
  await expect(answers.filter({ hasText: 'Chloé Martin' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(page.getByText(/^Answers, comments, board and figures are not verified/)).toBeVisible();

  expect((await advance(lead, id, 'resolved')).status).toBe(200);
  await expect(page.getByText('Closed the calibration')).toBeVisible();
  await expect(answers).toContainText(['Chloé Martin']);
  await expect(page.getByText('Evaluator A')).toHaveCount(0);
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(page.getByText(/^Verified on this device: 2 fingerprints/)).toBeVisible();
  await context.close();
});
