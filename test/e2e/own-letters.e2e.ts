// What people bring along into notes and names: text from other programs, addresses, letters that run from right to left.
import { expect, type Page } from '@playwright/test';
import { reviewOf } from '../support/demo.ts';
import { seat, productTest as test } from '../support/pages.ts';

const note = (page: Page) => page.getByRole('textbox', { name: /^resolution note/i });

const paste = (page: Page, html: string) =>
  note(page).evaluate((field, markup) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', markup);
    clipboardData.setData('text/plain', 'plain');
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, html);

const docs = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-0"><p dir="ltr"><span
style="font-weight:400">Plain words, </span><span style="font-weight:700">heavy</span><span style="font-weight:400"> and </span><span
style="font-weight:400;font-style:italic">slanted</span></p><ul><li dir="ltr"><p dir="ltr"><span style="font-weight:400">one</span></p></li></ul></b>`;

const item = (level: number, sign: string, words: string) =>
  `<p class=MsoListParagraph style='margin-left:1cm;mso-list:l0 level${level} lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>${sign}<span>&nbsp;&nbsp; </span></span><![endif]>${words}<o:p></o:p></p>`;
const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment--><p class=MsoNormal>Before<o:p></o:p></p>
${item(1, '1.', 'First')}${item(2, '·', 'Below')}${item(1, '2.', 'Second')}<p class=MsoNormal>After<o:p></o:p></p>
<table><tr><td><p class=MsoNormal>cell A</p></td><td><p class=MsoNormal><b>cell B</b></p></td></tr></table><!--EndFragment--></body></html>`;

test('[C10] what is pasted from Google Docs and Word keeps its bold, its lists and the cells of its tables', async ({
  browser,
  product,
}) => {
  const { url } = product.app;
  const { id } = await reviewOf(url, 'Pasted standards');
  const { page, context } = await seat(browser, url, 'Ben');
  await page.goto(`/calibrations/${id}`);
  await note(page).click();
  await paste(page, docs);
  await expect(note(page).locator('strong')).toHaveText(['heavy']);
  await expect(note(page).locator('em')).toHaveText(['slanted']);
  await expect(note(page).locator('ul > li')).toHaveText(['one']);
  await page.keyboard.press('Control+a');
  await paste(page, word);
  await expect(note(page).locator('> ol > li > p')).toHaveText(['First', 'Second']);
  await expect(note(page).locator('> ol > li > ul > li')).toHaveText(['Below']);
  await expect(note(page).locator('> p').filter({ hasText: 'cell' })).toHaveText(/^cell A \| cell B\s*$/);
  await expect(note(page).locator('strong')).toHaveText(['cell B']);
  await context.close();
});

test('[C10] a bad address leaves the link as it was, and says what is wrong', async ({
  browser,
  product,
}) => {
  const { url } = product.app;
  const { id } = await reviewOf(url, 'A linked standard');
  const { page, context } = await seat(browser, url, 'Ben');
  await page.goto(`/calibrations/${id}`);
  await note(page).click();
  await page.keyboard.press('Control+k');
  const address = page.getByRole('textbox', { name: 'Address of the link' });
  await address.fill('example.org/standard');
  await address.press('Enter');
  const link = note(page).locator('a');
  await expect(link).toHaveAttribute('href', 'https://example.org/standard');
  await expect(address).toHaveCount(0);
  await expect(note(page)).toBeFocused();
  // Into the link that is to be changed.
  await expect(async () => {
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Control+k');
    await expect(address).toBeFocused();
    if ((await address.inputValue()) === '') await page.keyboard.press('Escape');
    await expect(address).toHaveValue('https://example.org/standard', { timeout: 1_000 });
  }).toPass();
  await address.fill('javascript:alert(1)');
  await address.press('Enter');
  await expect(page.getByText('Enter a web address or an e-mail address.')).toBeVisible();
  await expect(address).toHaveAttribute('aria-invalid', 'true');
  await expect(link).toHaveAttribute('href', 'https://example.org/standard');
  await context.close();
});

test('[C2] a name in Hebrew runs from right to left where it is typed and where it stands', async ({
  browser,
  product,
}) => {
  const { page, context } = await seat(browser, product.app.url, 'Ana');
  await page.goto('/calibrations/new');
  const name = page.getByLabel('Session name');
  await name.fill('האם הנציג אישר?');
  await expect(name).toHaveCSS('direction', 'rtl');
  await page.getByLabel('Scorecard', { exact: true }).selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Create draft' }).click();
  const heading = page.getByRole('heading', { level: 1, name: 'האם הנציג אישר?' });
  await expect(heading).toHaveCSS('direction', 'rtl');
  await page.goto('/calibrations?status=draft');
  await expect(page.getByRole('link', { name: 'האם הנציג אישר?' }).locator('bdi')).toHaveCSS(
    'direction',
    'rtl',
  );
  await context.close();
});
