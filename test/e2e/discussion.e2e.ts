// A meeting in review, run by a facilitator with two participants: following, leaving, returning, typing undisturbed; the timer,
// the sweep and its undo; a re-vote sealed until it is revealed. Nobody reloads unless the reload is the point.
import { expect, type Page } from '@playwright/test';
import { reviewOfFive } from '../support/demo.ts';
import { expectAccessible, phone, picture, productTest, type Seat, seat } from '../support/pages.ts';

interface Meeting {
  readonly id: string;
  readonly lead: Seat;
  readonly dmitri: Seat;
  readonly esra: Seat;
}

/** A calibration in review of the test's own, opened by Ana, who facilitates, and by two who scored it, one on a phone. */
const test = productTest.extend<{ meeting: Meeting }>({
  meeting: async ({ browser, product }, use) => {
    const { url } = product.app;
    const { id } = await reviewOfFive(url, 'Five in review');
    const lead = await seat(browser, url, 'Ana', { viewport: { width: 1440, height: 900 } });
    const dmitri = await seat(browser, url, 'Dmitri', { viewport: { width: 1280, height: 800 } });
    const esra = await seat(browser, url, 'Esra', phone);
    const seats = [lead, dmitri, esra];
    for (const { page } of seats) {
      await page.goto(`/calibrations/${id}`);
      await expect(page.getByRole('region', { name: 'The meeting' })).toBeVisible();
    }
    for (const { page } of seats) await expect(page.getByText(/^2 other people are here: /)).toBeAttached();
    await use({ id, lead, dmitri, esra });
    for (const { context } of seats) await context.close();
  },
});

const heading = (page: Page) => page.getByRole('heading', { level: 2 }).first();
const questions = (page: Page) =>
  page.getByRole('navigation', { name: 'Questions of this calibration' }).getByRole('link');

/** The facilitator opens the question in this place of the list, from 0. @returns its words */
async function lead(page: Page, place: number): Promise<string> {
  const link = questions(page).nth(place);
  await link.click();
  await expect(link).toHaveAttribute('aria-current', 'true');
  const prompt = (await heading(page).textContent()) ?? '';
  return prompt;
}

test('[C9] everyone follows the facilitator, leaves by looking elsewhere, and returns with one press', async ({
  meeting,
}) => {
  const [ana, dmitri, esra] = [meeting.lead.page, meeting.dmitri.page, meeting.esra.page];
  const first = await lead(ana, 1);
  await expect(heading(dmitri)).toHaveText(first);
  await expect(heading(esra)).toHaveText(first);
  await expect(dmitri.getByText('Following Ana')).toBeVisible();

  // Who looks at it stands in the list and beside the note; a move is said once, politely.
  await expect(
    ana.getByRole('img', { name: /^2 people look at this: Dmitri Volkov and Esra/ }).first(),
  ).toBeVisible();
  await expect(dmitri.locator('#news-polite')).toContainText(/(^|\. )Ana moved on to question \d+: /, {
    timeout: 8_000,
  });

  // A hidden tab stays, as away.
  const hide = (hidden: boolean) =>
    esra.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await expect(ana.getByText(/^2 other people are here: .*Esra Yılmaz \(away\)/)).toBeAttached();
  await hide(false);
  await expect(ana.getByText(/^2 other people are here: .*Esra Yılmaz$/)).toBeAttached();

  await dmitri.keyboard.press('j');
  await expect(dmitri.getByText(/^Ana is on question \d+$/).filter({ visible: true })).toBeVisible();
  const elsewhere = (await heading(dmitri).textContent()) ?? '';
  expect(elsewhere).not.toBe(first);
  const second = await lead(ana, 2);
  await expect(heading(esra)).toHaveText(second);
  await expect(heading(dmitri)).toHaveText(elsewhere);
  await dmitri.keyboard.press('f');
  await expect(heading(dmitri)).toHaveText(second);
  await dmitri.getByRole('button', { name: 'Stop' }).click();
  await expect(dmitri.getByRole('button', { name: 'Return' })).toBeVisible();
  await dmitri.getByRole('button', { name: 'Return' }).click();

  // The overview is a place like any other.
  await ana.keyboard.press('o');
  await expect(dmitri.getByRole('table')).toBeVisible();
  await expectAccessible(dmitri);
  await ana.keyboard.press('o');
  await expect(heading(dmitri)).toHaveText(second);

  // The facilitator looks around without dragging anybody.
  await ana.getByRole('button', { name: 'Look around' }).click();
  const alone = await lead(ana, 4);
  await expect(
    ana.getByText(/^Looking around\. Everyone is on question \d+$/).filter({ visible: true }),
  ).toBeVisible();
  await expect(heading(dmitri)).toHaveText(second);
  await ana.getByRole('button', { name: 'Bring everyone here' }).click();
  await expect(heading(dmitri)).toHaveText(alone);
  await expectAccessible(ana);
  await expectAccessible(esra);
});

test('[C9] nobody is pulled out of the note they write: the move waits until the typing is over', async ({
  meeting,
}) => {
  const [ana, dmitri] = [meeting.lead.page, meeting.dmitri.page];
  const before = await lead(ana, 1);
  await expect(heading(dmitri)).toHaveText(before);
  const note = dmitri.getByRole('textbox', { name: /note/i });
  await note.click();
  await dmitri.keyboard.type('Name the step');
  // The others see whose caret it is.
  await expect(ana.locator('.note-caret-name')).toHaveText('Dmitri Volkov');
  const after = await lead(ana, 3);
  await expect(dmitri.getByText(/^Ana moved on to question \d+$/).filter({ visible: true })).toBeVisible();
  await dmitri.keyboard.type(' and by when.');
  await expect(heading(dmitri)).toHaveText(before);
  await expect(note).toHaveText('Name the step and by when.');
  await note.blur();
  await expect(heading(dmitri)).toHaveText(after);
  await expect(dmitri.getByText('Following Ana')).toBeVisible();

  // Or at once, on one press.
  await dmitri.getByRole('textbox', { name: /note/i }).click();
  const later = await lead(ana, 1);
  await dmitri.getByRole('button', { name: 'Go', exact: true }).click();
  await expect(heading(dmitri)).toHaveText(later);
  await expect(dmitri.getByRole('textbox', { name: /note/i })).toHaveText('Name the step and by when.');
});

test('[C9] a timer is seen by all, pauses for all, and is read wherever one looks', async ({ meeting }) => {
  const [ana, dmitri, esra] = [meeting.lead.page, meeting.dmitri.page, meeting.esra.page];
  await lead(ana, 0);
  await ana.getByRole('button', { name: 'Timer', exact: true }).click();
  await ana.getByRole('menuitem', { name: '3 minutes' }).click();
  for (const page of [ana, dmitri, esra])
    await expect(page.getByRole('timer')).toHaveText(/^\s*(3:00|2:5\d)/);
  await dmitri.keyboard.press('j');
  await expect(dmitri.getByRole('timer')).toContainText(/on question \d+/);
  await ana.keyboard.press('t');
  await expect(esra.getByRole('timer')).toContainText('Paused');
  await expect(dmitri.getByRole('timer')).toHaveCount(0);
  await ana.getByRole('button', { name: '+1 min' }).click();
  await expect(esra.getByRole('timer')).toHaveText(/^\s*(4:00|3:5\d)/);
  await ana.getByRole('button', { name: 'Stop the timer' }).click();
  for (const page of [ana, esra]) await expect(page.getByRole('timer')).toHaveCount(0);
  await dmitri.keyboard.press('f');
});

test('[C9] the end of a timer changes its shape for everyone and is said once, and one more minute brings it back', async ({
  meeting,
  product,
}) => {
  const { id } = meeting;
  const [ana, dmitri, esra] = [meeting.lead.page, meeting.dmitri.page, meeting.esra.page];
  const prompt = await lead(ana, 0);
  for (const page of [dmitri, esra]) await expect(heading(page)).toHaveText(prompt);
  const said = (page: Page) =>
    page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const heard: string[] = [];
          const news = document.querySelector('#news-polite');
          new MutationObserver(() => heard.push(news?.textContent ?? '')).observe(news ?? document, {
            childList: true,
            characterData: true,
            subtree: true,
          });
          addEventListener('said-enough', () => resolve(heard), { once: true });
        }),
    );
  const heard = Promise.all([dmitri, esra].map(said));
  const timer = async (action: object) => {
    const { discussion } = (
      (await (await meeting.lead.context.request.get(`/api/sessions/${id}`)).json()) as {
        shared: { discussion: { focusQuestionId: string } };
      }
    ).shared;
    const reply = await meeting.lead.context.request.post(`/api/sessions/${id}/timer`, {
      data: { questionId: discussion.focusQuestionId, action },
      headers: { Origin: product.app.url },
    });
    expect(reply.status()).toBe(200);
  };
  await timer({ kind: 'start', durationMs: 10_000 });
  for (const page of [ana, dmitri, esra]) await expect(page.getByRole('timer')).toHaveText(/^\s*0:\d\d/);
  for (const page of [ana, dmitri, esra])
    await expect(page.getByRole('timer')).toHaveText('Time is up', { timeout: 15_000 });
  for (const page of [dmitri, esra])
    await expect(page.locator('#news-polite')).toContainText(/Time is up for question \d+\./);
  await ana.getByRole('button', { name: '+1 min' }).click();
  for (const page of [ana, dmitri, esra])
    await expect(page.getByRole('timer')).toHaveText(/^\s*(1:00|0:5\d)/);
  await ana.getByRole('button', { name: 'Stop the timer' }).click();
  for (const page of [ana, dmitri, esra]) await expect(page.getByRole('timer')).toHaveCount(0);
  for (const page of [dmitri, esra]) await page.evaluate(() => dispatchEvent(new Event('said-enough')));
  for (const sentences of await heard) expect(sentences.join(' ').match(/Time is up/g)).toHaveLength(1);
});

test('[C9 C11] one key walks the flagged questions that are left, and the list of them leads to each', async ({
  meeting,
}) => {
  const [ana, dmitri] = [meeting.lead.page, meeting.dmitri.page];
  const trigger = ana.getByRole('button', { name: /^\d+ to resolve$/ });
  const list = ana.locator('[popover]:popover-open');
  await trigger.click();
  await expect(list.getByText('To resolve', { exact: true })).toBeVisible();
  await expectAccessible(ana);
  const flagged = list.getByRole('link').filter({ has: ana.getByRole('img', { name: 'Flagged' }) });
  const addresses = await flagged.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  expect(addresses.length).toBeGreaterThan(1);
  await flagged.last().click();
  await expect(list).toHaveCount(0);
  await expect(ana).toHaveURL(new RegExp(`${addresses.at(-1)}$`));
  await expect(heading(dmitri)).toHaveText((await heading(ana).textContent()) ?? '');

  // Round the end, through all that are left and nothing else; the others come along.
  for (const next of addresses) {
    await ana.keyboard.press('n');
    await expect(ana).toHaveURL(new RegExp(`${next}$`));
    await expect(heading(dmitri)).toHaveText((await heading(ana).textContent()) ?? '');
  }
});

test('[C9] who might speak first is named until the facilitator turns it off, for everyone at once', async ({
  meeting,
}) => {
  const [ana, dmitri, esra] = [meeting.lead.page, meeting.dmitri.page, meeting.esra.page];
  const prompt = await lead(ana, 0);
  const everyone = [ana, dmitri, esra];
  for (const page of everyone) await expect(heading(page)).toHaveText(prompt);
  const named = (page: Page) => page.getByText(/Might speak first:/);
  for (const page of everyone) await expect(named(page)).toBeVisible();
  const turn = async () => {
    await ana.getByRole('button', { name: 'Meeting options' }).click();
    await ana.getByRole('menuitemcheckbox', { name: 'Name who might speak first' }).click();
  };
  await turn();
  for (const page of everyone) await expect(named(page)).toHaveCount(0);
  await dmitri.reload();
  await expect(heading(dmitri)).toHaveText(prompt);
  await expect(named(dmitri)).toHaveCount(0);
  await turn();
  for (const page of everyone) await expect(named(page)).toBeVisible();
});

test('[C9] unanimous questions are agreed on in one press, and taken back in one', async ({ meeting }) => {
  const [ana, dmitri] = [meeting.lead.page, meeting.dmitri.page];
  const sweep = ana.getByRole('button', { name: /^Agree on \d+ unanimous answers?$/ });
  const count = Number(/\d+/.exec((await sweep.textContent()) ?? '')?.[0]);
  const resolved = () => questions(dmitri).getByLabel('Resolved').count();
  const before = await resolved();
  await sweep.click();
  await expect.poll(resolved).toBe(before + count);
  await expect(sweep).toHaveCount(0);
  await expect(ana.getByRole('button', { name: `Undo agreeing on ${count}` })).toBeVisible();
  await ana.locator('h1').click();
  await ana.keyboard.press('u');
  await expect.poll(resolved).toBe(before);
  await expect(sweep).toBeVisible();

  // The focus comes back the same way.
  const from = await lead(ana, 0);
  const to = await lead(ana, 2);
  await expect(heading(dmitri)).toHaveText(to);
  await ana.getByRole('button', { name: /^Back to question \d+$/ }).click();
  await expect(heading(ana)).toHaveText(from);
  await expect(heading(dmitri)).toHaveText(from);
});

test('[C9] the facilitator agrees on an answer and gives a cause with two keys each', async ({ meeting }) => {
  const [ana, dmitri] = [meeting.lead.page, meeting.dmitri.page];
  await lead(ana, 2);
  await ana.locator('h1').click();
  await ana.keyboard.press('a');
  await expect(ana.getByRole('region', { name: 'Agreed answer' })).toBeVisible();
  await expectAccessible(ana);
  await ana.keyboard.press('3');
  await ana.keyboard.press('c');
  await ana.keyboard.press('1');
  await expect(ana.getByRole('region', { name: 'Why we differed' })).toHaveCount(0);
  await expect(dmitri.getByText('Why we differed: Wording of the question')).toBeVisible();
  await expect(
    ana.getByRole('group', { name: 'Agreed answer' }).getByRole('radio', { name: '3' }),
  ).toBeChecked();
});

test('[J3] names hidden for everybody become letters at once, and come back', async ({
  meeting,
  product,
}) => {
  const { id } = meeting;
  const [ana, dmitri] = [meeting.lead.page, meeting.dmitri.page];
  await lead(ana, 0);
  const setNames = async (names: string) => {
    const reply = await meeting.lead.context.request.put(`/api/sessions/${id}/names`, {
      data: { names },
      headers: { Origin: product.app.url },
    });
    expect(reply.status()).toBe(200);
  };
  const board = dmitri.getByRole('article');
  await expect(board.getByText('Chloé Martin').first()).toBeVisible();
  await setNames('hidden');
  await expect(board.getByText(/^Evaluator [A-E]$/).first()).toBeVisible();
  await expect(board.getByText('You', { exact: true }).first()).toBeVisible();
  await expect(board.getByText('Chloé Martin')).toHaveCount(0);
  await setNames('shown');
  await expect(board.getByText('Chloé Martin').first()).toBeVisible();
});

test('[C13] a re-vote is sealed until it is revealed, and stands beside the first answers afterwards', async ({
  meeting,
}) => {
  const [ana, dmitri, esra] = [meeting.lead.page, meeting.dmitri.page, meeting.esra.page];
  const prompt = await lead(ana, 2);
  await expect(heading(esra)).toHaveText(prompt);
  await ana.getByRole('button', { name: 'Re-vote', exact: true }).click();
  await ana.getByRole('dialog').getByRole('button', { name: 'Re-vote' }).click();
  for (const page of [dmitri, esra]) {
    await expect(page.getByRole('heading', { name: 'Re-vote' })).toBeVisible();
    await expect(page.getByText(/^Demo: anyone can sign in as you/)).toBeVisible();
  }
  // What was answered and agreed before would sway the votes: it is folded away, on everyone's screen.
  for (const page of [ana, dmitri, esra]) {
    await expect(page.getByText('First answers', { exact: true })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Agreed answer' })).toBeHidden();
    await expect(page.locator('.groups')).toBeHidden();
  }
  await picture(ana, 're-vote at the desk');
  await picture(esra, 're-vote on a phone');
  await expectAccessible(esra);
  await expect(ana.getByRole('button', { name: 'Reveal votes' })).toBeDisabled();

  // By keys at the desk, by touch on the phone; changed until the reveal, and there again after a reload.
  await dmitri.locator('h1').click();
  await dmitri.keyboard.press('3');
  await dmitri.keyboard.press('v');
  await expect(dmitri.getByText('Sealed', { exact: true })).toBeVisible();
  const vote = esra.getByRole('group', { name: 'Re-vote' });
  await vote.getByRole('radio', { name: /^4/ }).tap();
  await esra.getByRole('button', { name: 'Vote', exact: true }).tap();
  await expect(esra.getByText('Sealed', { exact: true })).toBeVisible();
  await vote.getByRole('radio', { name: /^3/ }).tap();
  await esra.getByRole('button', { name: 'Change vote' }).tap();
  await expect(esra.getByText('Sealed', { exact: true })).toBeVisible();
  await esra.reload();
  await expect(vote.getByRole('radio', { name: /^3/ })).toBeChecked();
  await expect(esra.getByText('Sealed', { exact: true })).toBeVisible();

  // Everyone sees who has voted; a vote pressed while the network is away is sealed when it is back.
  await expect(ana.getByText('2 of 5 voted')).toBeVisible();
  await vote.getByRole('radio', { name: /^4/ }).tap();
  await meeting.esra.context.setOffline(true);
  await esra.getByRole('button', { name: 'Change vote' }).tap();
  await expect(esra.locator('#main').getByText(/Not sealed yet/)).toBeVisible();
  await meeting.esra.context.setOffline(false);
  await expect(esra.getByText('Sealed', { exact: true })).toBeVisible({ timeout: 20_000 });

  // Three have not come: the facilitator goes on without them, after a word.
  await ana.getByRole('button', { name: /^Reveal without / }).click();
  await expect(ana.getByRole('dialog')).toContainText(
    'have not voted and will be missing from this round, n = 2',
  );
  await ana.getByRole('dialog').getByRole('button', { name: 'Reveal votes' }).click();
  for (const page of [ana, dmitri, esra]) {
    await expect(page.getByRole('heading', { name: 'Second round, n = 2' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'First round, n = 5' })).toBeVisible();
    await expect(page.getByText(/^Did not vote: /)).toBeVisible();
  }
  await expectAccessible(ana);
  await expectAccessible(esra);

  // Called off, a third round leaves nothing behind.
  await ana.getByRole('button', { name: 'Re-vote', exact: true }).click();
  await ana.getByRole('dialog').getByRole('button', { name: 'Re-vote' }).click();
  await expect(dmitri.getByRole('heading', { name: 'Re-vote' })).toBeVisible();
  await ana.getByRole('button', { name: 'Call off' }).click();
  await ana.getByRole('dialog').getByRole('button', { name: 'Call off' }).click();
  await expect(dmitri.getByRole('heading', { name: 'Re-vote' })).toHaveCount(0);
  await expect(dmitri.getByRole('heading', { name: 'Third round' })).toHaveCount(0);
});
