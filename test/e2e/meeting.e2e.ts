// A whole meeting in five browsers: a facilitator, two members, a guest on a phone who comes through the lobby, and the meeting
// screen. A network is cut in the middle of typing, the screen's too, and the server is killed in the middle of the discussion.
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type Product, phone, type Seat, seat, startProduct } from '../support/pages.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

const name = 'Loan call, everyone in';

/** A browser nobody is signed in with. */
async function visitor(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<Seat> {
  const context = await browser.newContext({
    baseURL: product.app.url,
    reducedMotion: 'reduce',
    ...options,
  });
  return { context, page: await context.newPage() };
}

async function makeDraft(lead: Seat): Promise<{ id: string; joinUrl: string; displayUrl: string }> {
  const { page, context } = lead;
  await page.goto('/calibrations/new');
  await page.getByLabel('Session name').fill(name);
  await page.getByLabel('Scorecard', { exact: true }).selectOption({ label: 'Technical support' });
  await page.getByRole('button', { name: 'Create draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  for (const member of ['Ben', 'Chloé']) {
    await page.getByRole('combobox', { name: 'Add a participant' }).fill(member);
    await page.getByRole('option', { name: member }).click();
    await expect(page.locator('li').filter({ hasText: member })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Make a join link' }).click();
  await page.getByRole('button', { name: 'Make a screen link' }).click();
  await expect(page.getByRole('img', { name: 'Code to scan: the join link' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Open meeting screen/ })).toBeVisible();
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const links = (await (await context.request.get(`/api/sessions/${id}/links`)).json()) as {
    join: { url: string };
    display: { url: string };
  };
  return { id, joinUrl: links.join.url, displayUrl: links.display.url };
}

async function scoreByKeyboard(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.keyboard.press('j');
  }
}

/** Cuts the network of one browser: requests fail, and its sockets fall silent. */
const cut = (context: BrowserContext) => context.setOffline(true);
const mend = (context: BrowserContext) => context.setOffline(false);

/** What is left on a timer, in seconds. */
async function secondsLeft(page: Page): Promise<number> {
  const text = (await page.getByRole('timer').first().textContent()) ?? '';
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

const heading = (page: Page) => page.getByRole('heading', { level: 2 }).first();
const screenHeading = (page: Page) => page.getByRole('heading', { level: 1 });

test('[C9 C13 J1 J3] a whole meeting in five browsers, through cuts and a killed server', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const { url } = product.app;
  const lead = await seat(browser, url, 'Ana', { viewport: { width: 1440, height: 900 } });
  const ana = lead.page;
  const { id, joinUrl, displayUrl } = await makeDraft(lead);
  const benSeat = await seat(browser, url, 'Ben', { viewport: { width: 1280, height: 800 } });
  const chloeSeat = await seat(browser, url, 'Chloé', { viewport: { width: 1280, height: 800 } });
  const [ben, chloe] = [benSeat.page, chloeSeat.page];
  for (const page of [ben, chloe]) await page.goto(`/calibrations/${id}/score`);

  // The room's screen, by its own link: who is here, how to join.
  const screenSeat = await visitor(browser, { viewport: { width: 1920, height: 1080 } });
  const screen = screenSeat.page;
  await screen.goto(displayUrl);
  await expect(screen.getByRole('heading', { name })).toBeVisible();
  await expect(screen.getByText('Ben Whitfield')).toBeVisible();
  expect(new URL(screen.url()).hash).toBe('');

  // The guest gives a name on a phone, waits, and is let in.
  const guestSeat = await visitor(browser, phone);
  const guest = guestSeat.page;
  await guest.goto(joinUrl);
  await expect(guest.getByText(name)).toBeVisible();
  await guest.getByLabel('Your name').fill('Gus Gast');
  await guest.getByRole('button', { name: 'Ask to join' }).tap();
  await expect(guest.getByText('Waiting for Ana to let you in')).toBeVisible();
  await ana.getByRole('button', { name: 'Let in Gus Gast' }).click();
  await expect(guest).toHaveURL(new RegExp(`/calibrations/${id}/score$`));
  await expect(screen.getByText('Gus Gast')).toBeVisible();

  await ana.getByRole('button', { name: 'Start scoring' }).click();
  await ana.getByRole('dialog').getByRole('button', { name: 'Start scoring' }).click();
  await expect(guest.getByText('1 of 6')).toBeVisible();
  await expect(screen.getByText(/0 of 3/)).toBeVisible();

  for (const page of [ben, chloe]) await expect(page.getByText('0 of 6 answered')).toBeVisible();

  // A cut in the middle of typing: the typing goes on, and is there afterwards.
  await scoreByKeyboard(ben, ['1', '5', '1', '4', '5', '1']);
  await expect(ben.getByText('6 of 6 answered')).toBeVisible();
  await cut(benSeat.context);
  await ben.keyboard.press('k');
  await ben.keyboard.press('k');
  const changed = (await ben.locator('.question.current h3').textContent()) ?? '';
  await ben.keyboard.press('2');
  await expect(ben.getByText('Offline', { exact: false }).first()).toBeVisible();
  await mend(benSeat.context);
  await expect(ben.getByText('Saved', { exact: true }).first()).toBeVisible({ timeout: 20_000 });
  // Another device of his has nothing but what the server stored.
  const otherDevice = await seat(browser, url, 'Ben', { viewport: { width: 1280, height: 800 } });
  await otherDevice.page.goto(`/calibrations/${id}/score`);
  const arrived = otherDevice.page.locator('.question').filter({ hasText: changed });
  await expect(arrived.getByRole('radio', { name: /^2/ })).toBeChecked();
  await otherDevice.context.close();
  await scoreByKeyboard(chloe, ['1', '2', '1', '4', 'n', '1']);
  await expect(chloe.getByText('6 of 6 answered')).toBeVisible();
  const taps = ['Pass', '4', 'Pass', '4', '4', 'Pass'];
  for (const [index, option] of taps.entries()) {
    await guest
      .getByRole('radio', { name: new RegExp(`^${option}`) })
      .first()
      .tap();
    if (index < taps.length - 1) await guest.getByRole('button', { name: 'Next question' }).tap();
  }
  await expect(guest.getByText('6 of 6 answered')).toBeVisible();
  for (const page of [ben, chloe, guest]) {
    await page.getByRole('button', { name: 'Submit' }).click();
    await expect(page.getByRole('button', { name: 'Take back' })).toBeVisible();
  }
  await expect(screen.getByText(/3 of 3/)).toBeVisible();

  // The reveal reaches the room at once; the overview first, then what the facilitator opens.
  await ana.getByRole('button', { name: 'Reveal' }).click();
  await ana.getByRole('dialog').getByRole('button', { name: 'Reveal' }).click();
  await expect(ana.getByText(/flagged · threshold 10\s%/)).toBeVisible();
  for (const page of [ben, chloe, guest]) {
    await expect(page).toHaveURL(new RegExp(`/calibrations/${id}(#|$)`));
    await expect(page.getByText('Following Ana')).toBeVisible();
  }
  const questions = ana.getByRole('navigation', { name: 'Questions of this calibration' }).getByRole('link');
  await expect(questions.filter({ hasText: changed })).toContainText(/50\s% apart, n = 3/);
  await questions.first().click();
  const prompt = (await heading(ana).textContent()) ?? '';
  for (const page of [ben, chloe, guest]) await expect(heading(page)).toHaveText(prompt);
  await expect(screenHeading(screen)).toHaveText(prompt);

  // A timer, and the end of the server in the middle of it: everyone is back by themselves, where they were.
  await ana.getByRole('button', { name: 'Timer', exact: true }).click();
  await ana.getByRole('menuitem', { name: '5 minutes' }).click();
  const everyone = [ana, ben, chloe, guest, screen];
  for (const page of everyone) await expect(page.getByRole('timer').first()).toBeVisible();
  await product.killAndRestart();
  const { discussion } = (
    (await (await lead.context.request.get(`/api/sessions/${id}`)).json()) as {
      shared: { discussion: { focusQuestionId: string; timers: { endsAt: string }[] } };
    }
  ).shared;
  const endsAt = new Date(discussion.timers[0]?.endsAt ?? '').getTime();
  for (const page of everyone) {
    await expect(page === screen ? screenHeading(page) : heading(page)).toHaveText(prompt);
    const [shown, right] = [await secondsLeft(page), (endsAt - Date.now()) / 1000];
    expect(Math.abs(shown - right)).toBeLessThan(1.5);
  }
  await ana.keyboard.press('j');
  const second = (await heading(ana).textContent()) ?? '';
  expect(second).not.toBe(prompt);
  for (const page of [ben, chloe, guest]) await expect(heading(page)).toHaveText(second, { timeout: 20_000 });
  await expect(screenHeading(screen)).toHaveText(second, { timeout: 20_000 });

  // The screen loses its network: it says so, and finds the right question again by itself.
  await cut(screenSeat.context);
  await expect(screen.getByText(/Not live/)).toBeInViewport({ ratio: 1, timeout: 60_000 });
  await ana.keyboard.press('k');
  await expect(heading(ben)).toHaveText(prompt);
  await mend(screenSeat.context);
  await expect(screenHeading(screen)).toHaveText(prompt, { timeout: 30_000 });
  await expect(screen.getByText(/Not live/)).toHaveCount(0);

  // A cut in the middle of a note: what was typed meanwhile, on either side of it, is in everyone's, and once.
  const note = (page: Page) => page.getByRole('textbox', { name: /note/i });
  await note(ben).click();
  await ben.keyboard.type('Before the cut. ');
  await expect(note(chloe)).toContainText('Before the cut.');
  await cut(benSeat.context);
  await ben.keyboard.type('Without a network. ');
  await expect(ben.getByText('Offline', { exact: false }).first()).toBeVisible();
  await note(chloe).click();
  await chloe.keyboard.type('Meanwhile elsewhere. ');
  await expect(note(ana)).toContainText('Meanwhile elsewhere.');
  await expect(note(ana)).not.toContainText('Without a network.');
  await ben.keyboard.type('And more of it. ');
  await mend(benSeat.context);
  for (const page of [ana, ben, chloe, guest]) {
    for (const words of ['Before the cut.', 'Meanwhile elsewhere.', 'Without a network. And more of it.']) {
      await expect(note(page)).toContainText(words, { timeout: 20_000 });
      expect((await note(page).textContent())?.split(words)).toHaveLength(2);
    }
  }
  await expect(ben.getByText('Saved', { exact: true }).first()).toBeVisible();

  // A re-vote: sealed, revealed together, the movement on everyone's screen.
  await ana.getByRole('button', { name: 'Re-vote', exact: true }).click();
  await ana.getByRole('dialog').getByRole('button', { name: 'Re-vote' }).click();
  for (const page of [ben, chloe, guest]) {
    await expect(page.getByText(/^Demo: anyone can sign in as you/)).toBeVisible();
    await page.getByRole('radio').first().click();
    await page.getByRole('button', { name: 'Vote', exact: true }).click();
    await expect(page.getByText('Sealed', { exact: true }).first()).toBeVisible();
  }
  await expect(screen.getByText(/3 of 3 voted/)).toBeVisible();
  await ana.getByRole('button', { name: 'Reveal votes' }).click();
  for (const page of [ana, ben, chloe, guest])
    await expect(page.getByText(/Second round, n = 3/).first()).toBeVisible();
  await expect(screen.getByText(/Second round/)).toBeVisible();

  // Agreed answers for what is left, then resolved and closed; the guest reads the record.
  const { shared } = (await (await lead.context.request.get(`/api/sessions/${id}`)).json()) as {
    shared: { flaggedQuestionIds: string[] };
  };
  for (const questionId of shared.flaggedQuestionIds) {
    await lead.context.request.put(`/api/sessions/${id}/resolutions/${questionId}`, {
      data: { agreed: { kind: 'scorecard-needs-changing' }, cause: 'wording' },
      headers: { Origin: url },
    });
  }
  await expect(screen.getByText('Scorecard needs changing')).toBeVisible();
  await ana.getByRole('button', { name: 'Resolve', exact: true }).click();
  await ana.getByRole('dialog').getByRole('button', { name: 'Resolve' }).click();
  await expect(ana.getByRole('dialog')).toHaveCount(0);
  await ana.getByRole('button', { name: 'Close', exact: true }).click();
  await ana.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
  await guest.getByRole('link', { name: 'Open the record' }).click();
  await expect(guest.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(guest.getByText('Gus Gast').first()).toBeVisible();
  for (const { context } of [lead, benSeat, chloeSeat, guestSeat, screenSeat]) await context.close();
});
