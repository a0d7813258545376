// A tab that was open while the server was upgraded: what it has not loaded yet is gone, and it says what helps.
import { expect } from '@playwright/test';
import { addressToScore, expectAccessible, phone, seat, productTest as test } from '../support/pages.ts';

test('[P1] an outdated tab says that a new version is here, on the screen it could not load and over the one it has', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana');
  await page.goto('/calibrations');
  await expect(page.getByRole('heading', { level: 1, name: 'Calibrations' })).toBeVisible();
  // The server of the next version has other files, and a page that starts with them.
  await page.route('**/assets/**', (route) => route.fulfill({ status: 404 }));
  const next = '<!doctype html><script type="module" src="/assets/next.js"></script>';
  await page.route(
    (url) => !url.pathname.startsWith('/api/'),
    (route, request) =>
      request.resourceType() === 'fetch'
        ? route.fulfill({ contentType: 'text/html', body: next })
        : route.fallback(),
  );
  await page.getByRole('link', { name: 'Scorecards' }).click();
  const news = 'A new version of Attune is here. Reload this page to go on.';
  await expect(page.getByRole('main').getByText(news)).toBeVisible();
  await expect(page.getByText('cannot be reached')).toHaveCount(0);
  await expect(page.locator('.at-foot')).toContainText(news);
  await expectAccessible(page);
  await page.unroute('**/assets/**');
  await page.unrouteAll({ behavior: 'wait' });
  await page.locator('.at-foot').getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Scorecards' })).toBeVisible();
  await expect(page.locator('.at-foot')).toHaveCount(0);
  await context.close();
});

test('[house 2] a part that cannot be fetched says so on the evaluator’s page, and comes with the next try', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ben', phone);
  await page.goto(await addressToScore(page));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.route(/Shortcuts-.*\.js/, (route) => route.abort());
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('?');
  await expect(page.locator('.at-foot')).toContainText('That could not be loaded.');
  await expectAccessible(page);
  await page.unrouteAll({ behavior: 'wait' });
  await page.locator('.at-foot').getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expect(page.locator('.at-foot')).toHaveCount(0);
  await context.close();
});
