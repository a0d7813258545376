// A whole interaction scored without a mouse: every kind of question, comment, N/A, evidence, a refusal, the submission; then what
// was typed is on the board and in the record.
import { answersKey, textKey } from '@attune/contract';
import type { Answer, CalibrationRecord, SheetEntry } from '@attune/domain';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { demoPerson } from '../support/demo.ts';
import { expectAccessible, type Product, seat, startProduct } from '../support/pages.ts';
import { advance, makeSession, type Person, publishScorecard } from '../support/people.ts';
import { openRoom, untilSaved } from '../support/rooms.ts';

let product: Product;

test.beforeAll(async () => {
  product = await startProduct();
});

test.afterAll(async () => {
  await product?.end();
});

/** One of every kind. */
const scorecard = {
  format: 'attune-scorecard/1',
  name: 'Every kind of question',
  sections: [
    {
      id: 'all',
      title: 'All',
      questions: [
        { id: 'greets', type: 'binary', prompt: 'Greets', comment: 'required-when-points-lost' },
        { id: 'listens', type: 'scale', prompt: 'Listens', min: 1, max: 5 },
        { id: 'sure', type: 'scale', prompt: 'Surely done', min: 0, max: 100, step: 5 },
        { id: 'likely', type: 'scale', prompt: 'Likely to call again', min: 0, max: 100, step: 5 },
        {
          id: 'probes',
          type: 'rubric',
          prompt: 'Probes',
          options: [
            { id: 'openly', label: 'Asks openly', points: 10 },
            { id: 'closed', label: 'Asks closed questions', points: 5 },
            { id: 'never', label: 'Assumes', points: 0 },
          ],
        },
        {
          id: 'steps',
          type: 'checklist',
          prompt: 'Steps taken',
          options: [
            { id: 'reason', label: 'Names the reason', points: 1 },
            { id: 'amount', label: 'Reads the amount back', points: 1 },
            { id: 'date', label: 'Gives a date', points: 1 },
          ],
        },
        { id: 'practise', type: 'text', prompt: 'One thing to practise' },
        { id: 'hold', type: 'binary', prompt: 'Asks before the hold', naEligible: true },
      ],
    },
  ],
};

const transcript = [
  { speaker: 'Agent', second: 2, text: 'Good morning, how can I help?' },
  { speaker: 'Caller', second: 9, text: 'I was charged twice, and I am worried about the overdraft.' },
  { speaker: 'Agent', second: 24, text: 'May I have your postcode, please?' },
];

/** What is typed below, as it must be stored. */
const typed: Readonly<Record<string, Partial<SheetEntry>>> = {
  greets: { answer: { kind: 'binary', pass: false }, comment: 'No name given.' },
  listens: {
    answer: { kind: 'scale', valueHundredths: 200 },
    comment: 'The worry is left standing.',
    evidence: [
      { kind: 'line', line: 1 },
      { kind: 'second', second: 65 },
    ],
  },
  sure: { answer: { kind: 'scale', valueHundredths: 5_500 } },
  likely: { answer: { kind: 'scale', valueHundredths: 8_500 } },
  probes: { answer: { kind: 'rubric', optionId: 'closed' } },
  steps: { answer: { kind: 'checklist', optionIds: ['reason', 'date'] } },
  practise: { answer: { kind: 'text', text: 'Say what happens next.' } },
  hold: { answer: { kind: 'na' } },
};

/** By prompt: how it stands under the person's name, on the board and in the record. */
const shown: Readonly<Record<string, readonly string[]>> = {
  Greets: ['Fail', 'No name given.'],
  Listens: [
    '2',
    'The worry is left standing.',
    '0:09 Caller',
    'I was charged twice',
    '1:05 in the recording',
  ],
  'Surely done': ['55'],
  'Likely to call again': ['85'],
  Probes: ['Asks closed questions'],
  'Steps taken': ['Names the reason and Gives a date'],
  'One thing to practise': ['Say what happens next.'],
  'Asks before the hold': ['N/A'],
};

async function expectShown(article: Locator, prompt: string): Promise<void> {
  const group = article.locator('.group').filter({ hasText: 'Ben Whitfield' });
  for (const words of shown[prompt] ?? []) await expect(group).toContainText(words);
}

/** Someone else's sheet, which differs. */
async function scoreElsewhere(person: Person, sessionId: string, participantId: string): Promise<void> {
  const answers: Readonly<Record<string, Answer>> = {
    greets: { kind: 'binary', pass: true },
    listens: { kind: 'scale', valueHundredths: 500 },
    sure: { kind: 'scale', valueHundredths: 5_500 },
    likely: { kind: 'scale', valueHundredths: 8_500 },
    probes: { kind: 'rubric', optionId: 'openly' },
    steps: { kind: 'checklist', optionIds: ['reason'] },
    hold: { kind: 'na' },
  };
  const room = openRoom(product.app.url, `sealed/${participantId}`, person.cookie);
  for (const [questionId, answer] of Object.entries(answers))
    room.doc.getMap(answersKey).set(questionId, answer);
  room.doc.getText(textKey('practise')).insert(0, 'Summarise at the end.');
  await untilSaved(room);
  room.close();
  expect((await person.send('POST', `/api/sessions/${sessionId}/submission`, {})).status).toBe(200);
}

const pressAll = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const current = (page: Page) => page.locator('.question.current');
const submitted = (page: Page) => page.getByRole('heading', { name: 'Your answers are submitted' });

/** Keys are heard once the page stands: the first asks for the sheet of them all, until it is there. */
async function lookUpKeys(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(async () => {
    await page.keyboard.press('?');
    await expect(sheet).toBeVisible({ timeout: 500 });
  }).toPass();
  for (const what of ['Next question', 'Comment on the question', 'Cite evidence', 'Submit the sheet'])
    await expect(sheet.getByText(what, { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
}

test('[C5 C6 S2] a whole interaction is scored, corrected and submitted by keys alone, and is on board and record as typed', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const { url } = product.app;
  const [ana, ben, chloe] = await Promise.all(['Ana', 'Ben', 'Chloé'].map((name) => demoPerson(url, name)));
  if (!ana || !ben || !chloe) throw new Error('the demo has these three');
  const scorecardVersionId = await publishScorecard(ana, scorecard);
  const { id, participantIds } = await makeSession(
    ana,
    { name: 'No mouse', scorecardVersionId, transcript },
    [ben, chloe],
  );
  await advance(ana, id, 'draft');
  const { page, context } = await seat(browser, url, 'Ben', { viewport: { width: 1280, height: 800 } });
  await page.goto(`/calibrations/${id}/score`);
  await expect(page.getByText('0 of 8 answered')).toBeVisible();
  await lookUpKeys(page);

  // Failed, so that a comment is wanted; left open for now.
  await pressAll(page, '2', 'j');
  await expect(current(page)).toContainText('Listens');
  await expect(current(page)).toBeFocused();
  await pressAll(page, '2', 'c');
  await expect(current(page).getByLabel('Comment')).toBeFocused();
  await page.keyboard.type('The worry is left standing.');

  // Words are left with Escape, and the keys speak to the question again.
  await pressAll(page, 'Escape', 'e');
  await expect(current(page).getByLabel('Line', { exact: true })).toBeFocused();
  await page.keyboard.type('2');
  await pressAll(page, 'Enter', 'Tab', 'Tab');
  await expect(current(page).getByLabel('Time', { exact: true })).toBeFocused();
  await page.keyboard.type('1:05');
  await pressAll(page, 'Enter', 'Escape');
  const cited = current(page).getByRole('list', { name: 'Evidence' }).getByRole('listitem');
  await expect(cited).toHaveText(['Line 2', '1:05']);

  // The slider by its arrows, the next one by its number.
  await pressAll(page, 'j', 'Tab', 'ArrowRight');
  await expect(current(page).getByRole('slider')).toHaveValue('55');
  await pressAll(page, 'j', 'Tab', 'Tab');
  await page.keyboard.type('85');
  await expect(current(page).getByRole('slider')).toHaveValue('85');
  await page.keyboard.press('Escape');

  // The rubric is passed over.
  await pressAll(page, 'j', 'j');
  await expect(current(page)).toContainText('Steps taken');
  await pressAll(page, '1', '2', '3', '2', 'j', 'w');
  await page.keyboard.type('Say what happens next.');
  await pressAll(page, 'Escape', 'j', 'n');
  await expect(current(page).getByRole('checkbox', { name: /^N\/A/ })).toBeChecked();
  await expect(page.getByText('7 of 8 answered')).toBeVisible();
  await expectAccessible(page);

  // Each refusal leads to what is missing first: the comment, then the question passed over.
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('2 questions keep this from being submitted')).toBeVisible();
  await expect(current(page)).toContainText('Greets');
  await expect(current(page).getByLabel('Comment')).toBeFocused();
  await page.keyboard.type('No name given.');
  await page.keyboard.press('Control+Enter');
  await expect(current(page)).toContainText('Probes');
  await expect(current(page)).toBeFocused();
  await expect(current(page)).toContainText('Answer this question to submit.');
  await expectAccessible(page);
  await pressAll(page, '2', 'Control+Enter');
  await expect(submitted(page)).toBeVisible();

  // Everyone sees what was typed: on the board, still by keys.
  await scoreElsewhere(chloe, id, participantIds[1] ?? '');
  expect((await advance(ana, id, 'scoring')).status).toBe(200);
  await expect(page).toHaveURL(new RegExp(`/calibrations/${id}(#|$)`));
  await expect(page.getByText('4 of 8 questions flagged')).toBeVisible();
  const unseen = new Set(Object.keys(shown));
  for (let place = 0; place < Object.keys(shown).length; place += 1) {
    if (place > 0) await page.keyboard.press('j');
    const prompt = (await page.getByRole('heading', { level: 2 }).first().textContent()) ?? '';
    unseen.delete(prompt);
    await expectShown(page.locator('article'), prompt);
  }
  expect([...unseen]).toEqual([]);

  // And for good: in the record, and in what is exported of it.
  for (const questionId of ['greets', 'listens', 'probes', 'steps']) {
    const agreed = { agreed: { kind: 'scorecard-needs-changing' }, cause: 'wording' };
    await ana.send('PUT', `/api/sessions/${id}/resolutions/${questionId}`, agreed);
  }
  expect((await advance(ana, id, 'review')).status).toBe(200);
  await page.getByRole('link', { name: 'Open the record' }).press('Enter');
  await page.getByRole('button', { name: 'Expand all' }).press('Enter');
  for (const prompt of Object.keys(shown)) {
    const article = page
      .locator('article')
      .filter({ has: page.getByRole('heading', { name: prompt, exact: true }) });
    await expectShown(article, prompt);
  }
  const exported = (await ben.get(`/api/sessions/${id}/record.json`)).body as CalibrationRecord;
  for (const { questionId, answers } of exported.questions) {
    const entry = answers.find(({ participantId }) => participantId === participantIds[0]);
    expect(entry).toMatchObject({
      participantId: participantIds[0],
      comment: '',
      evidence: [],
      ...typed[questionId],
    });
  }
  await context.close();
});
