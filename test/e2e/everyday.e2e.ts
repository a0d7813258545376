// What people do beside the straight way: links that lost a part, forms left half-way, a finger instead of keys, large type,
// colours of one's own.
import { readFile } from 'node:fs/promises';
import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { demoPerson, likeInScoring } from '../support/demo.ts';
import { expectAccessible, phone, seat, productTest as test } from '../support/pages.ts';
import { makeSession, publishScorecard, reviseScorecard, scaleDocument } from '../support/people.ts';

/** A sheet that nobody has written on, before whoever is to score it. */
async function score(
  browser: Browser,
  url: string,
  who: 'Ben' | 'Chloé',
  options: Parameters<Browser['newContext']>[0],
): Promise<Page> {
  const { id } = await likeInScoring(url, 'A letter of one’s own');
  const { page } = await seat(browser, url, who, options);
  await page.goto(`/calibrations/${id}/score`);
  await expect(page.getByText(/0 of \d+ answered/)).toBeVisible();
  return page;
}

test('[C5] a comment opened with the mouse takes what is typed: no letter is a shortcut, no digit an answer', async ({
  browser,
  product,
}) => {
  const page = await score(browser, product.app.url, 'Ben', { viewport: { width: 1280, height: 800 } });
  await page.getByRole('button', { name: 'Comment', exact: true }).first().click();
  const comment = page.getByLabel('Comment').first();
  await expect(comment).toBeFocused();
  await page.keyboard.type('1 e 2 n');
  await expect(comment).toHaveValue('1 e 2 n');
  await expect(page.getByText(/0 of \d+ answered/)).toBeVisible();
  await page.context().close();
});

test('[C5] a chosen number is read while the pointer still rests on it', async ({ browser, product }) => {
  const page = await score(browser, product.app.url, 'Chloé', {
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  const numbers = await page.locator('.scale label:first-of-type').all();
  expect(numbers.length).toBeGreaterThan(0);
  const paint = (option: Locator) =>
    option.locator('.number').evaluate((number) => getComputedStyle(number).backgroundColor);
  for (const number of numbers) {
    const bare = await paint(number);
    await number.click();
    await page.mouse.move(0, 0);
    await expect.poll(() => paint(number)).not.toBe(bare);
    const chosen = await paint(number);
    await number.hover();
    expect(await paint(number)).toBe(chosen);
  }
  await page.context().close();
});

test('[C5] on a phone the sealed page keeps its head whole, and the page never scrolls under its panes', async ({
  browser,
  product,
}) => {
  const page = await score(browser, product.app.url, 'Ben', phone);
  const beyond = () =>
    page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
  expect(await beyond()).toBe(0);
  // A still page taller than the window must not press the head together.
  await page.locator('.desk').evaluate((desk: HTMLElement) => {
    desk.style.flex = 'none';
    desk.style.blockSize = '3000px';
  });
  const room = await page.evaluate(() => {
    const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().bottom ?? 0;
    return box('header.bar') - box('header.bar .sealed');
  });
  expect(room).toBeGreaterThanOrEqual(0);
  await page.context().close();
});

test('[J1] a link that lost a part on its way says so', async ({ browser, product }) => {
  const context = await browser.newContext({ baseURL: product.app.url });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.goto('/join#nonsense');
  await expect(page.getByText('This link is incomplete')).toBeVisible();
  await expectAccessible(page);
  await context.close();
});

test('[C2] a press on Create draft counts although the questions of the scorecard arrive in the middle of it', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana', {
    viewport: { width: 1440, height: 1200 },
  });
  let letArrive = () => {};
  const arrival = new Promise<void>((resolve) => {
    letArrive = resolve;
  });
  await page.route(/\/api\/scorecards\/[^?]+\?version=/, async (route) => {
    await arrival;
    await route.continue();
  });
  await page.goto('/calibrations/new');
  await page.getByLabel('Session name').fill('Pressed early');
  await page.getByLabel('Scorecard', { exact: true }).selectOption({ label: 'Technical support' });
  const button = page.getByRole('button', { name: 'Create draft' });
  await button.hover();
  const place = await button.boundingBox();
  await page.mouse.down();
  letArrive();
  await expect(page.getByText('All 6 questions')).toBeVisible();
  expect(await button.boundingBox()).toEqual(place);
  await page.mouse.up();
  await expect(page.getByRole('heading', { level: 1, name: 'Pressed early' })).toBeVisible();
  await context.close();
});

test('[C4] settings half changed are there again after a look at another page; a time gone by is remarked on, and refused', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana');
  await page.goto('/calibrations?status=draft');
  await page.getByRole('link', { name: 'One call for everyone' }).click();
  await page.getByRole('button', { name: 'Edit settings' }).click();
  await page.getByLabel('Session name').fill('One call, half renamed');
  await page.getByLabel('Scoring due').fill('2020-01-01T10:00');
  await expect(page.getByText('This time has passed.')).toBeVisible();
  await page.getByRole('link', { name: 'Dashboard' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel('Session name')).toHaveValue('One call, half renamed');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Choose a time that is still to come.')).toBeVisible();
  await page.getByLabel('Scoring due').fill('2098-01-01T10:00');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'One call, half renamed' })).toBeVisible();
  await expect(page.getByText('Wednesday, 1 January 2098 at 10:00')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Edit settings' })).toBeVisible();
  await context.close();
});

test('[C2a] [S1] starting says that nothing tells what to score; a newer version of the scorecard takes the draft along', async ({
  browser,
  product,
}) => {
  const { url } = product.app;
  const [ana, ben, chloe] = [
    await demoPerson(url, 'Ana'),
    await demoPerson(url, 'Ben'),
    await demoPerson(url, 'Chloé'),
  ];
  const scorecardVersionId = await publishScorecard(ana, scaleDocument(1));
  const { id } = await makeSession(ana, { name: 'Which call?', scorecardVersionId }, [ben, chloe]);
  const { page, context } = await seat(browser, url, 'Ana');
  await page.goto(`/calibrations/${id}`);
  const start = page.getByRole('button', { name: 'Start scoring' });
  await start.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Nothing says what to score')).toBeVisible();
  await expect(dialog.getByText('A newer version has been published')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Edit settings' }).click();
  await page.getByLabel('Interaction reference').fill('CALL-1');
  await page.getByRole('button', { name: 'Save settings' }).click();
  const { detail } = (await ana.get(`/api/sessions/${id}`)).body as { detail: { scorecardId: string } };
  const card = `/api/scorecards/${detail.scorecardId}`;
  expect((await reviseScorecard(ana, detail.scorecardId, scaleDocument(2))).status).toBe(200);
  expect((await ana.send('POST', `${card}/publish`)).status).toBe(200);
  await expect(page.getByText('Moved here from version 1')).toBeVisible();
  await start.click();
  await expect(dialog.getByText('A newer version has been published')).toHaveCount(0);
  await expect(dialog.getByText('Nothing says what to score')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Start scoring' }).click();
  await expect(page.getByRole('button', { name: 'Reveal' })).toBeVisible();
  await context.close();
});

test('[O7] a meeting with a time is one press from the calendar, and one without has nothing to press', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana');
  await page.goto('/calibrations?status=draft');
  await page.getByRole('link', { name: 'Cards, next round' }).click();
  const add = page.getByRole('link', { name: 'Add to calendar' });
  await page.getByRole('button', { name: 'Edit settings' }).click();
  await page.getByLabel('Meeting time').fill('');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByRole('button', { name: 'Edit settings' })).toBeVisible();
  await expect(add).toHaveCount(0);
  await page.getByRole('button', { name: 'Edit settings' }).click();
  await page.getByLabel('Meeting time').fill('2030-05-06T14:00');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(add).toBeVisible();
  await expectAccessible(page);
  const [file] = await Promise.all([page.waitForEvent('download'), add.click()]);
  expect(file.suggestedFilename()).toMatch(/^calibration-.+\.ics$/);
  expect(await readFile(await file.path(), 'utf8')).toMatch(/DTSTART:20300506T\d{4}00Z/);
  await context.close();
});

test('[C1] the list needs no sideways scrolling at 200 % zoom, nor a line for nothing', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana', {
    viewport: { width: 1440, height: 900 },
  });
  await page.goto('/calibrations');
  const row = (name: string) => page.getByRole('row').filter({ hasText: name });
  const height = async (name: string) => (await row(name).boundingBox())?.height;
  await expect(row('Doubled winter bill')).toBeVisible();
  expect(await height('Declined card at the pharmacy')).toBe(await height('Doubled winter bill'));
  for (const width of [960, 720, 640, 320]) {
    await page.setViewportSize({ width, height: 450 });
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond, `${width} px`).toBe(0);
  }
  await page.goto('/calibrations?status=review');
  await page.getByRole('link', { name: 'Declined card at the pharmacy' }).click();
  await page.getByRole('button', { name: 'Overview', exact: true }).click();
  await expect(page.getByRole('table')).toBeVisible();
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide, 'the heat map scrolls by itself').toBe(0);
  await context.close();
});

test('[C5 C8] in chosen colours the chosen answer, the open view and a spread are still told apart', async ({
  browser,
  product,
}) => {
  const page = await score(browser, product.app.url, 'Ben', {
    viewport: { width: 1280, height: 800 },
    forcedColors: 'active',
  });
  const background = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  await page.locator('.value').nth(1).click();
  await expect(page.locator('.value.checked')).toBeVisible();
  expect(await background('.value.checked .number')).not.toBe(
    await background('.value:not(.checked) .number'),
  );
  await page.goto('/calibrations?status=review');
  await page.getByRole('link', { name: 'Doubled winter bill' }).click();
  await expect(page.getByRole('button', { name: 'Overview', exact: true })).toBeVisible();
  expect(await background('.segments [aria-pressed=true]')).not.toBe(
    await background('.segments [aria-pressed=false]'),
  );
  expect(await background('.rule .band')).not.toBe(await background('.rule'));
  await page.context().close();
});
