// A form whose choices are still loading, or failed to, sends nothing that nobody chose (C2, O4).
import { expect, type Page, test } from '@playwright/test';
import { demoPerson } from '../support/demo.ts';
import { expectAccessible, type Product, seat, startProduct } from '../support/pages.ts';
import { makeSession, publishScorecard, scaleDocument, viewOf } from '../support/people.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

/** A draft for one line of business, with two of its three questions. */
async function scopedDraft(url: string) {
  const ana = await demoPerson(url, 'Ana');
  const scorecardVersionId = await publishScorecard(ana, scaleDocument(3));
  const { clients } = (await ana.get('/api/clients')).body as {
    clients: { id: string; name: string; lobs: { id: string; name: string }[] }[];
  };
  const bank = clients.find(({ name }) => name === 'Kestrel Bank');
  const lob = bank?.lobs.find(({ name }) => name === 'Cards');
  const scope = { kind: 'lob', clientId: bank?.id ?? '', lobId: lob?.id ?? '' };
  const settings = { name: 'For cards', scorecardVersionId, scope, questionIds: ['q1', 'q3'] };
  const { id } = await makeSession(ana, settings, []);
  const stored = async () => (await viewOf(ana, id)).detail.settings;
  return { id, scope, stored };
}

const scopeField = (page: Page) => page.getByLabel('Client and line of business');

for (const [how, lists] of [
  ['the clients fail', ['clients']],
  ['the scorecards fail', ['scorecards']],
  ['both fail', ['clients', 'scorecards']],
] as const) {
  test(`[C4] [O4] saved while ${how}, a draft keeps its client, its scorecard and its questions`, async ({
    browser,
  }) => {
    const { url } = product.app;
    const { id, scope, stored } = await scopedDraft(url);
    const before = await stored();
    const { page, context } = await seat(browser, url, 'Ana');
    const pattern = new RegExp(`/api/(${lists.join('|')})(\\?|$)`);
    await page.route(pattern, (route) => route.fulfill({ status: 503, body: '' }));
    await page.goto(`/calibrations/${id}`);
    await page.getByRole('button', { name: 'Edit settings' }).click();
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(lists.length);
    await expect(scopeField(page).locator('option:checked')).toHaveText('Kestrel Bank, Cards');
    await expect(page.getByLabel('Scorecard', { exact: true }).locator('option:checked')).toHaveText(
      'Voice quality',
    );
    if (lists.some((list) => list === 'clients')) await expect(scopeField(page)).toBeDisabled();
    else await expect(scopeField(page)).toBeEnabled();
    await expectAccessible(page);
    await page.getByLabel('Session name').fill('Renamed');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Renamed' })).toBeVisible();
    expect(await stored()).toEqual({ ...before, name: 'Renamed' });
    expect((await stored()).scope).toEqual(scope);

    // Asked again where it failed, the choice is there.
    await page.getByRole('button', { name: 'Edit settings' }).click();
    await page.unroute(pattern);
    for (let left = lists.length; left > 0; left -= 1) {
      await page.getByRole('button', { name: 'Try again' }).first().click();
      await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(left - 1);
    }
    await scopeField(page).selectOption({ label: 'Kestrel Bank' });
    await page.getByRole('button', { name: 'Save settings' }).click();
    await expect
      .poll(async () => (await stored()).scope)
      .toEqual({ kind: 'client', clientId: scope.clientId });
    await context.close();
  });
}

test('[C4] [O4] saved while the clients are loading, a draft keeps its client', async ({ browser }) => {
  const { url } = product.app;
  const { id, scope, stored } = await scopedDraft(url);
  const { page, context } = await seat(browser, url, 'Ana');
  const held: (() => Promise<void>)[] = [];
  await page.route(/\/api\/clients$/, (route) => {
    held.push(() => route.continue());
  });
  await page.goto(`/calibrations/${id}`);
  await page.getByRole('button', { name: 'Edit settings' }).click();
  await expect(scopeField(page)).toBeDisabled();
  await page.getByLabel('Session name').fill('Early');
  await page.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Early' })).toBeVisible();
  expect((await stored()).scope).toEqual(scope);
  for (const go of held) await go();
  await context.close();
});

test('[C2] [O4] a new calibration waits for its clients instead of going to everyone', async ({
  browser,
}) => {
  const { url } = product.app;
  const { page, context } = await seat(browser, url, 'Ana');
  await page.route(/\/api\/clients$/, (route) => route.fulfill({ status: 503, body: '' }));
  let sent = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/sessions')) sent += 1;
  });
  await page.goto('/calibrations/new');
  await page.getByLabel('Session name').fill('Whose?');
  // One list that failed takes no other along.
  await page.getByLabel('Scorecard', { exact: true }).selectOption({ label: 'Technical support' });
  await expect(scopeField(page)).toBeDisabled();
  await page.getByRole('button', { name: 'Create draft' }).click();
  await expect(page.getByText('The choices are not here yet.')).toBeVisible();
  expect(sent).toBe(0);
  await expectAccessible(page);
  await page.unroute(/\/api\/clients$/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await scopeField(page).selectOption({ label: 'Kestrel Bank' });
  await expect(page.getByText('The choices are not here yet.')).toBeHidden();
  await page.getByRole('button', { name: 'Create draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Whose?' })).toBeVisible();
  await expect(page.getByText('Kestrel Bank', { exact: true }).first()).toBeVisible();
  await context.close();
});
