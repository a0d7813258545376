// A scorecard made from nothing in the browser: by mouse, by keys alone, by two people at once; published, changed, compared.
import { readFile } from 'node:fs/promises';
import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { expectAccessible, phone, picture, seat, productTest as test } from '../support/pages.ts';

const desk = { viewport: { width: 1440, height: 900 } } as const;

async function open(browser: Browser, url: string, who = 'Ana', options: object = desk): Promise<Page> {
  const { page } = await seat(browser, url, who, options);
  await page.goto('/scorecards');
  return page;
}

/** Makes a draft and is in its editor. */
async function make(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New scorecard' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Make draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

const outline = (page: Page) => page.getByRole('navigation', { name: 'Outline' });
const row = (page: Page, text: string | RegExp) =>
  outline(page).locator('button[aria-current]').filter({ hasText: text });
const rows = (page: Page) => outline(page).locator('button[aria-current]').locator('.title');
const inHand = (page: Page) => page.getByRole('region', { name: 'What is in hand' });
const preview = (page: Page) => page.getByRole('region', { name: 'Preview' });
const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible();
const undo = (page: Page) => page.locator('.bar').getByRole('button', { name: 'Undo' });
const redo = (page: Page) => page.locator('.bar').getByRole('button', { name: 'Redo' });

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [one, other] = [await from.boundingBox(), await to.boundingBox()];
  if (!one || !other) throw new Error('nothing to drag');
  await page.mouse.move(one.x + one.width / 2, one.y + one.height / 2);
  await page.mouse.down();
  await page.mouse.move(one.x + one.width / 2, one.y + one.height / 2 + 8, { steps: 4 });
  await page.mouse.move(other.x + other.width / 2, other.y + other.height / 2, { steps: 20 });
  await expect(page.locator('#dnd-action-dragged-el')).toBeVisible();
  await page.mouse.up();
}

test('[E11 E12 E13 S2] by mouse: from nothing to a published scorecard, its second version, and the two side by side', async ({
  browser,
  product,
}) => {
  const page = await open(browser, product.app.url);
  await make(page, 'Chat quality');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  // What stands in the way is listed, and the first of it is at hand.
  await expect(page.getByRole('heading', { name: '2 things left before publishing' })).toBeVisible();
  await expect(inHand(page).getByLabel('Title')).toBeFocused();
  await expect(inHand(page).getByText('Give the section a title.')).toBeVisible();
  await inHand(page).getByLabel('Title').fill('Opening');
  await expect(inHand(page).getByText('Give the section a title.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Question 1 Write the question.' }).click();
  await expect(inHand(page).getByLabel('Question', { exact: true })).toBeFocused();
  await inHand(page).getByLabel('Question', { exact: true }).fill('Greets the customer');
  await expect(preview(page).getByRole('radio', { name: 'Pass' })).toBeVisible();
  await expect(page.getByText('left before publishing')).toHaveCount(0);

  await page.getByRole('button', { name: 'Add question to Opening' }).click();
  await page.keyboard.type('Tone');
  await inHand(page).getByLabel('Answered by').selectOption({ label: 'Scale' });
  await inHand(page).getByLabel('To', { exact: true }).fill('3');
  await page.getByRole('button', { name: 'Add a label for a value' }).click();
  await inHand(page).getByLabel('Label 1', { exact: true }).fill('Cold');
  await expect(preview(page).getByRole('radio')).toHaveCount(3);
  await expect(preview(page).getByText('Cold', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Add section' }).click();
  await page.keyboard.type('Solving');
  await row(page, 'New question').click();
  await inHand(page).getByLabel('Question', { exact: true }).fill('Probes');
  await inHand(page).getByLabel('Answered by').selectOption({ label: 'One of several levels' });
  await inHand(page).getByLabel('Label 1', { exact: true }).fill('Openly');
  await inHand(page).getByLabel('Label 2', { exact: true }).fill('Never');
  await inHand(page).getByLabel('Points 1').fill('x');
  await expect(inHand(page).getByText(/0 to 1,000,000/)).toBeVisible();
  await inHand(page).getByLabel('Points 1').fill('2.5');
  await expect(preview(page).getByText('2.5 points')).toBeVisible();
  await inHand(page).getByLabel('Weight').fill('3');
  await inHand(page).getByRole('button', { name: 'Duplicate' }).click();
  await expect(rows(page)).toHaveText([
    'The scorecard',
    'Opening',
    'Greets the customer',
    'Tone',
    'Solving',
    'Probes',
    'Probes',
  ]);
  await expect(row(page, /Probes\s*25/)).toHaveCount(2);
  await inHand(page).getByRole('button', { name: 'Delete' }).click();
  await expect(rows(page)).toHaveCount(6);
  await inHand(page).getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page)).toHaveCount(7);
  await inHand(page).getByLabel('Answered by').selectOption({ label: 'Written answer' });
  await inHand(page).getByLabel('Question', { exact: true }).fill('One thing to practise');

  await drag(
    page,
    outline(page).getByRole('button', { name: 'Move Tone' }),
    outline(page).getByRole('button', { name: 'Move Probes' }),
  );
  const all = [
    'The scorecard',
    'Opening',
    'Greets the customer',
    'Solving',
    'Tone',
    'Probes',
    'One thing to practise',
  ];
  await expect(rows(page)).toHaveText(all);
  await saved(page);
  await expectAccessible(page);
  await picture(page, 'editor');

  while (await undo(page).and(page.locator(':not([aria-disabled="true"])')).count())
    await page.keyboard.press('ControlOrMeta+z');
  await expect(rows(page)).toHaveText(['The scorecard', 'Untitled section', 'New question']);
  await saved(page);
  while (await redo(page).and(page.locator(':not([aria-disabled="true"])')).count())
    await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(rows(page)).toHaveText(all);
  await saved(page);
  await page.reload();
  await expect(rows(page)).toHaveText(all);

  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish Chat quality?' });
  await expect(dialog.getByText('New calibrations can use it from now on.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText('Published · Version 1 · 4 questions')).toBeVisible();

  await page.getByRole('button', { name: 'Change' }).click();
  await row(page, 'Greets the customer').click();
  await inHand(page).getByLabel('Question', { exact: true }).fill('Greets the customer by name');
  await inHand(page).getByLabel('Weight').fill('2');
  await saved(page);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const again = page.getByRole('dialog');
  await expect(again.getByText('New calibrations use version 2 from now on.')).toBeVisible();
  await picture(page, 'editor-publish');
  await again.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText('Published · Version 2 · 4 questions')).toBeVisible();
  await page.getByRole('link', { name: 'Compare versions' }).click();
  const compared = page.getByRole('region', { name: 'Greets the customer by name' });
  await expect(compared.getByText('reworded', { exact: true })).toBeVisible();
  await expect(compared.getByRole('row', { name: 'Weight' })).toHaveText(/1\s*2/);
  await expect(page.getByText('1 question changed, 3 stay as they were.')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'compare');
  await page.getByRole('link', { name: 'Chat quality' }).click();
  await page.getByRole('link', { name: /^Version 1/ }).click();
  await expect(page.getByText('Greets the customer', { exact: true })).toBeVisible();
  await picture(page, 'scorecard');
  await page.context().close();
});

test('[E11 E12] by keys alone: made, moved, undone, published', async ({ browser, product }) => {
  const page = await open(browser, product.app.url);
  const press = async (target: Locator, key = 'Enter') => {
    await target.focus();
    await page.keyboard.press(key);
  };
  await press(page.getByRole('button', { name: 'New scorecard' }));
  await page.getByRole('dialog').getByLabel('Name').focus();
  await page.keyboard.type('Keys alone');
  await page.keyboard.press('Enter');
  await press(page.getByRole('button', { name: 'Publish', exact: true }));
  await expect(inHand(page).getByLabel('Title')).toBeFocused();
  await page.keyboard.type('First');
  await press(page.getByRole('button', { name: 'Question 1 Write the question.' }));
  await expect(inHand(page).getByLabel('Question', { exact: true })).toBeFocused();
  await page.keyboard.type('One');
  await press(page.getByRole('button', { name: 'Add question to First' }));
  await expect(inHand(page).getByLabel('Question', { exact: true })).toBeFocused();
  await page.keyboard.type('Two');
  await press(page.getByRole('button', { name: 'Add section' }));
  await expect(inHand(page).getByLabel('Title')).toBeFocused();
  await page.keyboard.type('Second');
  await press(row(page, 'New question'));
  await inHand(page).getByLabel('Question', { exact: true }).focus();
  await page.keyboard.type('Three');
  await expect(rows(page)).toHaveText(['The scorecard', 'First', 'One', 'Two', 'Second', 'Three']);

  // Picked up, moved, dropped: the handle has the focus again.
  const handle = outline(page).getByRole('button', { name: 'Move One' });
  await press(handle, 'Space');
  await page.keyboard.press('ArrowDown');
  await expect(rows(page)).toHaveText(['The scorecard', 'First', 'Two', 'One', 'Second', 'Three']);
  await page.keyboard.press('Space');
  await expect(handle).toBeFocused();
  // Picked up again, Tab leads into the next section.
  await press(handle, 'Space');
  await page.keyboard.press('Tab');
  await expect(rows(page)).toHaveText(['The scorecard', 'First', 'Two', 'Second', 'One', 'Three']);
  await page.keyboard.press('Space');
  await expect(handle).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(rows(page)).toHaveText(['The scorecard', 'First', 'Two', 'One', 'Second', 'Three']);
  await press(outline(page).getByRole('button', { name: 'Move First' }), 'Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(rows(page)).toHaveText(['The scorecard', 'Second', 'Three', 'First', 'Two', 'One']);
  await press(row(page, 'Three'));
  await press(inHand(page).getByRole('button', { name: 'Move down' }));
  await expect(rows(page)).toHaveText(['The scorecard', 'Second', 'First', 'Three', 'Two', 'One']);
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ControlOrMeta+z');
  await expect(rows(page)).toHaveText(['The scorecard', 'First', 'One', 'Two', 'Second', 'Three']);

  await saved(page);
  await press(page.getByRole('button', { name: 'Publish', exact: true }));
  await expect(page.getByRole('dialog').getByText('New calibrations can use it from now on.')).toBeVisible();
  await press(page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }));
  await expect(page.getByText('Published · Version 1 · 3 questions')).toBeVisible();
  await page.context().close();
});

test('[E11] two people on one draft: the later save is told what changed, and nothing of either is lost', async ({
  browser,
  product,
}) => {
  const ana = await open(browser, product.app.url);
  await make(ana, 'Two people');
  await row(ana, 'New question').click();
  await inHand(ana).getByLabel('Question', { exact: true }).fill('Greets');
  await saved(ana);
  const { page: sofia } = await seat(browser, product.app.url, 'Sofia', desk);
  await sofia.goto(ana.url());
  await row(sofia, 'Greets').click();
  await inHand(sofia).getByLabel('Question', { exact: true }).fill('Greets by name');
  await inHand(sofia).getByLabel('Weight').fill('4');
  await saved(sofia);

  await inHand(ana).getByLabel('Guidance').fill('Listen for the name.');
  const told = ana.getByRole('alert');
  await expect(told.getByText('Sofia Castellano changed this draft while you were editing.')).toBeVisible();
  await expect(told.getByText('Greets by name: reworded, re-weighted')).toBeVisible();
  await expect(told.getByText('Nothing you changed collides with it.')).toBeVisible();
  await expectAccessible(ana);
  await picture(ana, 'editor-two-people');
  await told.getByRole('button', { name: 'Keep both' }).click();
  await saved(ana);
  await expect(inHand(ana).getByLabel('Question', { exact: true })).toHaveValue('Greets by name');

  await inHand(sofia).getByLabel('Guidance').fill('Sofia’s');
  await expect(sofia.getByRole('alert').getByText(/^Ana .* changed this draft/)).toBeVisible();
  await expect(sofia.getByRole('alert').getByText('Greets by name: Guidance')).toBeVisible();
  await sofia.getByRole('button', { name: 'Take theirs' }).click();
  await expect(inHand(sofia).getByLabel('Guidance')).toHaveValue('Listen for the name.');
  await undo(sofia).click();
  await expect(inHand(sofia).getByLabel('Guidance')).toHaveValue('Sofia’s');
  await saved(sofia);
  await ana.context().close();
  await sofia.context().close();
});

test('[E11 X3] offline what is typed is kept on this device, comes back after a reload, and is saved', async ({
  browser,
  product,
}) => {
  const page = await open(browser, product.app.url);
  await make(page, 'Offline');
  await inHand(page).getByLabel('Description').fill('Before');
  await saved(page);
  await page.route('**/api/scorecards/*/draft', (route) => route.abort());
  await inHand(page).getByLabel('Description').fill('Typed without a network');
  await expect(page.getByText('Offline, kept on this device')).toBeVisible();
  await page.reload();
  await expect(inHand(page).getByLabel('Description')).toHaveValue('Typed without a network');
  await page.unroute('**/api/scorecards/*/draft');
  await saved(page);
  await page.reload();
  await expect(inHand(page).getByLabel('Description')).toHaveValue('Typed without a network');
  await expect(undo(page)).toHaveAttribute('aria-disabled', 'true');
  await page.context().close();
});

test('[S1 S7] exported, imported, discarded, archived: each asks or says what it does', async ({
  browser,
  product,
}, info) => {
  const page = await open(browser, product.app.url);
  await page.getByRole('link', { name: 'Voice' }).first().click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export' }).click(),
  ]);
  const document = JSON.parse(await readFile(await file.path(), 'utf8')) as {
    name: string;
    sections: { questions: { prompt: string }[] }[];
  };
  document.name = 'Imported again';
  for (const question of document.sections[0]?.questions.slice(0, 1) ?? []) question.prompt = '';

  await page.getByRole('link', { name: 'Scorecards' }).first().click();
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog');
  const choose = (name: string, text: string) =>
    dialog
      .getByLabel('File')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await choose('notes.json', '{');
  await expect(dialog.getByText('This file is not JSON')).toBeVisible();
  await choose(
    'bad.json',
    JSON.stringify({ ...document, sections: [{ id: 's', title: 'Wrong', questions: 7 }] }),
  );
  await expect(dialog.getByText('Section 1, questions: Check what you entered.')).toBeVisible();
  await choose('card.json', JSON.stringify(document));
  await expect(dialog.getByText('Section 1, question 1, prompt: Write the question.')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'scorecard-import');
  await dialog.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Imported again' })).toBeVisible();

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Discard draft' }).click();
  await expect(page.getByText('It was never published: the whole scorecard goes')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Scorecards' })).toBeVisible();
  await expect(page.getByText('Imported again')).toHaveCount(0);

  await make(page, `To archive ${info.workerIndex}`);
  await page.getByRole('link', { name: `To archive ${info.workerIndex}` }).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await expect(page.getByText('What was scored on it stays')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByText(/^Archived/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Edit draft' })).toHaveCount(0);
  await page.context().close();
});

test('[E11] on a phone: the outline, then what is in hand, then the preview', async ({
  browser,
  product,
}) => {
  const page = await open(browser, product.app.url, 'Ana', phone);
  await make(page, 'Phone');
  await expect(outline(page)).toBeVisible();
  await expect(inHand(page)).toBeHidden();
  await expectAccessible(page);
  await picture(page, 'editor-phone-outline');
  await row(page, 'New question').click();
  await inHand(page).getByLabel('Question', { exact: true }).fill('Greets');
  await expect(outline(page)).toBeHidden();
  await picture(page, 'editor-phone-fields');
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(preview(page).getByText('Greets')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'editor-phone-preview');
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide).toBe(0);
  await page.context().close();
});

test('[C2 E11] where there is no scorecard, it is made right there: from New calibration, and from the empty list', async ({
  browser,
  product,
}) => {
  const { page } = await seat(browser, product.app.url, 'Ana', desk);
  const nothing = { json: { scorecards: [] } };
  await page.route('**/api/scorecards?status=published', (route) => route.fulfill(nothing));
  await page.goto('/calibrations/new');
  await page.getByRole('link', { name: 'New scorecard' }).click();
  await expect(page.getByRole('dialog').getByLabel('Name')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'scorecard-new');
  await page.getByRole('dialog').getByRole('button', { name: 'Make draft' }).click();
  await expect(page.getByRole('dialog').getByText('Enter a name.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page).toHaveURL('/scorecards');
  await page.route('**/api/scorecards', (route) => route.fulfill(nothing));
  await page.reload();
  await expect(page.getByText('Make one, or import one from a file.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import' })).toBeVisible();
  await picture(page, 'scorecards-empty');
  await page.getByRole('button', { name: 'New scorecard' }).click();
  await expect(page.getByRole('dialog').getByLabel('Name')).toBeVisible();
  await page.context().close();
});

test('[O2] who may not change scorecards reads them, and is offered no change', async ({
  browser,
  product,
}) => {
  const { page } = await seat(browser, product.app.url, 'Ben', desk);
  await page.goto('/scorecards');
  await page.getByRole('link', { name: 'Chat quality' }).first().click();
  await expect(page.getByRole('link', { name: 'Export' })).toBeVisible();
  for (const name of ['Change', 'More'])
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
  await page.goto(`${page.url()}/edit`);
  await expect(page.getByText('There is no draft to edit')).toBeVisible();
  await page.getByRole('link', { name: 'Open the scorecard' }).click();
  await expect(page.getByText(/^Published · Version/)).toBeVisible();
  await page.goto('/scorecards?new=yes');
  await expect(page.getByRole('link', { name: 'Chat quality' }).first()).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'New scorecard' })).toHaveCount(0);
  await page.context().close();
});
