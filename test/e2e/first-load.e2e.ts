// What an evaluator's phone loads until the first question is answered and the page says Saved (house.md 2): at most 80 KB of
// script and 15 KB of styles, as they travel, in at most 12 requests. Counted is every file the page asks for by itself with
// nothing cached. And what it fetches while one waits for the reveal, so that the board is there at once.
import { expect, type Page, type Request, test } from '@playwright/test';
import { addressToScore, type Product, phone, seat, startProduct } from '../support/pages.ts';

const budget = { script: 80 * 1024, stylesheet: 15 * 1024 } as const;
const mostRequests = 12;
type Kind = keyof typeof budget;

interface Loaded {
  readonly kind: string;
  readonly file: string;
  readonly sizeBytes: number;
  readonly encoding: string | null;
}

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

/** Data is no file: what the server is asked for, and sockets. */
const isFile = (request: Request) => !/^\/(api|sync)\//.test(new URL(request.url()).pathname);

/** Every file the page asks for from now on, each once it has come whole. */
function listen(page: Page): () => Promise<Loaded[]> {
  const requests: Request[] = [];
  page.on('request', (request) => {
    if (isFile(request)) requests.push(request);
  });
  const measure = async (request: Request): Promise<Loaded> => {
    const response = await request.response();
    expect(response?.status(), request.url()).toBe(200);
    await response?.finished();
    const { responseBodySize } = await request.sizes();
    return {
      kind: request.resourceType(),
      file: new URL(request.url()).pathname,
      sizeBytes: responseBodySize,
      encoding: (await response?.headerValue('content-encoding')) ?? null,
    };
  };
  return () => Promise.all(requests.map(measure));
}

const total = (loaded: readonly Loaded[], wanted: Kind) =>
  loaded.filter(({ kind }) => kind === wanted).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

function table(loaded: readonly Loaded[]): string {
  const lines = [...loaded]
    .sort((one, other) => other.sizeBytes - one.sizeBytes)
    .map(({ kind, file, sizeBytes }) => `${String(sizeBytes).padStart(7)}  ${kind.padEnd(10)}  ${file}`);
  const sums = (['script', 'stylesheet'] as const).map(
    (kind) => `${String(total(loaded, kind)).padStart(7)}  ${kind.padEnd(10)}  of ${budget[kind]} bytes`,
  );
  return ['', ...lines, ...sums].join('\n');
}

test('[J1] an evaluator answers the first question after at most 80 KB of script and 15 KB of styles', async ({
  browser,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ben', phone);
  const address = await addressToScore(page);
  const loadedSoFar = listen(page);
  await page.goto(address);
  await page.locator('.question.current').getByRole('radio').first().tap();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  const loaded = await loadedSoFar();
  const shown = table(loaded);
  await test.info().attach('first-load', { body: shown, contentType: 'text/plain' });
  const isText = ({ kind }: Loaded) => kind === 'script' || kind === 'stylesheet';
  expect(
    loaded.filter((one) => isText(one) && one.encoding !== 'br' && one.sizeBytes > 1024),
    'everything worth it travels compressed',
  ).toEqual([]);
  expect(loaded.length, shown).toBeLessThanOrEqual(mostRequests);
  expect(total(loaded, 'script'), shown).toBeLessThanOrEqual(budget.script);
  expect(total(loaded, 'stylesheet'), shown).toBeLessThanOrEqual(budget.stylesheet);
  // The measure measures: a page without its script would pass any budget.
  expect(total(loaded, 'script'), shown).toBeGreaterThan(20 * 1024);
  await context.close();
});

test('[J1] the page a join link opens is ready to be joined after at most 80 KB of script, the first answer included', async ({
  browser,
}) => {
  const { context: lead } = await seat(browser, product.app.url, 'Ana');
  const send = async (method: 'get' | 'post', path: string, data?: unknown) => {
    const headers = { Origin: product.app.url, 'Idempotency-Key': crypto.randomUUID() };
    const reply = await lead.request[method](`/api${path}`, { headers, ...(data ? { data } : {}) });
    expect(reply.ok(), `${method} ${path}`).toBe(true);
    return reply.json();
  };
  const { sessions } = await send('get', '/sessions?status=draft&mine=true');
  const open = sessions.find(({ scope }: { scope: { kind: string } }) => scope.kind === 'organisation');
  const path = `/sessions/${open.id}`;
  const { join } = await send('post', `${path}/links/join`, {});
  await send('post', `${path}/transition`, { from: 'draft' });

  const context = await browser.newContext({ baseURL: product.app.url, reducedMotion: 'reduce', ...phone });
  const page = await context.newPage();
  const loadedSoFar = listen(page);
  await page.goto(join.url);
  await page.getByLabel('Your name').fill('Zoë');
  const atDoor = await loadedSoFar();
  await page.getByRole('button', { name: 'Ask to join' }).tap();
  await expect(page.getByRole('heading', { name: /^Waiting for/ })).toBeVisible();
  const { shared } = await send('get', path);
  await send('post', `${path}/lobby/${shared.lobby[0].id}/admit`);
  await page.locator('.question.current').getByRole('radio').first().tap();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  const all = await loadedSoFar();
  const shown = `${table(atDoor)}\n${table(all)}`;
  await test.info().attach('join', { body: shown, contentType: 'text/plain' });
  expect(total(atDoor, 'script'), shown).toBeLessThanOrEqual(budget.script);
  expect(total(all, 'stylesheet'), shown).toBeLessThanOrEqual(budget.stylesheet);
  expect(total(all, 'script'), shown).toBeLessThanOrEqual(budget.script);
  expect(all.length, shown).toBeLessThanOrEqual(mostRequests);
  await Promise.all([context.close(), lead.close()]);
});

test('[house 2] while one waits for the reveal, what the board needs is fetched', async ({ browser }) => {
  const { page, context } = await seat(browser, product.app.url, 'Esra', phone);
  const reply = await context.request.get('/api/sessions?status=scoring');
  const { sessions } = (await reply.json()) as { sessions: { id: string; own: { state: string } | null }[] };
  const id = sessions.find(({ own }) => own?.state === 'submitted')?.id;
  await page.goto(`/calibrations/${id}/score`);
  await expect(page.getByRole('heading', { name: /^Your answers are/ })).toBeVisible();
  const files = (await (await context.request.get('/board.json')).json()) as string[];
  expect(files.length).toBeGreaterThan(3);
  expect(files.length).toBeLessThanOrEqual(mostRequests);
  /** Files of this page that travelled: what lies in the browser's cache has no size on its way. */
  const travelled = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .flatMap((entry) =>
          entry instanceof PerformanceResourceTiming && entry.transferSize > 0 ? [entry.name] : [],
        )
        .map((name) => new URL(name).pathname),
    );
  await expect
    .poll(async () => (await travelled()).filter((file) => files.includes(file)).sort())
    .toEqual(files.toSorted());
  await page.goto(`/calibrations/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect((await travelled()).filter((file) => files.includes(file))).toEqual([]);
  await context.close();
});
