// The meeting screen as a room reads it (J4): every scene with few and many people, light and dark, measured. What is measured is
// the real page on a told meeting; that it is told the truth is `meeting.e2e.ts` and `test/sync/display.test.ts`.
import { expect, type Page, test } from '@playwright/test';
import { illegible } from '../support/legibility.ts';
import { expectAccessible, type Product, seat, startProduct } from '../support/pages.ts';
import type { RoomOptions } from '../support/room-fixture.ts';
import { screenIn } from '../support/room-screen.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

const scenes: readonly [string, Omit<RoomOptions, 'people'>][] = [
  ['lobby before scoring', { status: 'draft' }],
  ['lobby', { status: 'scoring' }],
  ['lobby, long names', { status: 'scoring', long: true }],
  ['overview', { status: 'review' }],
  ['overview, names hidden', { status: 'review', hidden: true }],
  ['overview, long words', { status: 'review', long: true }],
  ['binary', { status: 'review', focus: 'verification' }],
  ['scale', { status: 'review', focus: 'empathy' }],
  ['scale of a hundred', { status: 'review', focus: 'confidence' }],
  ['rubric', { status: 'review', focus: 'probing' }],
  ['rubric without points', { status: 'review', focus: 'driver' }],
  ['N/A for some', { status: 'review', focus: 'hold' }],
  ['checklist', { status: 'review', focus: 'steps' }],
  ['checklist without points', { status: 'review', focus: 'tags' }],
  ['text', { status: 'review', focus: 'coaching' }],
  ['long words', { status: 'review', focus: 'probing', long: true }],
  ['all in one place', { status: 'review', focus: 'empathy', together: true }],
  ['re-vote', { status: 'review', focus: 'empathy', revote: true }],
  ['long words, agreed', { status: 'review', focus: 'probing', long: true, agreed: true }],
  ['everyone said N/A', { status: 'review', focus: 'hold', scoring: 'nobody' }],
  ['one score', { status: 'review', focus: 'hold', scoring: 'one' }],
  ['timer running', { status: 'review', focus: 'empathy', timer: 'running' }],
  ['timer over', { status: 'review', focus: 'empathy', timer: 'over' }],
  ['agreed', { status: 'review', focus: 'probing', agreed: true, hidden: true }],
  ['summary', { status: 'resolved', focus: 'probing', agreed: true }],
  ['summary when closed', { status: 'closed', focus: 'probing', agreed: true }],
  ['summary, long words', { status: 'closed', focus: 'probing', agreed: true, long: true }],
];

async function brokenIn(
  page: Page,
  tell: (options: RoomOptions, theme: string) => Promise<void>,
  people: number,
  themes = ['dark', 'light'],
) {
  const broken: string[] = [];
  for (const theme of themes) {
    for (const [name, options] of scenes) {
      await tell({ ...options, people }, theme);
      for (const line of await illegible(page)) broken.push(`${name}, ${people} people, ${theme}: ${line}`);
    }
  }
  return broken;
}

for (const people of [2, 6, 12, 30]) {
  test(`[J4] ${people} people: every scene is read from across the room, light and dark`, async ({
    browser,
  }) => {
    const { context, page, tell } = await screenIn(browser, product.app.url);
    expect(await brokenIn(page, tell, people)).toEqual([]);
    await context.close();
  });
}

for (const [width, height] of [
  [1_280, 720],
  [3_840, 2_160],
] as const) {
  test(`[J4] a screen of ${width} by ${height} shows what one of 1920 by 1080 does`, async ({ browser }) => {
    const { context, page, tell } = await screenIn(browser, product.app.url, { viewport: { width, height } });
    expect(await brokenIn(page, tell, 12, ['dark'])).toEqual([]);
    await context.close();
  });
}

test('[J4] every scene can be read by whoever does not see it', async ({ browser }) => {
  const { context, page, tell, end } = await screenIn(browser, product.app.url);
  for (const [, options] of scenes.filter(([, { long }]) => !long)) {
    await tell({ ...options, people: 6 }, 'dark');
    await expectAccessible(page);
  }
  for (const focus of [null, 'empathy', 'driver']) {
    await tell({ status: 'review', focus, people: 30 }, 'dark');
    await expectAccessible(page);
  }
  end();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This screen’s link has ended' })).toBeVisible();
  await expectAccessible(page);
  await context.close();
});

for (const theme of ['dark', 'light']) {
  test(`[J4] a screen that is not live says so, and one whose link has ended, both read from afar: ${theme}`, async ({
    browser,
  }) => {
    const { context, page, tell, fallSilent, end } = await screenIn(browser, product.app.url);
    const banner = page.getByRole('status').filter({ hasText: 'Not live since' });
    await tell({ status: 'review', focus: 'empathy', people: 6, long: true, agreed: true }, theme);
    await expect(banner).toHaveCount(0);
    fallSilent();
    await expect(banner).toBeInViewport({ ratio: 1 });
    expect(await illegible(page)).toEqual([]);
    await expectAccessible(page);
    // What was last true stands whole above it.
    const below = await page.locator('main > *').evaluate((scene) => scene.getBoundingClientRect().bottom);
    expect(below).toBeLessThan((await banner.boundingBox())?.y ?? 0);
    end();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'This screen’s link has ended' })).toBeVisible();
    await expect(banner).toHaveCount(0);
    expect(await illegible(page)).toEqual([]);
    await context.close();
  });
}

test('[J3] a screen whose link is revoked goes dark at once, and says so', async ({ browser }) => {
  const { url } = product.app;
  const { context: lead } = await seat(browser, url, 'Ana');
  const { sessions } = (await (await lead.request.get('/api/sessions?status=review')).json()) as {
    sessions: { id: string; facilitator: { name: string } }[];
  };
  const session = sessions.find(({ facilitator }) => facilitator.name.startsWith('Ana'));
  const address = `/api/sessions/${session?.id}/links/display`;
  const made = await lead.request.post(address, { data: {}, headers: { Origin: url } });
  const { display } = (await made.json()) as { display: { url: string } };
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  await page.goto(display.url);
  await expect(page.getByText(/^Question \d+ of 11$/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/^Question \d+ of 11$/)).toBeVisible();
  await lead.request.delete(address, { headers: { Origin: url } });
  await expect(page.getByRole('heading', { name: 'This screen’s link has ended' })).toBeVisible();
  await expect(page.getByText(/^Question \d+ of 11$/)).toHaveCount(0);
  await context.close();
  await lead.close();
});
