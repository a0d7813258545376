// What a facilitator does beside the straight way: excuse who will not come, take over, score too, delete a draft, and fill in
// everything there is to a new calibration. Everybody sees it without a reload.
import { expect } from '@playwright/test';
import { answerElsewhere, smallCalibration } from '../support/demo.ts';
import { seat, productTest as test } from '../support/pages.ts';

test('[C7] who will not come is excused with a reason, which stays; two must be left', async ({
  browser,
  product,
}) => {
  const { url } = product.app;
  const { id, ben, chloe, participantIds } = await smallCalibration(url, 'One is ill');
  const { page, context } = await seat(browser, url, 'Ana');
  await page.goto(`/calibrations/${id}`);
  await page.getByRole('button', { name: 'Options for Chloé Martin' }).click();
  await expect(page.getByRole('menuitem', { name: 'Excuse' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Add a late participant' }).fill('Grace');
  await page.getByRole('option', { name: 'Grace' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Grace Adeyemi' })).toContainText('late');
  const grace = await seat(browser, url, 'Grace');
  await grace.page.goto(`/calibrations/${id}/score`);
  await expect(grace.page.getByText('0 of 1 answered')).toBeVisible();

  await page.getByRole('button', { name: 'Options for Grace Adeyemi' }).click();
  await page.getByRole('menuitem', { name: 'Excuse' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Excuse' })).toBeDisabled();
  await dialog.getByLabel('Reason').fill('Called away');
  await dialog.getByRole('button', { name: 'Excuse' }).click();
  await expect(page.getByText('Excused: Called away')).toBeVisible();
  await expect(grace.page.getByText('Called away')).toBeVisible();

  for (const [at, person] of [ben, chloe].entries()) {
    await answerElsewhere(url, person, participantIds[at] ?? '', 3);
    expect((await person.send('POST', `/api/sessions/${id}/submission`, {})).status).toBe(200);
  }
  await expect(page.getByRole('button', { name: 'Reveal' })).toBeEnabled();
  await context.close();
  await grace.context.close();
});

test('[C3] another lead takes the session over, and the first is told and left without its controls', async ({
  browser,
  product,
}) => {
  const { url } = product.app;
  const { id } = await smallCalibration(url, 'Taken over');
  const first = await seat(browser, url, 'Ana');
  const second = await seat(browser, url, 'Sofia');
  for (const { page } of [first, second]) await page.goto(`/calibrations/${id}`);
  await expect(first.page.getByRole('button', { name: 'Reveal' })).toBeVisible();
  await second.page.getByRole('button', { name: 'More', exact: true }).click();
  await second.page.getByRole('menuitem', { name: 'Take over' }).click();
  await second.page.getByRole('dialog').getByRole('button', { name: 'Take over' }).click();
  for (const { page } of [first, second])
    await expect(page.getByText('Facilitated by Sofia Castellano')).toBeVisible();
  await expect(second.page.getByRole('button', { name: 'Reveal' })).toBeVisible();
  await expect(first.page.getByRole('button', { name: 'Reveal' })).toHaveCount(0);
  for (const { context } of [first, second]) await context.close();
});

test('[C2 C4] everything of a new calibration is on its page; its facilitator scores too; a draft is deleted with a word', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana', {
    viewport: { width: 1440, height: 900 },
  });
  await page.goto('/calibrations/new');
  await page.getByLabel('Session name').fill('All of it');
  await page.getByLabel('Variance threshold').fill('150');
  await page.getByLabel('Scorecard', { exact: true }).selectOption({ label: 'Technical support' });
  await page.getByText('All 6 questions').click();
  await page.getByRole('checkbox', { name: 'Explains without jargon' }).uncheck();
  await expect(page.getByText('5 of 6 questions')).toBeVisible();
  await page.getByLabel('Client and line of business').selectOption({ label: 'Kestrel Bank, Cards' });
  await page.getByLabel('Interaction reference').fill('KB-1');
  await page.getByLabel('Interaction date').fill('2026-01-15');
  await page.getByLabel('Recording link').fill('https://recordings.example.org/1');
  await page.getByLabel('Agent', { exact: false }).first().fill('Noor Rahman');
  await page.getByRole('checkbox', { name: /Hide the agent/ }).check();
  await page.getByLabel('Transcript').fill('00:04 Agent: Good morning.\nCustomer: Hello.');
  await page.getByLabel('Scoring due').fill('2099-01-15T10:00');
  await page.getByLabel('Meeting time').fill('2099-01-16T10:00');
  await page.getByRole('button', { name: 'Create draft' }).click();
  await expect(page.getByLabel('Variance threshold')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Interaction reference')).toHaveValue('KB-1');
  await page.getByLabel('Variance threshold').fill('12.5');
  await page.getByRole('button', { name: 'Create draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'All of it' })).toBeVisible();
  for (const text of [
    '5 chosen questions',
    '12.5 %',
    'Kestrel Bank, Cards',
    'KB-1',
    '2 lines',
    'Noor Rahman',
  ])
    await expect(page.getByText(text).first()).toBeVisible();

  await page.getByRole('checkbox', { name: 'I score too' }).check();
  await expect(page.getByRole('listitem').filter({ hasText: 'Ana Souza, you' })).toBeVisible();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete draft' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Calibrations' })).toBeVisible();
  await page.getByRole('searchbox').fill('All of it');
  await expect(page.getByText('Nothing matches these filters')).toBeVisible();
  await context.close();
});
