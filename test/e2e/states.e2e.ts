// What stands on a screen when there is nothing to show yet, or nothing to be had: while it loads, when the server has no time, when
// the network is gone, and when something is not there or not for this person.
import { expect, type Page, test } from '@playwright/test';
import { expectAccessible, type Product, phone, type Seat, seat, startProduct } from '../support/pages.ts';

let product: Product;
let lead: Seat;
let ids: { review: string; scoring: string; closed: string };

test.beforeAll(async ({ browser }) => {
  product = await startProduct();
  lead = await seat(browser, product.app.url, 'Ana');
  const idOf = async (status: string, name = '') => {
    const { sessions } = (await (
      await lead.context.request.get(`/api/sessions?status=${status}`)
    ).json()) as {
      sessions: { id: string; name: string }[];
    };
    return sessions.find((one) => one.name.startsWith(name))?.id ?? '';
  };
  ids = {
    review: await idOf('review'),
    scoring: await idOf('scoring', 'Early settlement'),
    closed: await idOf('closed'),
  };
});

test.afterAll(async () => {
  await lead?.context.close();
  await product?.end();
});

/** What each screen asks the server for, and what it shows once it has it. */
const screens = [
  {
    name: 'calibrations',
    who: 'Ana',
    path: () => '/calibrations',
    asks: /\/api\/sessions\?/,
    has: (page: Page) => page.getByRole('link', { name: 'Fraud desk, first minute' }),
  },
  {
    name: 'a session',
    who: 'Ana',
    path: () => `/calibrations/${ids.scoring}`,
    asks: /\/api\/sessions\/[\w-]+$/,
    has: (page: Page) => page.getByRole('heading', { level: 1, name: 'Early settlement' }),
  },
  {
    name: 'the review board',
    who: 'Ana',
    path: () => `/calibrations/${ids.review}`,
    asks: /\/board$/,
    has: (page: Page) => page.getByRole('navigation', { name: 'Questions of this calibration' }),
  },
  {
    name: 'scoring',
    who: 'Ben',
    path: () => `/calibrations/${ids.scoring}/score`,
    asks: /\/api\/sessions\/[\w-]+$/,
    has: (page: Page) => page.getByText(/of \d+ answered/).first(),
  },
  {
    name: 'a record',
    who: 'Ana',
    path: () => `/records/${ids.closed}`,
    asks: /\/record$/,
    has: (page: Page) => page.getByRole('heading', { name: 'What happened' }),
  },
  {
    name: 'a new calibration',
    who: 'Ana',
    path: () => '/calibrations/new',
    asks: /\/api\/scorecards/,
    has: (page: Page) => page.getByRole('option', { name: 'Technical support' }),
  },
  {
    name: 'the inbox',
    who: 'Ana',
    path: () => '/inbox',
    asks: /\/api\/(me\/)?(inbox|notices|notifications)/,
    has: (page: Page) => page.locator('main li').first(),
  },
];

for (const { name, who, path, asks, has } of screens) {
  test(`[house 6] ${name}: a page that loads says so, one that is refused says why, and trying again works`, async ({
    browser,
  }) => {
    for (const options of [{}, { ...phone, colorScheme: 'dark' as const }]) {
      const { page, context } = await seat(browser, product.app.url, who, options);
      let free = () => {};
      const held = new Promise<void>((resolve) => (free = resolve));
      await page.route(asks, async (route) => {
        await held;
        await route.fulfill({
          status: 503,
          contentType: 'application/problem+json',
          headers: { 'Retry-After': '1' },
          json: { type: '/problems/unavailable', title: 'The server cannot do this right now', status: 503 },
        });
      });
      await page.goto(path());
      await expect(page.locator('.skeleton, [aria-busy="true"]').first()).toBeVisible();
      free();
      const alert = page.getByRole('alert').filter({ has: page.getByRole('button', { name: 'Try again' }) });
      await expect(alert).toBeVisible({ timeout: 20_000 });
      // What could not be fetched is not made up for.
      await expect(page.getByText('Every flagged question is resolved')).toHaveCount(0);
      await expectAccessible(page);
      await page.unroute(asks);
      await alert.getByRole('button', { name: 'Try again' }).click();
      await expect(has(page)).toBeAttached();
      await expect(alert).toHaveCount(0);
      await context.close();
    }
  });
}

test('[live 4.5] a session that is not there and one that is not for this person read alike', async ({
  browser,
}) => {
  // Farid scores for another client.
  const { page, context } = await seat(browser, product.app.url, 'Farid');
  const told = async (address: string) => {
    await page.goto(address);
    await expect(
      page.locator('#main').getByRole('alert').filter({ hasText: 'There is nothing here' }),
    ).toBeVisible();
    await expect(page.locator('.skeleton')).toHaveCount(0);
    return page.locator('#main').textContent();
  };
  const unknown = ids.closed.replace(/[\da-f]{12}$/, '000000000000');
  for (const [foreign, nowhere] of [
    [`/calibrations/${ids.scoring}`, `/calibrations/${unknown}`],
    [`/calibrations/${ids.scoring}/score`, `/calibrations/${unknown}/score`],
  ] as const) {
    const words = await told(foreign);
    expect(words).toBe(await told(nowhere));
    expect(words).not.toContain('Early settlement');
  }
  await expectAccessible(page);
  await context.close();
});

for (const [name, path, sentence] of [
  [
    'the session',
    () => `/calibrations/${ids.scoring}`,
    'You see how things stood when the connection was lost.',
  ],
  [
    'scoring',
    () => `/calibrations/${ids.scoring}/score`,
    'Your typing is kept on this device and sent when you are back online.',
  ],
] as const) {
  test(`[house 6] ${name}: a network that is gone is named after three seconds with what still works, and not before`, async ({
    browser,
  }) => {
    const { page, context } = await seat(browser, product.app.url, 'Ben', phone);
    await page.goto(path());
    const banner = page.locator('.connection');
    await expect(page.getByRole('heading').first()).toBeVisible();
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    const cutAt = Date.now();
    await expect(banner).toBeVisible();
    expect(Date.now() - cutAt).toBeGreaterThan(2_500);
    await expect(banner).toContainText('Offline');
    await expect(banner).toContainText(sentence);
    await expectAccessible(page);
    await context.setOffline(false);
    await expect(banner).toHaveCount(0, { timeout: 20_000 });
    await context.close();
  });
}
