// What a lead reads first of a board: the verdict, who passed, the map; and how near each was to what is agreed (C8, C8b, C8c).
import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import {
  expectAccessible,
  type Product,
  phone,
  picture,
  seat,
  productTest as test,
} from '../support/pages.ts';

const desk = { viewport: { width: 1440, height: 900 } };

/** The overview of a demo session in review, as one of its people sees it. */
async function overviewOf(
  browser: Browser,
  product: Product,
  { who, name }: { who: string; name: string },
  options: Parameters<Browser['newContext']>[0] = desk,
  before: (page: Page) => Promise<unknown> = async () => {},
) {
  const { page, context } = await seat(browser, product.app.url, who, options);
  const listed = await context.request.get('/api/sessions?status=review');
  const { sessions } = (await listed.json()) as { sessions: { id: string; name: string }[] };
  const id = sessions.find((one) => one.name === name)?.id ?? '';
  await before(page);
  await page.goto(`/calibrations/${id}`);
  await page.getByRole('button', { name: 'Overview', exact: true }).click();
  await expect(page.getByRole('table')).toBeVisible();
  return { page, context, id };
}

const winter = { who: 'Ingrid', name: 'Doubled winter bill' };
const pharmacy = { who: 'Ana', name: 'Declined card at the pharmacy' };
const top = async (locator: Locator) => (await locator.boundingBox())?.y ?? Number.NaN;

for (const [device, options] of [
  ['at the desk', desk],
  ['on a phone', phone],
] as const) {
  test(`[C8b] the verdict and the map come before any coefficient, which are folded: ${device}`, async ({
    browser,
    product,
  }) => {
    const { page, context } = await overviewOf(browser, product, winter, options);
    const verdict = page.getByRole('heading', { name: /^You agreed on \d+ of 8; \d+ to discuss$/ });
    const passed = page.getByText('3 passed the call, 1 failed · pass mark 85 %');
    const table = page.getByRole('table');
    const statistics = page.getByText('Statistics', { exact: true });
    await expect(passed).toBeVisible();
    expect(await top(verdict)).toBeLessThan(await top(table));
    expect(await top(table)).toBeLessThan(await top(statistics));
    const isDesk = options === desk;
    expect((await top(passed)) < (await top(table))).toBe(isDesk);
    expect(await top(table)).toBeLessThan(options.viewport.height);
    const alpha = page.getByText('Krippendorff’s alpha').first();
    await expect(alpha).toBeHidden();
    await expectAccessible(page);
    await picture(page, `overview ${device}`);
    await statistics.click();
    await expect(alpha).toBeVisible();
    await context.close();
  });
}

/** The colour behind a cell's text, as light from 0 to 1, and as it is written. */
const groundOf = (page: Page, name: string) =>
  page
    .getByRole('cell')
    .filter({ has: page.getByRole('button', { name }) })
    .evaluate((cell) => {
      const canvas = new OffscreenCanvas(1, 1).getContext('2d');
      if (!canvas) throw new Error('no canvas');
      canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      const page = [...canvas.getImageData(0, 0, 1, 1).data];
      canvas.fillStyle = getComputedStyle(cell).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      const own = [...canvas.getImageData(0, 0, 1, 1).data];
      const light = ([r = 0, g = 0, b = 0]: number[]) => (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
      return { from: Math.abs(light(own) - light(page)), colour: own.join(' ') };
    });

test('[C8 C8b] one outlier of four is one coloured cell, stronger with distance in both themes, with its own answer', async ({
  browser,
  product,
}) => {
  const { page, context } = await overviewOf(browser, product, winter);
  const people = ['Farid Haddad', 'Ben Whitfield', 'Chloé Martin', 'Ingrid Dahl'];
  const cell = (person: string, prompt: string) => groundOf(page, `${person}, ${prompt}`);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const grounds = await Promise.all(people.map((person) => cell(person, 'Spelling and grammar')));
    const [first, second, outlier, last] = grounds.map(({ colour }) => colour);
    expect([second, last], colorScheme).toEqual([first, first]);
    expect(outlier, colorScheme).not.toBe(first);
    // 6, 8, 5 and 8 around 7: ten percent off, and twenty.
    const near = await cell('Farid Haddad', 'Keeps the customer informed during waits');
    const far = await cell('Chloé Martin', 'Keeps the customer informed during waits');
    const farthest = await cell('Chloé Martin', 'Spelling and grammar');
    expect(far.from, colorScheme).toBeGreaterThan(near.from + 0.02);
    expect(farthest.from, colorScheme).toBeGreaterThan(far.from + 0.02);
  }
  const own = page.getByRole('button', {
    name: /^Chloé Martin, Spelling and grammar: .*40 % below the median$/,
  });
  await expect(own).toHaveText(/3 of 5$/);
  await context.close();
});

for (const [device, options] of [
  ['at the desk', desk],
  ['on a phone', phone],
] as const) {
  test(`[C8] a name of 80 letters neither widens the map nor covers its neighbours: ${device}`, async ({
    browser,
    product,
  }) => {
    const widthOf = (page: Page) => page.getByRole('table').evaluate((table) => table.scrollWidth);
    const usual = await overviewOf(browser, product, winter, options);
    const width = await widthOf(usual.page);
    await usual.context.close();
    const { page, context } = await overviewOf(browser, product, winter, options, (before) =>
      before.route('**/board', async (route) => {
        const reply = await route.fetch();
        const board = (await reply.json()) as { people: { name: string }[] };
        const people = board.people.map((one, at) => (at === 1 ? { ...one, name: 'W'.repeat(80) } : one));
        await route.fulfill({ response: reply, json: { ...board, people } });
      }),
    );
    await expect(page.getByText('W'.repeat(80)).first()).toBeVisible();
    expect(await widthOf(page)).toBe(width);
    const heads = await page.locator('thead th').evaluateAll((cells) =>
      cells.map((cell) => {
        const { left, right } = cell.getBoundingClientRect();
        const inside = [...cell.querySelectorAll('*')].map((part) => part.getBoundingClientRect());
        return inside.every((part) => part.left >= left - 1 && part.right <= right + 1);
      }),
    );
    expect(heads).toEqual(heads.map(() => true));
    const wide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(wide)).toBe(0);
    await picture(page, `overview, long name ${device}`);
    await context.close();
  });
}

test('[C8c C13] alignment appears as answers are agreed, by person and question, and nothing of a question voted on again', async ({
  browser,
  product,
}) => {
  const { page, context } = await overviewOf(browser, product, pharmacy);
  const agreed = page.getByRole('button', { name: 'Alignment with the agreed answers' });
  const chloe = page
    .getByRole('list', { name: 'Total and result of each person' })
    .getByRole('listitem')
    .filter({ hasText: 'Chloé' });
  await expect(agreed).toHaveText(/5 of 9 agreed/);
  await expect(chloe).toContainText(/% aligned, n = 5/);

  await page.getByRole('link', { name: 'Takes ownership until the end' }).click();
  const answers = page.locator('.groups');
  await expect(answers.getByText(/% off/)).toHaveCount(0);
  await page
    .getByRole('group', { name: 'Agreed answer' })
    .getByRole('radio', { name: '3', exact: true })
    .check();
  await expect(answers.getByText('Agreed answer', { exact: true })).toHaveCount(1);
  await expect(
    answers.locator('section').filter({ hasText: 'Chloé Martin' }).getByText('25 % off'),
  ).toBeVisible();
  await picture(page, 'question agreed');
  await page.getByRole('button', { name: 'Overview', exact: true }).click();
  await expect(agreed).toHaveText(/6 of 9 agreed/);
  await expect(chloe).toContainText(/% aligned, n = 6/);

  await page.getByRole('button', { name: 'Questions', exact: true }).click();
  await page.getByRole('button', { name: 'Re-vote', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Re-vote', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Re-vote' })).toBeVisible();
  await expect(answers.getByText(/% off|Agreed answer/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Overview', exact: true }).click();
  await expect(agreed).toHaveText(/5 of 9 agreed/);
  await expect(chloe).toContainText(/% aligned, n = 5/);
  // Its answers would sway the votes: one cell says why they are not there, and the keys still find their way in.
  const map = page.getByRole('table');
  await expect(map.getByRole('cell', { name: 'Re-vote open' })).toHaveCount(1);
  await expect(map.locator('[data-place][tabindex="0"]')).toHaveCount(1);
  await context.close();
});

test('[C8c C12] the record says the verdict, who passed and how near each was, and so do its exports', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana', desk);
  const listed = await context.request.get('/api/sessions?status=closed');
  const { sessions } = (await listed.json()) as { sessions: { id: string; name: string }[] };
  // One of the demo's: other tests close some of their own.
  const id = sessions.find(({ name }) => name === 'Loans, explaining the rate')?.id;
  await page.goto(`/records/${id}`);
  await expect(
    page.getByText(/^The group agreed on \d+ of \d+ before the discussion; \d+ discussed/),
  ).toBeVisible();
  const people = page.getByRole('table').filter({ hasText: 'Alignment with the agreed answers' });
  await expect(people.getByRole('row').nth(1)).toContainText(/(Passed|Failed).*% aligned, n = \d/);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText(/^Verified on this device/)).toBeVisible();
  const record = (await (await context.request.get(`/api/sessions/${id}/record.json`)).json()) as {
    figures: { people: { passed: boolean; alignment: number }[] };
  };
  expect(record.figures.people.map(({ passed }) => typeof passed)).toContain('boolean');
  const csv = await (await context.request.get(`/api/sessions/${id}/record.csv`)).text();
  expect(csv.split('\r\n')[0]).toContain(
    '"passed","alignmentPercent","alignmentN","naMismatches","criticalMismatches"',
  );
  await context.close();
});
