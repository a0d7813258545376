// What is left, and in which unit a number is said: the same at the desk, in the Resolve dialog, on the wall and on the record.
import { answersKey } from '@attune/contract';
import type { Answer } from '@attune/domain';
import { expect, type Page } from '@playwright/test';
import { demoPerson } from '../support/demo.ts';
import { expectAccessible, phone, picture, productTest, seat } from '../support/pages.ts';
import { advance, makeSession, type Person, publishScorecard } from '../support/people.ts';
import { openRoom, untilSaved } from '../support/rooms.ts';

const binary = (id: string, prompt: string) => ({
  id,
  type: 'binary',
  prompt,
  naEligible: true,
  required: false,
});
const scorecard = {
  format: 'attune-scorecard/1',
  name: 'What is left',
  sections: [
    {
      id: 'all',
      title: 'All',
      questions: [
        { id: 'praise', type: 'text', prompt: 'One thing to praise', required: false },
        binary('greets', 'Greets the caller'),
        binary('hold', 'Asks before the hold'),
        binary('escalates', 'Explains the escalation'),
        binary('callsBack', 'Promises a call back'),
        { id: 'listens', type: 'scale', prompt: 'Listens', min: 1, max: 5 },
        {
          id: 'probes',
          type: 'rubric',
          prompt: 'Probes',
          options: [
            { id: 'openly', label: 'Asks openly', points: 10 },
            { id: 'closed', label: 'Asks closed questions', points: 8 },
            { id: 'never', label: 'Assumes', points: 0 },
          ],
        },
      ],
    },
  ],
};

const pass: Answer = { kind: 'binary', pass: true };
const na: Answer = { kind: 'na' };
const value = (points: number): Answer => ({ kind: 'scale', valueHundredths: points * 100 });
const option = (optionId: string): Answer => ({ kind: 'rubric', optionId });
/** Listens: 2, 3 and 3, whose mean is 2.7 of 1 to 5, and 41.7 % of the way. */
const given: readonly (readonly [string, Readonly<Record<string, Answer>>])[] = [
  ['Ben', { greets: pass, hold: pass, escalates: na, listens: value(2), probes: option('openly') }],
  [
    'Chloé',
    { greets: pass, hold: na, escalates: na, callsBack: pass, listens: value(3), probes: option('openly') },
  ],
  ['Dmitri', { greets: pass, hold: pass, escalates: na, listens: value(3), probes: option('openly') }],
];

interface Left {
  readonly id: string;
  readonly ana: Person;
  /** At the desk, on the board. */
  readonly page: Page;
}

/** In review: one question flagged, one split over N/A, two agreed on, three never compared. */
const test = productTest.extend<{ left: Left }>({
  left: async ({ browser, product }, use) => {
    const { url } = product.app;
    const ana = await demoPerson(url, 'Ana');
    const people = await Promise.all(given.map(([name]) => demoPerson(url, name)));
    const scorecardVersionId = await publishScorecard(ana, scorecard);
    const { id, participantIds } = await makeSession(
      ana,
      { name: 'What is left', scorecardVersionId },
      people,
    );
    await advance(ana, id, 'draft');
    for (const [at, person] of people.entries()) {
      const room = openRoom(url, `sealed/${participantIds[at]}`, person.cookie);
      for (const [questionId, answer] of Object.entries(given[at]?.[1] ?? {}))
        room.doc.getMap(answersKey).set(questionId, answer);
      await untilSaved(room);
      room.close();
      expect((await person.send('POST', `/api/sessions/${id}/submission`, {})).status).toBe(200);
    }
    await advance(ana, id, 'scoring');
    const { page, context } = await seat(browser, url, 'Ana', { viewport: { width: 1440, height: 900 } });
    await page.goto(`/calibrations/${id}`);
    await expect(page.getByRole('region', { name: 'The meeting' })).toBeVisible();
    await use({ id, ana, page });
    await context.close();
  },
});

const agreeOnListening = ({ ana, id }: Left) =>
  ana.send('PUT', `/api/sessions/${id}/resolutions/listens`, { agreed: value(3), cause: null });

test('[C8] what was never compared does not stand under what was agreed, and says why', async ({ left }) => {
  const list = left.page.getByRole('navigation', { name: 'Questions of this calibration' });
  const lines = (await list.getByRole('listitem').allInnerTexts()).map((text) =>
    text.replaceAll(/\s+/g, ' '),
  );
  expect(lines).toEqual([
    'Flagged 6 Listens 25 % apart, n = 3',
    'N/A split 3 Asks before the hold 0 % apart, n = 2 N/A: 1 of 3',
    'Agreed closely enough 2 Greets the caller 0 % apart, n = 3',
    '7 Probes 0 % apart, n = 3',
    'Not compared 1 One thing to praise text, side by side',
    '4 Explains the escalation all N/A',
    '5 Promises a call back one score',
  ]);
  await picture(left.page, 'board');
});

test('[C11] Resolve waits for the flagged question alone, and names the N/A split that stays open', async ({
  left,
}) => {
  const { page } = left;
  const resolve = page.getByRole('button', { name: 'Resolve', exact: true });
  await expect(resolve).toBeDisabled();
  await page.getByRole('button', { name: '1 to resolve · 1 N/A split open' }).click();
  const lists = page.locator('[popover]:popover-open section');
  await expect(lists.nth(0)).toContainText(/To resolve.*Listens.*25\s% apart, n = 3/s);
  await expect(lists.nth(1)).toContainText(
    /N\/A splits.*may be left open.*Asks before the hold.*N\/A: 1 of 3/s,
  );
  await expectAccessible(page);
  await picture(page, 'left');
  await page.keyboard.press('Escape');

  expect((await agreeOnListening(left)).status).toBe(200);
  await expect(page.getByRole('button', { name: '1 N/A split open' })).toBeVisible();
  await resolve.click();
  const dialog = page.getByRole('dialog', { name: 'Resolve “What is left”?' });
  await expect(dialog).toContainText('1 N/A split stays open, without a note or an agreed answer:');
  await expect(dialog.getByRole('listitem')).toHaveText(/3\s+Asks before the hold\s+N\/A: 1 of 3/);
  await expectAccessible(page);
  await picture(page, 'resolve');
  await dialog.getByRole('button', { name: 'Resolve' }).click();
  await expect(page.getByRole('link', { name: 'Open the record' })).toBeVisible();
});

test('[C12] the record shows an N/A split with who chose it and that it was left open, in nobody’s fold', async ({
  left,
}) => {
  const { page, ana, id } = left;
  await agreeOnListening(left);
  expect((await advance(ana, id, 'review')).status).toBe(200);
  await page.goto(`/records/${id}`);
  await expect(page.getByText('1 N/A split was left open.')).toBeVisible();
  const section = page.locator('section').filter({ has: page.getByRole('heading', { name: 'N/A splits' }) });
  await expect(section.getByText('N/A: 1 of 3 (Chloé Martin)')).toBeVisible();
  await expect(section.getByText('Left open: no note and no agreed answer.')).toBeVisible();
  const rest = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'The other questions' }) });
  await expect(rest.getByRole('heading', { level: 3 })).toHaveText(['Agreed closely enough', 'Not compared']);
  await expect(rest.locator('summary').filter({ hasText: 'Explains the escalation' })).toContainText(
    'all N/A',
  );
  await expect(rest.locator('summary').filter({ hasText: 'Asks before the hold' })).toHaveCount(0);
  await expectAccessible(page);
  await picture(page, 'record');
  await page.setViewportSize(phone.viewport);
  await picture(page, 'record-phone');
});

test('[C8b] desk, wall and record tell one mean in one unit, and the threshold in percent', async ({
  left,
  browser,
}) => {
  const { page, ana, id } = left;
  const mean = (of: Page) => of.getByRole('button', { name: /^Mean (?!pairwise)/ }).locator('.number');
  await page.getByRole('navigation', { name: 'Questions of this calibration' }).getByText('Listens').click();
  await expect(mean(page)).toHaveText('2.7');
  await expect(page.getByText('over the threshold of 10 %')).toBeVisible();
  await expect(page.locator('main')).not.toContainText(/\bpoints?\b/);
  await picture(page, 'question');

  const links = await ana.send('POST', `/api/sessions/${id}/links/display`, {});
  const { display } = links.body as { display: { url: string } };
  const screen = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  await screen.goto(display.url);
  await expect(screen.getByRole('definition').first()).toHaveText('2.7');
  await expect(screen.locator('aside')).toContainText(/25\s*%\s*apart, n = 3/);

  await page.getByRole('navigation', { name: 'Questions of this calibration' }).getByText('Probes').click();
  await expect(mean(page)).toHaveText('10 of 10 points');
  await expect(screen.getByRole('definition').first()).toHaveText('10 of 10 points');
  await page.getByRole('navigation', { name: 'Questions of this calibration' }).getByText('Greets').click();
  await expect(mean(page)).toHaveText('100 % passed');
  await expect(screen.getByRole('definition').first()).toHaveText('100 % passed');
  await page.setViewportSize(phone.viewport);
  await picture(page, 'question-phone');

  await agreeOnListening(left);
  await advance(ana, id, 'review');
  await page.goto(`/records/${id}`);
  await expect(page.locator('dd').filter({ hasText: /^10\s%$/ })).toBeVisible();
  const flagged = page.locator('article').filter({ hasText: 'Listens' });
  await expect(mean(page).first()).toHaveText('2.7');
  await expect(flagged.first()).toContainText(/25\s%/);
  await screen.context().close();
});
