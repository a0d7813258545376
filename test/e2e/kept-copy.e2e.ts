// What a page does whose browser takes its database away (X3, live 2): closed in the background as phones do, refusing, out of
// room. What is typed reaches the server all the same, and is called kept only where it is.
import { answersKey } from '@attune/contract';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import * as Y from 'yjs';
import { demoPerson } from '../support/demo.ts';
import { type Product, phone, seat, startProduct } from '../support/pages.ts';
import { advance, makeSession, type Person, publishScorecard, viewOf } from '../support/people.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

const questions = 6;

/** Ben's page in a session of six questions, in scoring, the first answered and saved. */
async function scoring(url: string): Promise<{ id: string; ana: Person }> {
  const [ana, ben, chloe] = [
    await demoPerson(url, 'Ana'),
    await demoPerson(url, 'Ben'),
    await demoPerson(url, 'Chloé'),
  ];
  const scorecardVersionId = await publishScorecard(ana, {
    format: 'attune-scorecard/1',
    name: 'Six',
    sections: [
      {
        id: 's',
        title: 'S',
        questions: Array.from({ length: questions }, (_, at) => ({
          id: `q${at}`,
          type: 'binary',
          prompt: `Question ${at}`,
        })),
      },
    ],
  });
  const { id } = await makeSession(ana, { name: 'Six', scorecardVersionId }, [ben, chloe]);
  await advance(ana, id, 'draft');
  return { id, ana };
}

const pass = (page: Page, at: number) =>
  page.locator('.question').nth(at).getByRole('radio', { name: 'Pass' }).check({ force: true });
const answeredOnServer = async (ana: Person, id: string) =>
  (await viewOf(ana, id)).shared.participants[0]?.answered;
const saved = (page: Page) => page.getByText('Saved', { exact: true });
const unkept = (page: Page) => page.getByText('Not saved yet: keep this page open');

async function begin(page: Page, id: string): Promise<void> {
  await page.goto(`/calibrations/${id}/score`);
  await pass(page, 0);
  await expect(saved(page)).toBeVisible();
}

/** A real forced close, as the browser does it. */
async function closeDatabases(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', {
    origin: new URL(page.url()).origin,
    storageTypes: 'indexeddb',
  });
}

test('[X3] [live 2] whose database the browser closed goes on saving to the server, and keeps a copy again', async ({
  browser,
}) => {
  const { url } = product.app;
  const { id, ana } = await scoring(url);
  const { page, context } = await seat(browser, url, 'Ben');
  await begin(page, id);
  await closeDatabases(context, page);
  for (let at = 1; at < questions; at += 1) await pass(page, at);
  await expect(page.getByText(`${questions} of ${questions} answered`)).toBeVisible();
  await expect(saved(page)).toBeVisible();
  await expect.poll(() => answeredOnServer(ana, id)).toBe(questions);

  // Closed once more while offline: what comes after is kept on the device, as it says, and outlives the page.
  await context.setOffline(true);
  await closeDatabases(context, page);
  await page.locator('.question').first().getByRole('radio', { name: 'Fail' }).check({ force: true });
  await expect(page.getByText('Offline, kept on this device').or(unkept(page))).toBeVisible();
  await expect(async () => {
    await page.locator('.question').nth(1).getByRole('radio', { name: 'Fail' }).check({ force: true });
    await page.locator('.question').nth(1).getByRole('radio', { name: 'Pass' }).check({ force: true });
    await expect(page.getByText('Offline, kept on this device')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.close();
  await context.setOffline(false);
  const next = await context.newPage();
  await next.goto(`/calibrations/${id}/score`);
  await expect(saved(next)).toBeVisible();
  await expect(next.locator('.question').first().getByRole('radio', { name: 'Fail' })).toBeChecked();
  await context.close();
});

/** Ways in which a browser keeps nothing, each from when it is called. */
const breaks: Readonly<Record<string, () => void>> = {
  'a write that throws': () => {
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    };
  },
  'a transaction that cannot begin': () => {
    IDBDatabase.prototype.transaction = () => {
      throw new DOMException('The database connection is closing.', 'InvalidStateError');
    };
  },
  'a disk without room': () => {
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function full(...given) {
      const request = add.apply(this, given);
      this.transaction.abort();
      return request;
    };
  },
};

for (const [name, breakIt] of Object.entries(breaks)) {
  test(`[X3] [live 2] ${name} keeps nothing from the server, and nothing is called kept`, async ({
    browser,
  }) => {
    const { url } = product.app;
    const { id, ana } = await scoring(url);
    const { page, context } = await seat(browser, url, 'Ben', phone);
    await begin(page, id);
    await page.evaluate(breakIt);
    await page.getByRole('button', { name: 'Next question' }).click();
    await pass(page, 1);
    await expect(saved(page)).toBeVisible();
    await expect.poll(() => answeredOnServer(ana, id)).toBe(2);

    await context.setOffline(true);
    await page.getByRole('button', { name: 'Next question' }).click();
    await pass(page, 2);
    await expect(unkept(page)).toBeVisible();
    await expect(page.getByText('3 of 6 answered')).toBeVisible();
    await expect(page.locator('.connection')).toContainText('Keep this page open');
    await expect(page.getByText('kept on this device')).toHaveCount(0);
    await context.setOffline(false);
    await expect(saved(page)).toBeVisible({ timeout: 20_000 });
    await expect.poll(() => answeredOnServer(ana, id)).toBe(3);
    await context.close();
  });
}

test('[X3] a browser that keeps no databases at all scores like every other, and says so when offline', async ({
  browser,
}) => {
  const { url } = product.app;
  const { id, ana } = await scoring(url);
  const { page, context } = await seat(browser, url, 'Ben');
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  });
  await begin(page, id);
  await context.setOffline(true);
  await pass(page, 1);
  await expect(unkept(page)).toBeVisible();
  await context.setOffline(false);
  await expect(saved(page)).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => answeredOnServer(ana, id)).toBe(2);
  await context.close();
});

test('[live 2] a sheet that an earlier version kept is read, moved to the member’s own copy, and saved', async ({
  browser,
}) => {
  const { url } = product.app;
  const { id, ana } = await scoring(url);
  const { page, context } = await seat(browser, url, 'Ben');
  const view = await viewOf(ana, id);
  const former = `attune:sealed:${view.shared.participants[0]?.id}`;
  const doc = new Y.Doc();
  doc.getMap(answersKey).set('q1', { kind: 'binary', pass: true });
  await page.goto('/calibrations');
  await page.evaluate(
    ([name, bytes]) =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open(name, 1);
        request.onupgradeneeded = () => {
          request.result.createObjectStore('updates', { autoIncrement: true }).add(Uint8Array.from(bytes));
        };
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      }),
    [former, [...Y.encodeStateAsUpdate(doc)]] as const,
  );
  await page.goto(`/calibrations/${id}/score`);
  await expect(page.locator('.question').nth(1).getByRole('radio', { name: 'Pass' })).toBeChecked();
  await expect(saved(page)).toBeVisible();
  await expect.poll(() => answeredOnServer(ana, id)).toBe(1);
  const names = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  await expect
    .poll(names)
    .toEqual([former.replace('attune:', `attune:${view.shared.participants[0]?.memberId}:`)]);
  await context.close();
});
