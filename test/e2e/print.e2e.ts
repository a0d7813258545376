// A record on paper (C12), as a browser prints it: on A4 and on Letter, with everything unfolded and nothing cut off.
import { expect, test } from '@playwright/test';
import { type Product, seat, startProduct } from '../support/pages.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

/** What a sheet has between the margins of the print style, in CSS pixels. */
const contentWidth = (sheetMm: number) => Math.floor(((sheetMm - 2 * 15) / 25.4) * 96);

for (const [format, sheetMm] of [
  ['A4', 210],
  ['Letter', 215.9],
] as const) {
  test(`[C12] a closed record prints well on ${format}: nothing beside the sheet, nothing folded, no buttons`, async ({
    browser,
  }) => {
    const { page, context } = await seat(browser, product.app.url, 'Ana');
    const { sessions } = (await (await context.request.get('/api/sessions?status=closed')).json()) as {
      sessions: { id: string }[];
    };
    await page.goto(`/records/${sessions[0]?.id}`);
    await expect(page.locator('.report')).toBeVisible();
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: contentWidth(sheetMm), height: 1_000 });
    const folds = page.locator('.report details');
    expect(await folds.count()).toBeGreaterThan(1);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await expect(page.locator('.report details:not([open])')).toHaveCount(0);

    const { beside, shown } = await page.evaluate(() => {
      const isSeen = (element: Element) =>
        element.checkVisibility() && element.getBoundingClientRect().width > 1;
      const isCut = (element: Element) => {
        const { left, right } = element.getBoundingClientRect();
        return (
          isSeen(element) && !element.closest('.visually-hidden') && (left < -1 || right > innerWidth + 1)
        );
      };
      const name = (element: Element) => `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`;
      return {
        beside: [
          ...(document.documentElement.scrollWidth > innerWidth ? ['the page'] : []),
          ...[...document.querySelectorAll('main *')].filter(isCut).map(name),
        ],
        shown: [...document.querySelectorAll('.no-print, nav, .button, dialog')].filter(isSeen).map(name),
      };
    });
    expect(beside).toEqual([]);
    expect(shown).toEqual([]);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));

    const pdf = (await page.pdf({ format, preferCSSPageSize: false })).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    const sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(sheets).toBeGreaterThanOrEqual(2);
    expect(sheets).toBeLessThan(10);
    await context.close();
  });
}
