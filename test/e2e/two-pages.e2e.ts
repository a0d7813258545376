// From the sheet, a page of its own, to the board, which another page shows: what the way needs is fetched before, what cannot be
// opened is said, and whoever listens hears where they have arrived.
import { expect } from '@playwright/test';
import { demoPerson } from '../support/demo.ts';
import { expectAccessible, seat, productTest as test } from '../support/pages.ts';
import { advance, makeSession, publishScorecard, scaleDocument } from '../support/people.ts';

test('[live 1] [C8] the board is fetched while one waits, a link without a network says so, and the board’s heading has the focus', async ({
  browser,
  product,
}) => {
  const { url } = product.app;
  const ana = await demoPerson(url, 'Ana');
  const others = [await demoPerson(url, 'Ben'), await demoPerson(url, 'Chloé')];
  const scorecardVersionId = await publishScorecard(ana, scaleDocument(1, 5, { required: false }));
  const { id } = await makeSession(ana, { name: 'From page to page', scorecardVersionId }, others);
  await advance(ana, id, 'draft');

  const { page, context } = await seat(browser, url, 'Ben');
  const errors: string[] = [];
  const fetched = new Set<string>();
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('response', (response) => {
    if (response.ok()) fetched.add(new URL(response.url()).pathname);
  });
  await page.goto(`/calibrations/${id}/score`);
  await expect(page.locator('.question').first()).toBeVisible();
  for (const person of others) await person.send('POST', `/api/sessions/${id}/submission`, {});
  const board: unknown = await (await context.request.get('/board.json')).json();
  if (!Array.isArray(board)) throw new Error('no list of the board’s files');
  await expect.poll(() => board.filter((file) => !fetched.has(file))).toEqual([]);
  expect(errors).toEqual([]);

  await context.setOffline(true);
  const back = page.getByRole('link', { name: 'Back to the calibration' });
  await back.click();
  await expect(page.locator('.at-foot')).toHaveText(
    'This opens once you are back online. Nothing on this page is lost.',
  );
  await expect(page.getByRole('alert').filter({ hasText: 'back online' })).toHaveCount(1);
  await expectAccessible(page);
  await context.setOffline(false);
  await expect(page.locator('.at-foot')).toHaveCount(0);

  await advance(ana, id, 'scoring');
  await expect(page).toHaveURL(`/calibrations/${id}`);
  await expect(page.getByRole('heading', { level: 1, name: 'From page to page' })).toBeFocused();
  // Loaded again, the page is where it was: nobody walked there.
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'From page to page' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).not.toBeFocused();
  await context.close();
});
