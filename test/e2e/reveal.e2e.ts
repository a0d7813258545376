// The reveal as it is painted: everyone who looks sees the cards turn together and the flagged rise, at the desk and on the meeting
// screen; and nobody who wants no motion sees any of it.
import { type Browser, expect, type Page, test } from '@playwright/test';
import { illegible } from '../support/legibility.ts';
import { type Product, type Seat, seat, startProduct } from '../support/pages.ts';
import { screenIn } from '../support/room-screen.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

const screenCards = 'main li:has(.card)';
const deskCards = '.board-list .question';

/** What is painted of the cards from now on, each change once, until `over` is there: how many are sealed, and which in what order. */
function watch(page: Page, cards: string, over: string) {
  return page.evaluate(
    ({ cards, over }) =>
      new Promise<{ sealed: number; order: string[] }[]>((resolve) => {
        const frames: { sealed: number; order: string[] }[] = [];
        const look = () => {
          const all = [...document.querySelectorAll(cards)];
          const frame = {
            sealed: all.filter((card) => card.classList.contains('sealed')).length,
            order: all.map(
              (card) => card.getAttribute('href') ?? card.querySelector('.prompt')?.textContent ?? '',
            ),
          };
          if (all.length > 0 && JSON.stringify(frame) !== JSON.stringify(frames.at(-1))) frames.push(frame);
          if (document.querySelector(over)) resolve(frames);
          else requestAnimationFrame(look);
        };
        look();
      }),
    { cards, over },
  );
}

/** A calibration of Ana's in which all who were not excused have submitted. @returns its address, and a link for screens */
async function readyToReveal({ context }: Seat) {
  const headers = { Origin: product.app.url };
  const { sessions } = (await (await context.request.get('/api/sessions?status=scoring')).json()) as {
    sessions: { id: string; facilitator: { name: string } }[];
  };
  const id = sessions.find(({ facilitator }) => facilitator.name.startsWith('Ana'))?.id ?? '';
  const address = `/api/sessions/${id}`;
  const { shared } = (await (await context.request.get(address)).json()) as {
    shared: { participants: { id: string; state: string }[] };
  };
  for (const participant of shared.participants.filter(({ state }) => state !== 'submitted')) {
    const excuse = `${address}/participants/${participant.id}/excuse`;
    await context.request.post(excuse, { data: { reason: 'On leave' }, headers });
  }
  const made = await context.request.post(`${address}/links/display`, { data: {}, headers });
  const { display } = (await made.json()) as { display: { url: string } };
  return { page: `/calibrations/${id}`, displayUrl: display.url };
}

async function screenOf(browser: Browser, displayUrl: string, reducedMotion: 'reduce' | 'no-preference') {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, reducedMotion });
  const page = await context.newPage();
  await page.goto(displayUrl);
  await expect(page.getByText('2 of 2')).toBeVisible();
  return page;
}

test('[C7 J3] a live reveal turns the cards and lets the flagged rise, and is instant where motion is not wanted', async ({
  browser,
}) => {
  const { url } = product.app;
  const size = { viewport: { width: 1440, height: 900 } };
  const lead = await seat(browser, url, 'Ana', { ...size, reducedMotion: 'no-preference' });
  const still = await seat(browser, url, 'Esra', size);
  const { page: address, displayUrl } = await readyToReveal(lead);
  for (const { page } of [lead, still]) await page.goto(address);
  const screen = await screenOf(browser, displayUrl, 'no-preference');
  const stillScreen = await screenOf(browser, displayUrl, 'reduce');
  await expect(still.page.getByRole('heading', { level: 1, name: 'Fraud desk' })).toBeVisible();

  const seen = Promise.all([
    watch(screen, screenCards, 'table'),
    watch(lead.page, deskCards, `${deskCards}.open`),
  ]);
  const unseen = Promise.all([
    watch(stillScreen, screenCards, 'table'),
    watch(still.page, deskCards, `${deskCards}.open`),
  ]);
  await lead.page.getByRole('button', { name: 'Reveal' }).click();
  await lead.page.getByRole('dialog').getByRole('button', { name: 'Reveal' }).click();

  for (const frames of await seen) {
    const [first, last] = [frames[0], frames.at(-1)];
    expect(first?.order).toHaveLength(11);
    expect(first?.sealed).toBe(11);
    // Together: at no moment are some turned and others not.
    expect(frames.every(({ sealed }) => sealed === 0 || sealed === 11)).toBe(true);
    expect(last?.sealed).toBe(0);
    expect(last?.order).not.toEqual(first?.order);
    expect([...(last?.order ?? [])].sort()).toEqual([...(first?.order ?? [])].sort());
  }
  const [ofScreen, ofDesk] = await unseen;
  expect(ofScreen).toEqual([]);
  expect(ofDesk.map(({ sealed }) => sealed)).toEqual([0]);
  // Both end at the same order, on the screen at the overview.
  const [moved, calm] = await Promise.all(
    [screen, stillScreen].map((one) => one.getByRole('rowheader').allTextContents()),
  );
  expect(moved).toHaveLength(11);
  expect(moved).toEqual(calm);
});

for (const people of [2, 30]) {
  for (const theme of ['dark', 'light']) {
    test(`[J4] ${people} people, ${theme}: each face of the reveal is read from across the room, and all is over in a second`, async ({
      browser,
    }) => {
      const { context, page, tell, say } = await screenIn(browser, product.app.url, {
        reducedMotion: 'no-preference',
      });
      await page.clock.install();
      await tell({ people, status: 'scoring', long: true }, theme);
      await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
      /** What moves is waited for; how long it moves is told. */
      const settle = () =>
        page.evaluate(async () => {
          const moving = document.getAnimations();
          await Promise.all(moving.map(({ finished }) => finished));
          return Math.max(0, ...moving.map(({ effect }) => Number(effect?.getComputedTiming().endTime ?? 0)));
        });
      const prompts = () => page.locator(`${screenCards} .front .prompt`).allTextContents();

      say({ people, status: 'review', long: true });
      await expect(page.locator(`${screenCards}.sealed`)).toHaveCount(12);
      const broken = [await illegible(page)];
      const inOrder = await prompts();
      let passedMs = 0;
      const step = async (isDone: () => Promise<boolean>) => {
        while (passedMs < 1_000 && !(await isDone())) {
          await page.clock.runFor(20);
          passedMs += 20;
        }
        return passedMs;
      };

      const turnedAt = await step(async () => (await page.locator(`${screenCards}.sealed`).count()) === 0);
      const turnMs = await settle();
      broken.push(await illegible(page));
      const risenAt = await step(async () => `${await prompts()}` !== `${inOrder}`);
      const riseMs = await settle();
      broken.push(await illegible(page));
      expect(broken).toEqual([[], [], []]);
      expect(turnMs).toBeGreaterThan(200);
      expect(turnedAt + turnMs).toBeLessThanOrEqual(risenAt + 20);
      expect(riseMs).toBeGreaterThan(200);
      expect(risenAt + riseMs).toBeLessThanOrEqual(1_020);
      await page.clock.runFor(2_000);
      await expect(page.getByRole('table')).toBeVisible();
      await context.close();
    });
  }
}
