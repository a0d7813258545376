// One's own place in browsers (J2): a member's further browser is asked about and put out, a guest's further device comes in by two
// words, and an account that an administrator reset finds its sheet shut. Each in a browser of their own.
import { type Browser, expect, type Page, test } from '@playwright/test';
import { startAppProcess, temporaryFolder } from '../support/app-process.ts';
import { begin } from '../support/begun.ts';
import { expectAccessible, type Product, phone, type Seat, seat, startProduct } from '../support/pages.ts';
import { advance, makeSession, publishScorecard, scaleDocument } from '../support/people.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

/** A calibration in scoring of Ana's with these members, made over the API; returns its address, and its join link's. */
async function scoringWith(
  browser: Browser,
  name: string,
  members: readonly string[],
): Promise<{ lead: Page; path: string; link: string }> {
  const { page, context } = await seat(browser, product.app.url, 'Ana');
  const send = async (method: 'get' | 'post', path: string, data?: unknown) => {
    const headers = { Origin: product.app.url, 'Idempotency-Key': crypto.randomUUID() };
    const reply = await context.request[method](`/api${path}`, { headers, ...(data ? { data } : {}) });
    expect(reply.ok(), `${method} ${path}: ${await reply.text()}`).toBe(true);
    return reply.json();
  };
  const { scorecards } = await send('get', '/scorecards');
  const { versionId: scorecardVersionId } = scorecards.find(
    (one: { name: string }) => one.name === 'Technical support',
  );
  const { id } = await send('post', '/sessions', { name, scorecardVersionId });
  const { candidates } = await send('get', `/sessions/${id}/candidates`);
  for (const member of members) {
    const { memberId } = candidates.find((one: { name: string }) => one.name.startsWith(member));
    await send('post', `/sessions/${id}/participants`, { memberId });
  }
  const { join } = await send('post', `/sessions/${id}/links/join`, {});
  await send('post', `/sessions/${id}/transition`, { from: 'draft' });
  return { lead: page, path: `/calibrations/${id}`, link: join.url };
}

async function visitor(browser: Browser): Promise<Seat> {
  const context = await browser.newContext({ baseURL: product.app.url, reducedMotion: 'reduce', ...phone });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return { context, page };
}

const firstAnswer = (page: Page) => page.locator('.question').first().getByRole('radio').first();

test('[J2] a further browser in one’s place is asked about at once; "not me" puts it out and starts an empty sheet', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { lead, path } = await scoringWith(browser, 'Two browsers', ['Ben', 'Grace']);
  await lead.goto(path);
  await lead.getByRole('button', { name: 'Options for Ben Whitfield' }).click();
  await lead.getByRole('menuitem', { name: 'Copy invitation' }).click();
  await expectAccessible(lead);
  const invitation = await lead.getByRole('textbox', { name: 'Invitation for Ben Whitfield' }).inputValue();
  expect(invitation).toBe(`${product.app.url}${path}/score`);
  await lead.keyboard.press('Escape');

  const desk = (await seat(browser, product.app.url, 'Ben')).page;
  await desk.goto(invitation);
  await firstAnswer(desk).check();
  await expect(desk.getByText('Saved', { exact: true })).toBeVisible();
  const elsewhere = (await seat(browser, product.app.url, 'Ben', phone)).page;
  await elsewhere.goto(invitation);
  await expect(elsewhere.getByText('1 of 6 answered')).toBeVisible();
  await expect(elsewhere.getByText('Your place was opened in another browser, Chrome')).toBeVisible();
  await expectAccessible(elsewhere);
  await elsewhere.getByRole('button', { name: /^Yes, it was me/ }).tap();
  await expect(elsewhere.getByText('Your place was opened in another browser, Chrome')).toBeHidden();

  await expect(desk.getByText('Your place was opened in another browser, Chrome')).toBeVisible();
  await desk.getByRole('button', { name: /^Not me…/ }).click();
  await desk.getByRole('checkbox', { name: /^Start again with an empty sheet/ }).check();
  await expectAccessible(desk);
  await desk.getByRole('button', { name: 'End that sign-in' }).click();
  await expect(desk.getByText(/^The sign-in on Chrome .* has ended$/)).toBeVisible();
  await expect(desk.getByRole('link', { name: 'Change password' })).toBeVisible();
  await expect(firstAnswer(desk)).not.toBeChecked();
  await expect(elsewhere.getByText('Your sign-in has ended').first()).toBeVisible();
  await expectAccessible(desk);
});

test('[J2] a guest goes on from another device by the two words it shows', async ({ browser }) => {
  test.setTimeout(120_000);
  const { lead, path, link } = await scoringWith(browser, 'Two words', ['Ben', 'Grace']);
  await lead.goto(path);
  const { page: first } = await visitor(browser);
  await first.goto(link);
  await first.getByLabel('Your name').fill('Zoë');
  await first.getByRole('button', { name: 'Ask to join' }).tap();
  await lead.getByRole('button', { name: 'Let in Zoë' }).click();
  await firstAnswer(first).tap();
  await expect(first.getByText('Saved', { exact: true })).toBeVisible();

  const { page: second } = await visitor(browser);
  await second.goto(link);
  await second.getByRole('button', { name: 'Already in on another device?' }).tap();
  await expect(second.getByRole('heading', { name: 'Type these words on your other device' })).toBeVisible();
  await expectAccessible(second);
  const words = (await second.locator('.code').textContent()) ?? '';
  await second.reload();
  await second.getByRole('button', { name: 'Already in on another device?' }).tap();
  await expect(second.locator('.code')).toHaveText(words);

  await first.getByRole('button', { name: 'Use another device' }).tap();
  const dialog = first.getByRole('dialog', { name: 'Use another device' });
  await dialog.getByLabel('The two words it shows').fill('zoo zoo');
  await dialog.getByRole('button', { name: 'Let it in' }).tap();
  await expect(dialog.getByText('No device shows these words')).toBeVisible();
  await expectAccessible(first);
  await dialog.getByLabel('The two words it shows').fill(words.toUpperCase());
  await dialog.getByRole('button', { name: 'Let it in' }).tap();
  await expect(dialog.getByText('is in.')).toBeVisible();
  await expect(second.getByText('1 of 6 answered')).toBeVisible();
});

test('[J2] whoever comes in after an administrator’s reset finds the sheet shut, may start an empty one, and the record says so', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const folder = await temporaryFolder();
  const app = await startAppProcess({ dataDir: folder.path, from: 'bundle', environment: { DEMO: '0' } });
  try {
    const { lead, evaluator } = await begin(app);
    const scorecardVersionId = await publishScorecard(lead, scaleDocument(2, 5, { required: false }));
    const { id } = await makeSession(lead, { scorecardVersionId }, [lead, evaluator]);
    await advance(lead, id, 'draft');
    const open = async (cookie: string, size: Parameters<Browser['newContext']>[0] = {}) => {
      const context = await browser.newContext({ baseURL: app.url, reducedMotion: 'reduce', ...size });
      const cookies = cookie
        .split('; ')
        .filter(Boolean)
        .map((pair) => pair.split(/=(.*)/));
      await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url: app.url })));
      return context.newPage();
    };
    const before = await open(evaluator.cookie);
    await before.goto(`/calibrations/${id}/score`);
    await firstAnswer(before).check();
    await expect(before.getByText('Saved', { exact: true })).toBeVisible();
    const reset = await lead.send('POST', `/api/members/${evaluator.memberId}/password-reset`);
    const { link } = reset.body as { link: string };
    const after = await open('', phone);
    await after.goto(link);
    await after.getByLabel('New password').fill('my dog likes rain');
    await after.getByRole('button', { name: 'Set the password' }).tap();
    await expect(after.getByRole('heading', { level: 1 })).not.toHaveText(/password/i);
    await expect(before.getByText('Your sign-in has ended').first()).toBeVisible();

    await after.goto(`/calibrations/${id}/score`);
    await expect(after.getByRole('heading', { name: 'Your sheet is closed to this sign-in' })).toBeVisible();
    await expect(after.getByText(/^Sofia reset your password/)).toBeVisible();
    await expectAccessible(after);
    await after.getByRole('button', { name: 'Start an empty sheet…' }).tap();
    await expectAccessible(after);
    await after.getByRole('button', { name: 'Start again' }).tap();
    await expect(after.getByText('0 of 2 answered')).toBeVisible();
    await after.getByRole('button', { name: 'Submit' }).tap();
    await expect(after.getByRole('button', { name: 'Take back' })).toBeVisible();

    await lead.send('POST', `/api/sessions/${id}/submission`, {});
    for (const from of ['scoring', 'review'] as const)
      expect((await advance(lead, id, from)).status).toBe(200);
    const record = await open(lead.cookie);
    await record.goto(`/records/${id}`);
    await expect(
      record.getByText(/^Account reset by Sofia; started again with an empty sheet/),
    ).toBeVisible();
    await expectAccessible(record);
    await record.getByRole('button', { name: 'Verify' }).click();
    await expect(record.getByText(/^Verified on this device/)).toBeVisible();
  } finally {
    await app.stop();
    await folder.remove();
  }
});
