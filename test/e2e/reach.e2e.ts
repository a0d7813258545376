// At which address the product is opened, as people meet it: by another name, by nobody else, over plain http, over https of its
// own, and in a demo, where nothing is sealed.
import { createServer } from 'node:net';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { type AppProcess, startAppProcess, temporaryFolder } from '../support/app-process.ts';
import { begin } from '../support/begun.ts';
import { launchOptions } from '../support/browser.ts';
import { expectAccessible, phone, seat } from '../support/pages.ts';
import { advance, makeSession, publishScorecard, scaleDocument } from '../support/people.ts';

const promise = 'Only you can see this until everyone has submitted';
const notEncrypted = 'Not encrypted: whoever shares this network can read along.';
const ends: (() => Promise<unknown>)[] = [];

test.afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}

async function start(environment: Record<string, string>): Promise<AppProcess> {
  const folder = await temporaryFolder();
  ends.push(() => folder.remove());
  const app = await startAppProcess({ dataDir: folder.path, from: 'bundle', environment });
  ends.push(() => app.stop());
  return app;
}

/** A browser of its own, for what a browser is started with. */
async function another(args: readonly string[]): Promise<Browser> {
  const browser = await chromium.launch({ ...launchOptions, args: [...launchOptions.args, ...args] });
  ends.push(() => browser.close());
  return browser;
}

/** The scoring page of a session in scoring. */
async function openSheet(page: Page): Promise<void> {
  const id = await page.evaluate(async () => {
    // As the tab's own person: each of the demo's tabs has a sign-in of its own.
    const tab: unknown = JSON.parse(sessionStorage.getItem('attune.sign-in') ?? '""');
    const reply = await fetch('/api/sessions?status=scoring', { headers: { 'Attune-Tab': String(tab) } });
    const { sessions } = (await reply.json()) as {
      sessions: { id: string; own: { state: string } | null }[];
    };
    return sessions.find(({ own }) => own?.state === 'scoring')?.id;
  });
  await page.goto(new URL(`/calibrations/${id}/score`, page.url()).href);
  await expect(page.locator('.question.current')).toBeVisible();
}

async function answerOne(page: Page): Promise<void> {
  await page.locator('.question.current').getByRole('radio').first().click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
}

/** Makes a draft and its join link, as Ana. */
async function joinCard(page: Page): Promise<void> {
  await page.goto('/calibrations/new');
  await page.getByLabel('Session name').fill('Who can open this');
  await page.getByLabel('Scorecard', { exact: true }).selectOption({ label: 'Technical support' });
  // Before its lists are there the form creates nothing.
  await page.getByRole('option', { name: 'Kestrel Bank, Cards' }).waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Create draft' }).click();
  await page.getByRole('button', { name: 'Make a join link' }).click();
  await expect(page.getByRole('img', { name: 'Code to scan: the join link' })).toBeVisible();
}

test('[O6 J1 J2] on one machine: another name leads to the right one, the join card says who can open it, the demo seals nothing', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const app = await start({});
  const { port } = new URL(app.url);

  // The first five minutes: the address as one might type it, and the click.
  const context = await browser.newContext();
  const first = await context.newPage();
  await first.goto(`http://127.0.0.1:${port}/sign-in?return=%2Fscorecards#kept`);
  expect(first.url()).toBe(`${app.url}/sign-in?return=%2Fscorecards#kept`);
  await expect(first.getByText('nothing is sealed here')).toBeVisible();
  await expectAccessible(first);
  await first.getByRole('button', { name: /Ben Whitfield/ }).click();
  await first.waitForURL(`${app.url}/scorecards#kept`);
  await openSheet(first);
  await expect(first.getByText('Demo: anyone can sign in as you, so nothing is sealed.')).toBeVisible();
  await expect(first.getByText(promise)).toHaveCount(0);
  await expect(first.getByText(notEncrypted)).toHaveCount(0);
  await context.close();

  const { page } = await seat(browser, app.url, 'Ana');
  await joinCard(page);
  await expect(page.getByText('Nobody else can open this address')).toBeVisible();
  const command = page.getByRole('textbox', { name: 'Command that lets others in' });
  await expect(command).toHaveValue(
    /^HOST=0\.0\.0\.0 PORT=\d+ PUBLIC_URL=http:\/\/\S+ DEMO=1 DATA_DIR=\S+ npm start$/,
  );
  await expectAccessible(page);

  // The room's screen says it in place of "Scan to join".
  await page.getByRole('button', { name: 'Make a screen link' }).click();
  const opening = page.waitForEvent('popup');
  await page.getByRole('link', { name: /^Open meeting screen/ }).click();
  const screen = await opening;
  await expect(screen.getByText('Only this computer can open this address')).toBeVisible();
  await expect(screen.getByText('Scan to join')).toHaveCount(0);
  await page.context().close();
});

test('[J1 O6] over plain http: sign-in, scoring page, join card and record say that others can read along; another name names the right one', async () => {
  test.setTimeout(240_000);
  const port = await freePort();
  const url = `http://attune.test:${port}`;
  await start({ PORT: String(port), PUBLIC_URL: url, DEMO: '1' });
  const browser = await another([
    `--host-resolver-rules=MAP attune.test 127.0.0.1, MAP other.test 127.0.0.1`,
  ]);
  const context = await browser.newContext({ baseURL: url, ...phone });
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.getByText(notEncrypted)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: /Ben Whitfield/ }).click();
  await page.waitForURL(`${url}/`);
  await openSheet(page);
  await expect(page.getByText(notEncrypted)).toBeVisible();
  await expect(page.getByText(promise)).toHaveCount(0);
  await answerOne(page);
  await expectAccessible(page);
  await context.close();

  const lead = await browser.newContext({ baseURL: url });
  const desk = await lead.newPage();
  await desk.goto('/');
  await desk.getByRole('button', { name: /Ana Souza/ }).click();
  await desk.waitForURL(`${url}/`);
  await joinCard(desk);
  await expect(desk.getByText(notEncrypted)).toBeVisible();
  await expect(desk.getByText('Nobody else can open this address')).toHaveCount(0);
  const closed = await desk.evaluate(async () => {
    const reply = await fetch('/api/sessions?status=closed', {
      headers: { 'Attune-Tab': String(JSON.parse(sessionStorage.getItem('attune.sign-in') ?? '""')) },
    });
    return ((await reply.json()) as { sessions: { id: string }[] }).sessions[0]?.id;
  });
  await desk.goto(`/records/${closed}`);
  await expect(desk.getByRole('button', { name: 'Print' })).toBeVisible();
  await expect(desk.getByText(notEncrypted)).toBeVisible();
  await lead.close();

  // The server cannot tell this name from one that a proxy passes: the page itself finds out, before anything fails.
  const elsewhere = await browser.newContext({ baseURL: `http://other.test:${port}` });
  const lost = await elsewhere.newPage();
  for (const path of ['/', '/sign-in', `/join#${'A'.repeat(43)}`, `/display#${'A'.repeat(43)}`]) {
    await lost.goto(path);
    await expect(lost.getByRole('heading', { name: 'Attune has another address' })).toBeVisible();
    const link = lost.getByRole('link', { name: url });
    expect(await link.getAttribute('href')).toContain(path === '/' ? url : url + path);
    await expect(lost.getByText('PUBLIC_URL')).toBeVisible();
    await expectAccessible(lost);
  }
  await elsewhere.close();
});

test('[O6] where the address is this very socket, another machine’s name gets a page that needs no script', async () => {
  test.setTimeout(120_000);
  const app = await start({ DEMO: '0' });
  const { port } = new URL(app.url);
  const browser = await another(['--host-resolver-rules=MAP lan.test 127.0.0.1']);
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ javaScriptEnabled: false, colorScheme, ...phone });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    const reply = await page.goto(`http://lan.test:${port}/join`);
    expect(reply?.status()).toBe(421);
    await expect(page.getByRole('heading', { name: 'Attune has another address' })).toBeVisible();
    await expect(page.getByRole('link', { name: app.url })).toHaveAttribute('href', `${app.url}/`);
    await expect(page.getByText('opens only on the computer that Attune runs on')).toBeVisible();
    // Its style is allowed, and there.
    await expect(page.locator('main')).toHaveCSS('max-width', '544px');
    expect(complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
    await context.close();
  }
});

test('[J1 J2] in an organisation begun for real, on one machine, the padlock keeps its promise', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const app = await start({ DEMO: '0' });
  const { lead, evaluator } = await begin(app);
  const scorecardVersionId = await publishScorecard(lead, scaleDocument(2));
  const { id } = await makeSession(lead, { scorecardVersionId }, [lead, evaluator]);
  await advance(lead, id, 'draft');
  const context = await browser.newContext({ baseURL: app.url });
  const cookies = evaluator.cookie.split('; ').map((pair) => pair.split(/=(.*)/));
  await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url: app.url })));
  const page = await context.newPage();
  await page.goto('/');
  await openSheet(page);
  await expect(page.getByText(promise)).toBeVisible();
  await expect(page.getByText(/Demo:|Not encrypted/)).toHaveCount(0);
  await context.close();
});

test('[J1] HTTPS=self: a sheet is Saved, and there again, over a certificate that nobody vouches for', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const app = await start({ HTTPS: 'self' });
  expect(app.url).toMatch(/^https:/);
  const { page } = await seat(browser, app.url, 'Ben', { ignoreHTTPSErrors: true });
  await page.goto('/');
  await openSheet(page);
  await answerOne(page);
  await page.reload();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByRole('radio', { checked: true }).first()).toBeVisible();
  await page.context().close();
});
