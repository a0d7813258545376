// Choosing by typing, by keyboard alone and by touch: on a page, where one is added after the other, and in a dialog, where one is
// chosen.
import { expect, type Locator, type Page } from '@playwright/test';
import { demoPerson } from '../support/demo.ts';
import {
  expectAccessible,
  type Product,
  phone,
  picture,
  seat,
  productTest as test,
} from '../support/pages.ts';
import { makeSession, publishScorecard, scaleDocument } from '../support/people.ts';

async function draft({ app }: Product, name: string): Promise<string> {
  const ana = await demoPerson(app.url, 'Ana');
  const scorecardVersionId = await publishScorecard(ana, scaleDocument(1));
  return `/calibrations/${(await makeSession(ana, { scorecardVersionId, name }, [])).id}`;
}

const fieldOf = (page: Page) => page.getByRole('combobox', { name: 'Add a participant' });
const inSession = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

/** The option that Enter would take, as a screen reader is told it. */
async function reached(page: Page, field: Locator): Promise<string | null> {
  const id = await field.getAttribute('aria-activedescendant');
  return id === null ? null : await page.locator(`[id="${id}"]`).textContent();
}

test('[C4] participants are added one after the other by keyboard alone, with the number of choices said', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana');
  await page.goto(await draft(product, 'By keyboard'));
  const field = fieldOf(page);
  const options = page.getByRole('option');
  await field.focus();
  await expect(field).toHaveAttribute('aria-expanded', 'false');

  await page.keyboard.press('ArrowDown');
  await expect(field).toHaveAttribute('aria-expanded', 'true');
  const everyone = await options.allTextContents();
  expect(await reached(page, field)).toBe(everyone[0]);
  await page.keyboard.press('ArrowUp');
  expect(await reached(page, field)).toBe(everyone.at(-1));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await reached(page, field)).toBe(everyone[1]);
  await expect(options.nth(1)).toBeInViewport();
  await expect(page.getByRole('status').getByText(`${everyone.length} choices.`)).toBeAttached();
  await expectAccessible(page);
  await picture(page, 'combobox-page');

  // With the caret at an end of the text nothing in the list is meant, and Enter takes nobody.
  await page.keyboard.press('Home');
  expect(await reached(page, field)).toBe(null);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(options).toHaveCount(0);
  await expect(inSession(page, everyone[0] ?? '')).toHaveCount(0);

  for (const [typed, name] of [
    ['volk', 'Dmitri Volkov'],
    ['chloe', 'Chloé'],
  ] as const) {
    await page.keyboard.type(typed);
    await expect(options).toHaveCount(1);
    await expect(page.getByRole('status').getByText('1 choice.')).toBeAttached();
    await page.keyboard.press('Enter');
    await expect(inSession(page, name)).toBeVisible();
    await expect(field).toBeFocused();
    await expect(field).toHaveValue('');
  }

  await page.keyboard.type('zzz');
  await expect(
    page.getByRole('status').getByText('Nobody in your organisation has this name.'),
  ).toBeAttached();
  await expect(field).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('zzz');
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('');
  await context.close();
});

test('[C3] in a dialog the list is over it, Escape closes the list first, and what is not shown is not chosen', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana');
  await page.goto(await draft(product, 'In a dialog'));
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Hand over' }).click();
  const dialog = page.getByRole('dialog');
  const field = dialog.getByRole('combobox', { name: 'Lead' });
  const verb = dialog.getByRole('button', { name: 'Hand over' });
  await field.focus();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('option').first()).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
  await picture(page, 'combobox-dialog');
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('option')).toHaveCount(0);
  await expect(dialog).toBeVisible();

  await page.keyboard.type('sofia');
  await expect(verb).toBeDisabled();
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('Sofia Castellano');
  await expect(verb).toBeEnabled();
  // Opened again it offers everyone, not those of this name alone.
  await page.keyboard.press('ArrowDown');
  expect(await dialog.getByRole('option').count()).toBeGreaterThan(1);
  await page.keyboard.press('Escape');

  await page.keyboard.press('Backspace');
  await expect(verb).toBeDisabled();
  await page.keyboard.press('Tab');
  await expect(field).toHaveValue('');
  await expect(verb).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await context.close();
});

test('[C4] on a phone what is touched is large enough, and the list stays in view', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana', phone);
  await page.goto(await draft(product, 'On a phone'));
  const field = fieldOf(page);
  await field.tap();
  const first = page.getByRole('option').first();
  await expect(first).toBeInViewport({ ratio: 1 });
  for (const target of [field, first])
    expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await picture(page, 'combobox-phone');
  await expectAccessible(page);
  await page.getByRole('option', { name: 'Ben Whitfield' }).tap();
  await expect(inSession(page, 'Ben Whitfield')).toBeVisible();
  await context.close();
});
