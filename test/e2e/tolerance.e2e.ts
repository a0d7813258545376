// A question's tolerance and its examples: made in the editor by mouse and keys, seen while scoring, at the desk, on the wall, on the
// record, and between two versions (E14).
import { answersKey } from '@attune/contract';
import { type Browser, expect, type Page } from '@playwright/test';
import { demoPerson } from '../support/demo.ts';
import { expectAccessible, phone, picture, seat, productTest as test } from '../support/pages.ts';
import { advance, makeSession, publishScorecard } from '../support/people.ts';
import { openRoom, untilSaved } from '../support/rooms.ts';

const desk = { viewport: { width: 1440, height: 900 } } as const;
const long = 'The agent says who does what by when, and asks whether that suits the caller. '
  .repeat(5)
  .trim();
const scorecard = (name: string) => ({
  format: 'attune-scorecard/1',
  name,
  sections: [
    {
      id: 'all',
      title: 'All',
      questions: [
        {
          id: 'owns',
          type: 'scale',
          prompt: 'Takes ownership',
          guidance: 'Until the end of the call.',
          min: 1,
          max: 5,
          anchors: [{ value: 5, label: 'Fully' }],
          tolerance: 20,
          examples: [
            { id: 'e1', of: { kind: 'scale', value: 5 }, text: long },
            {
              id: 'e2',
              of: { kind: 'scale', value: 1 },
              lines: [
                { speaker: 'Caller', second: 72, text: 'Can you look into it?' },
                { speaker: 'Agent', second: 75, text: 'You have to call the other line.' },
              ],
            },
          ],
        },
        {
          id: 'greets',
          type: 'scale',
          prompt: 'Greets warmly',
          min: 1,
          max: 5,
          examples: [{ id: 'e3', of: { kind: 'scale', value: 5 }, text: '“Good morning, Ana here.”' }],
        },
      ],
    },
  ],
});

const inHand = (page: Page) => page.getByRole('region', { name: 'What is in hand' });
const row = (page: Page, text: string) =>
  page.getByRole('navigation', { name: 'Outline' }).locator('button[aria-current]').filter({ hasText: text });
const preview = (page: Page) => page.getByRole('region', { name: 'Preview' });
const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible();

async function editor(browser: Browser, url: string, name: string): Promise<Page> {
  const { page } = await seat(browser, url, 'Ana', desk);
  await page.goto('/scorecards');
  await page.getByRole('button', { name: 'New scorecard' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Make draft' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await row(page, 'New question').click();
  await inHand(page).getByLabel('Question', { exact: true }).fill('Greets the caller');
  return page;
}

test('[E14] examples are added, quoted, ordered, removed and brought back, by mouse and by keys; a preview shows them', async ({
  browser,
  product,
}) => {
  const page = await editor(browser, product.app.url, 'With examples');
  const fields = inHand(page);
  await fields.getByRole('button', { name: 'Add an example' }).click();
  // One is ready for its words at once.
  await expect(fields.getByLabel('Example 1, in words')).toBeFocused();
  await page.keyboard.type('Says a name and the company.');
  await expect(preview(page).getByText('Says a name and the company.')).toBeVisible();
  await fields.getByRole('button', { name: 'Add an example' }).focus();
  await page.keyboard.press('Enter');
  await expect(fields.getByLabel('Example 2, in words')).toBeFocused();
  await expect(fields.getByLabel('Example 2 of')).toHaveValue('fail');
  await fields.getByRole('button', { name: 'Add lines of a transcript' }).last().click();
  await fields.getByLabel('Example 2, lines of a transcript').fill('0:03 Agent: Yes?\n0:05 Caller: Hello?');
  await expect(preview(page).getByText('2 examples')).toBeVisible();
  await expect(preview(page).getByRole('listitem').filter({ hasText: 'Yes?' })).toContainText('0:03');
  await saved(page);

  // Too much is told, stays as typed, and the draft keeps what it had.
  const many = Array.from({ length: 21 }, (_, at) => `0:${10 + at} Agent: Line ${at}`).join('\n');
  await fields.getByLabel('Example 2, lines of a transcript').fill(many);
  await expect(fields.getByText('Use at most 20 lines.')).toBeVisible();
  await expect(preview(page).getByText('Yes?')).toBeVisible();
  await fields.getByLabel('Example 2, lines of a transcript').fill('0:03 Agent: Yes?');
  await expect(fields.getByText('Use at most 20 lines.')).toHaveCount(0);

  await fields.getByRole('button', { name: 'Move example 2 up' }).press('Enter');
  await expect(fields.getByLabel('Example 1 of')).toHaveValue('fail');
  await expect(fields.getByRole('button', { name: 'Move example 1 up' })).toBeFocused();
  await fields.getByRole('button', { name: 'Remove example 1' }).click();
  await expect(preview(page).getByText('1 example', { exact: true })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(preview(page).getByText('2 examples')).toBeVisible();
  await expect(fields.getByLabel('Example 1, lines of a transcript')).toHaveValue('0:03 Agent: Yes?');

  await fields.getByLabel('Tolerance, %').fill('101');
  await expect(fields.getByLabel('Tolerance, %')).toHaveAttribute('aria-invalid', 'true');
  await fields.getByLabel('Tolerance, %').fill('12,5');
  await expectAccessible(page);
  await picture(page, 'examples-editor');

  // Of another type they are of no answer, which is told at their place before publishing, and nothing of them is gone.
  await fields.getByLabel('Answered by').selectOption({ label: 'Scale' });
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('button', { name: /^Question 1, example 1 / }).click();
  await expect(fields.getByLabel('Example 1 of')).toBeFocused();
  await expect(fields.getByText('Choose the answer it is an example of.').first()).toBeVisible();
  await fields.getByLabel('Example 1 of').selectOption('100');
  await fields.getByLabel('Example 2 of').selectOption('500');
  await expect(preview(page).getByText('2 examples')).toBeVisible();
  await saved(page);
  await page.reload();
  await row(page, 'Greets the caller').click();
  await expect(fields.getByLabel('Tolerance, %')).toHaveValue('12.5');
  await expect(fields.getByLabel('Example 2, in words')).toHaveValue('Says a name and the company.');
  await page.setViewportSize(phone.viewport);
  await picture(page, 'examples-editor-phone');
  await page.context().close();
});

test('[E14 C8] what a tolerance flags, and by what, is said at the desk, on the wall and on the record; examples stand with the guidance', async ({
  browser,
  product,
}) => {
  const { url } = product.app;
  const ana = await demoPerson(url, 'Ana');
  const people = [await demoPerson(url, 'Ben'), await demoPerson(url, 'Chloé')];
  const scorecardVersionId = await publishScorecard(ana, scorecard('Tolerant'));
  const settings = { name: 'Tolerant', scorecardVersionId, thresholdHundredths: 3_000 };
  const { id, participantIds } = await makeSession(ana, settings, people);
  await advance(ana, id, 'draft');

  const { page: scoring, context } = await seat(browser, url, 'Ben', phone);
  await scoring.goto(`/calibrations/${id}/score`);
  // Much of it is folded, little is not.
  const folded = scoring.getByText('2 examples');
  await expect(folded).toBeVisible();
  await expect(scoring.getByText(long)).toBeHidden();
  await folded.click();
  await expect(scoring.getByText(long)).toBeVisible();
  await expect(scoring.getByText('5: Fully', { exact: true })).toBeVisible();
  await expect(scoring.getByRole('listitem').filter({ hasText: 'You have to call' })).toContainText('1:15');
  await expectAccessible(scoring);
  await picture(scoring, 'examples-score-phone');
  await scoring.setViewportSize(desk.viewport);
  await expect(scoring.getByText('“Good morning, Ana here.”')).toBeVisible();
  await picture(scoring, 'examples-score');
  await context.close();

  for (const [at, person] of people.entries()) {
    const room = openRoom(url, `sealed/${participantIds[at]}`, person.cookie);
    for (const questionId of ['owns', 'greets'])
      room.doc.getMap(answersKey).set(questionId, { kind: 'scale', valueHundredths: 400 + at * 100 });
    await untilSaved(room);
    room.close();
    expect((await person.send('POST', `/api/sessions/${id}/submission`, {})).status).toBe(200);
  }
  await advance(ana, id, 'scoring');
  const { page } = await seat(browser, url, 'Ana', desk);
  await page.goto(`/calibrations/${id}`);
  const list = page.getByRole('navigation', { name: 'Questions of this calibration' });
  await list.getByText('Takes ownership').click();
  await expect(page.getByText('over the question’s tolerance of 20 %')).toBeVisible();
  await expect(page.getByText('threshold 30 %, 1 question has its own tolerance')).toBeVisible();
  await expect(page.locator('article').getByText('2 examples')).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'tolerance-desk');
  const links = await ana.send('POST', `/api/sessions/${id}/links/display`, {});
  const { display } = links.body as { display: { url: string } };
  const screen = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  await screen.goto(display.url);
  await expect(screen.locator('aside')).toContainText('over its tolerance of 20 %');
  await picture(screen, 'tolerance-wall');
  await list.getByText('Greets warmly').click();
  await expect(page.getByText('within the threshold of 30 %')).toBeVisible();
  await expect(screen.locator('aside')).toContainText('within the threshold of 30 %');
  await screen.context().close();

  await ana.send('PUT', `/api/sessions/${id}/resolutions/owns`, {
    agreed: { kind: 'scale', valueHundredths: 500 },
    cause: null,
  });
  await advance(ana, id, 'review');
  await page.goto(`/records/${id}`);
  await expect(page.getByText('1 question was apart by more than 30 % or its own tolerance.')).toBeVisible();
  await expect(page.getByText('over the question’s tolerance of 20 %')).toBeVisible();
  await picture(page, 'tolerance-record');
  await page.context().close();
});

test('[E14 E13] two versions side by side name a tolerance and examples that changed, and a scorecard shows both', async ({
  browser,
  product,
}) => {
  const { url } = product.app;
  const ana = await demoPerson(url, 'Ana');
  const versionId = await publishScorecard(ana, scorecard('Compared'));
  const { scorecards } = (await ana.get('/api/scorecards')).body as {
    scorecards: { id: string; versionId: string }[];
  };
  const id = scorecards.find((one) => one.versionId === versionId)?.id ?? '';
  const { page } = await seat(browser, url, 'Ana', desk);
  await page.goto(`/scorecards/${id}`);
  await expect(page.getByText('Tolerance 20 %')).toBeVisible();
  await expect(page.getByText('2 examples')).toBeVisible();
  await picture(page, 'tolerance-scorecard');
  await ana.send('POST', `/api/scorecards/${id}/draft`);
  await page.goto(`/scorecards/${id}/edit`);
  await row(page, 'Takes ownership').click();
  await inHand(page).getByLabel('Tolerance, %').fill('');
  await inHand(page).getByRole('button', { name: 'Remove example 1' }).click();
  await saved(page);
  await page.goto(`/scorecards/${id}/compare?from=1&to=2`);
  const card = page.getByRole('region', { name: 'Takes ownership' });
  await expect(card.getByRole('row', { name: /^Tolerance/ })).toContainText(
    'None: the calibration’s threshold applies',
  );
  await expect(card.getByRole('row', { name: /^Examples/ })).toContainText(
    'You have to call the other line.',
  );
  await expect(page.getByRole('region', { name: 'Greets warmly' })).toHaveCount(0);
  await picture(page, 'tolerance-compare');
  await page.context().close();
});
