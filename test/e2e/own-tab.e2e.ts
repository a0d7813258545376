// Two people at one browser: a tab whose sign-in is another's by now says so and offers both ways on (O5); and on the demo several
// people are there at once, a tab each (O6).
import { expect, type Page, test } from '@playwright/test';
import { password, setUpAccounts } from '../support/accounts.ts';
import { smallCalibration } from '../support/demo.ts';
import { startOwnProduct } from '../support/own-product.ts';
import { expectAccessible, picture, startProduct } from '../support/pages.ts';
import { advance, makeSession, publishScorecard, scaleDocument } from '../support/people.ts';

const watched = (page: Page): Page => {
  page.on('pageerror', (error) => {
    throw error;
  });
  return page;
};

test('[O6] three of the demo’s people in three tabs of one browser: two score and submit, the third reveals', async ({
  browser,
}) => {
  const product = await startProduct();
  const { url } = product.app;
  const { id } = await smallCalibration(url, 'Three tabs');
  const context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce' });
  const start = watched(await context.newPage());
  await start.goto('/sign-in');
  await expect(start.getByText('As Ana Souza, open a calibration in review')).toBeVisible();
  await expectAccessible(start);
  await picture(start, 'demo-sign-in');
  const openAs = async (name: string) => {
    const opened = context.waitForEvent('page');
    await start.getByRole('link', { name: `Open in a new tab as ${name}` }).click();
    const page = watched(await opened);
    await expect(page.getByRole('button', { name })).toBeVisible();
    return page;
  };
  const ana = await openAs('Ana Souza');
  const ben = await openAs('Ben Whitfield');
  const chloe = await openAs('Chloé Martin');
  await ana.goto(`/calibrations/${id}`);
  for (const [page, at] of [
    [ben, 0],
    [chloe, 3],
  ] as const) {
    await page.goto(`/calibrations/${id}/score`);
    await page.getByRole('radio').nth(at).check({ force: true });
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  }
  // Each has a sheet of their own, through a reload.
  await ben.reload();
  await expect(ben.getByRole('radio').nth(0)).toBeChecked();
  await expect(ben.getByText('Saved', { exact: true })).toBeVisible();
  for (const page of [ben, chloe]) {
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Your answers are submitted' })).toBeVisible();
  }
  await ana.getByRole('button', { name: 'Reveal' }).first().click();
  await ana.getByRole('dialog').getByRole('button', { name: 'Reveal' }).click();
  for (const page of [ana, ben, chloe]) {
    await expect(page.getByText('Chloé').first()).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/calibrations/${id}(\\?|$)`));
    await expect(page.getByText('is now signed in as')).toHaveCount(0);
  }
  // What is opened from a tab is the same person's.
  await ben.bringToFront();
  await ben.evaluate(() => dispatchEvent(new Event('focus')));
  const beside = watched(await context.newPage());
  await beside.goto('/');
  await expect(beside.getByRole('button', { name: 'Ben Whitfield' })).toBeVisible();
  // Signing out is of one tab, and of what was opened from it.
  await beside.getByRole('button', { name: 'Ben Whitfield' }).click();
  await beside.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(beside).toHaveURL(/sign-in/);
  await expect(ben.getByRole('dialog', { name: 'Your sign-in has ended' })).toBeVisible();
  await ben.getByRole('button', { name: 'Sign in as Ben Whitfield again' }).click();
  await expect(ben.getByRole('dialog')).toHaveCount(0);
  await expect(ben.getByText('Chloé').first()).toBeVisible();
  await chloe.reload();
  await expect(chloe.getByText('Chloé').first()).toBeVisible();
  await context.close();
  await product.end();
});

test('[O5] a tab whose browser is signed in as someone else says so, and goes on as either, with what was typed', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const product = await startOwnProduct();
  const { url } = product.app;
  const { admin: sofia, member } = await setUpAccounts({ url, setUpLink: product.setUpLink });
  const [benAccount, other] = [await member(), await member()];
  const lead = { ...sofia, name: 'Sofia Lind' };
  const scorecardVersionId = await publishScorecard(lead, scaleDocument(1));
  const people = [benAccount, other].map((account) => ({ ...account, name: 'Ben Whitfield' }));
  const { id } = await makeSession(lead, { name: 'One browser', scorecardVersionId }, people);
  await advance(lead, id, 'draft');

  const context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce' });
  const signIn = async (page: Page, email: string | null) => {
    if (email) await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  const ben = watched(await context.newPage());
  await ben.goto(`/calibrations/${id}/score`);
  await signIn(ben, benAccount.email);
  await ben.getByRole('radio').nth(2).check({ force: true });
  await expect(ben.getByText('Saved', { exact: true })).toBeVisible();

  const second = watched(await context.newPage());
  await second.goto('/sign-in');
  await signIn(second, sofia.email);
  await expect(second.getByRole('button', { name: 'Sofia Lind' })).toBeVisible();
  const told = ben.getByRole('dialog', { name: 'This browser is now signed in as Sofia Lind' });
  await expect(told).toContainText('You opened this tab as Ben Whitfield.');
  await expectAccessible(ben);
  await picture(ben, 'other-sign-in');
  // No key closes it, and a reload shows nobody else's page.
  for (const _ of [1, 2, 3]) await ben.keyboard.press('Escape');
  await expect(told).toBeVisible();
  await ben.reload();
  await expect(told).toBeVisible();
  await expect(ben.getByRole('radio')).toHaveCount(0);

  await told.getByRole('button', { name: 'Sign in as Ben Whitfield again' }).click();
  await expect(ben.getByLabel('E-mail')).toHaveValue(benAccount.email);
  await signIn(ben, null);
  await expect(ben.getByRole('radio').nth(2)).toBeChecked();
  await expect(ben.getByText('Saved', { exact: true })).toBeVisible();

  // Now it is the second tab that was opened as another.
  const back = second.getByRole('dialog', { name: 'This browser is now signed in as Ben Whitfield' });
  await expect(back).toContainText('You opened this tab as Sofia Lind.');
  await back.getByRole('button', { name: 'Go on as Ben Whitfield' }).click();
  await expect(second.getByRole('button', { name: 'Ben Whitfield' })).toBeVisible();
  await expect(back).toHaveCount(0);
  await expect(ben.getByRole('dialog')).toHaveCount(0);

  // Signed out in one tab, the other says so, and comes back once somebody of that name does, in whichever tab.
  await second.getByRole('button', { name: 'Ben Whitfield' }).click();
  await second.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(ben.getByRole('dialog', { name: 'Your sign-in has ended' })).toBeVisible();
  await signIn(second, benAccount.email);
  await expect(ben.getByRole('dialog')).toHaveCount(0);
  await expect(ben.getByRole('radio').nth(2)).toBeChecked();
  await context.close();
  await product.end();
});
