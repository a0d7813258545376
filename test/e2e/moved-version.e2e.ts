// A draft whose scorecard gets a newer version while its page is open (S1): the page says which version it is on, what is gone of
// the choice, and why scoring cannot start, until the choice is mended.
import { expect } from '@playwright/test';
import { demoPerson } from '../support/demo.ts';
import { expectAccessible, phone, picture, seat, productTest as test } from '../support/pages.ts';
import { makeSession, publishScorecard, reviseScorecard, scaleDocument, viewOf } from '../support/people.ts';

test('[S1] a draft moves to the newer version before one’s eyes, and Start names the chosen questions that are gone', async ({
  browser,
  product,
}) => {
  const { url } = product.app;
  const [ana, ben, chloe] = [
    await demoPerson(url, 'Ana'),
    await demoPerson(url, 'Ben'),
    await demoPerson(url, 'Chloé'),
  ];
  const scorecardVersionId = await publishScorecard(ana, scaleDocument(4));
  const settings = { name: 'Moving', scorecardVersionId, questionIds: ['q1', 'q3', 'q4'] };
  const { id } = await makeSession(ana, settings, [ben, chloe]);
  const { page, context } = await seat(browser, url, 'Ana');
  await page.goto(`/calibrations/${id}`);
  const start = page.getByRole('button', { name: 'Start scoring' });
  await expect(start).toBeEnabled();

  const { scorecardId } = (await viewOf(ana, id)).detail;
  expect((await reviseScorecard(ana, scorecardId, scaleDocument(2))).status).toBe(200);
  expect((await ana.send('POST', `/api/scorecards/${scorecardId}/publish`)).status).toBe(200);
  await expect(page.getByText('· version 2')).toBeVisible();
  await expect(page.getByText('Moved here from version 1 when this one was published.')).toBeVisible();
  await expect(start).toBeDisabled();
  const gone = '2 chosen questions are gone from version 2: “Question 3” and “Question 4”.';
  await expect(start).toHaveAccessibleDescription(`${gone} Edit the settings and choose again.`);
  await expectAccessible(page);
  await picture(page, 'moved-version');
  const onPhone = await seat(browser, url, 'Ana', phone);
  await onPhone.page.goto(`/calibrations/${id}`);
  await expect(onPhone.page.getByText(gone).first()).toBeVisible();
  await picture(onPhone.page, 'moved-version-phone');
  await onPhone.context.close();

  await page.getByRole('button', { name: 'Edit settings' }).click();
  const form = page.locator('form');
  await expect(form.getByText(gone)).toBeVisible();
  await form.getByText('1 of 2 questions').click();
  await expect(form.getByRole('checkbox', { name: 'Question 1' })).toBeChecked();
  await form.getByRole('checkbox', { name: 'Question 2' }).check();
  await picture(page, 'moved-version-form');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(start).toBeEnabled();
  await expect(page.getByText('gone from version')).toHaveCount(0);

  await page.goto('/inbox');
  await expect(page.getByText('A newer version of its scorecard was published').first()).toBeVisible();
  await context.close();
});
