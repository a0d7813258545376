// Two people in one note, at one place: what the other inserts at my caret belongs after it, so that neither's word is shuffled
// into the other's (C9).
import { expect, type Page, test } from '@playwright/test';
import { reviewOf } from '../support/demo.ts';
import { type Product, type Seat, seat, startProduct } from '../support/pages.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

const note = (page: Page) => page.getByRole('textbox', { name: /note/i });
/** What stands there, without the names at others' carets. */
const words = async (page: Page) =>
  ((await note(page).textContent()) ?? '').replace(/\u2060[^\u2060]*\u2060/g, '');

/** Ben and Chloé in the note of a session of their own. */
async function two(browser: Parameters<typeof seat>[0], name: string): Promise<[Seat, Seat]> {
  const { url } = product.app;
  const { id } = await reviewOf(url, name);
  const seats: [Seat, Seat] = [await seat(browser, url, 'Ben'), await seat(browser, url, 'Chloé')];
  for (const { page } of seats) {
    await page.goto(`/calibrations/${id}`);
    await note(page).click();
  }
  return seats;
}

/** Both type at once, letter by letter. */
const typeTogether = ([ben, chloe]: readonly [Seat, Seat], his: string, hers: string) =>
  Promise.all([ben.page.keyboard.type(his, { delay: 120 }), chloe.page.keyboard.type(hers, { delay: 120 })]);

/** Both words are whole and in both notes alike, in either order. */
async function expectWhole(seats: readonly [Seat, Seat], his: string, hers: string): Promise<void> {
  const [ben, chloe] = seats;
  await expect(async () => {
    const [one, other] = [await words(ben.page), await words(chloe.page)];
    expect(one).toBe(other);
    expect(one).toContain(his);
    expect(one).toContain(hers);
  }).toPass();
}

test('[C9] two who type at the end of one line, or at its start, keep their words whole', async ({
  browser,
}) => {
  const seats = await two(browser, 'One line');
  const [ben, chloe] = seats;
  await ben.page.keyboard.type('Line. ');
  await expect(note(chloe.page)).toContainText('Line. ');
  for (const { page } of seats) await page.keyboard.press('End');
  await typeTogether(seats, 'parapet', 'nothing');
  await expectWhole(seats, 'parapet', 'nothing');
  for (const { page } of seats) await page.keyboard.press('Home');
  await typeTogether(seats, 'before', 'sooner');
  await expectWhole(seats, 'before', 'sooner');
  // Undo takes back one's own alone.
  await ben.page.keyboard.press('Control+z');
  await expect.poll(() => words(chloe.page)).not.toContain('before');
  await expect.poll(() => words(ben.page)).toContain('sooner');
  await Promise.all(seats.map(({ context }) => context.close()));
});

test('[C9] in a list, with a mark chosen, and while a letter is composed, the caret stays where it was', async ({
  browser,
}) => {
  const seats = await two(browser, 'Lists, marks and composition');
  const [ben, chloe] = seats;
  await ben.page.keyboard.type('- item ');
  await expect(chloe.page.locator('.note-text li')).toContainText('item');
  await chloe.page.locator('.note-text li').click();
  for (const { page } of seats) await page.keyboard.press('End');
  await typeTogether(seats, 'lantern', 'orchard');
  await expectWhole(seats, 'lantern', 'orchard');

  // A mark chosen for what comes next is not lost when the other writes.
  await ben.page.keyboard.press('Control+b');
  await chloe.page.keyboard.type('xyz');
  await expect(note(ben.page)).toContainText('xyz');
  await ben.page.keyboard.type('bold');
  await expect(ben.page.locator('.note-text strong')).toHaveText('bold');
  await expect(chloe.page.locator('.note-text strong')).toHaveText('bold');

  const devtools = await ben.context.newCDPSession(ben.page);
  const compose = (text: string) =>
    devtools.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  await compose('に');
  await chloe.page.keyboard.type('meanwhile');
  await expect(note(ben.page)).toContainText('meanwhile');
  await compose('にほ');
  await devtools.send('Input.insertText', { text: '日本' });
  await expectWhole(seats, '日本', 'meanwhile');
  expect(await words(ben.page)).not.toContain('に');
  await Promise.all(seats.map(({ context }) => context.close()));
});
