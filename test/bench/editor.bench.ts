// What the scorecard editor costs at its largest, 1,000 questions: from what is done in the page until the frame that shows it is
// drawn. `npm run bench -- editor`; prints figures, asserts none.
import { chromium, type Page } from '@playwright/test';
import { startAppProcess, temporaryFolder } from '../support/app-process.ts';
import { launchOptions } from '../support/browser.ts';
import { demoPerson } from '../support/demo.ts';

const sections = 20;
const inSection = 50;

const document = {
  format: 'attune-scorecard/1',
  name: 'Large',
  sections: Array.from({ length: sections }, (_, section) => ({
    id: `s${section}`,
    title: `Section ${section + 1}`,
    questions: Array.from({ length: inSection }, (__, at) => ({
      id: `q${section}-${at}`,
      type: 'rubric',
      prompt: `Question ${section + 1}.${at + 1} asks something of the usual length`,
      guidance: 'Guidance as people write it, in a sentence or two. It says what earns which answer.',
      options: [1, 2, 3, 4].map((points) => ({ id: `o${points}`, label: `Level ${points}`, points })),
    })),
  })),
};

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first();

/** What is done, how often, and by what: each is a click on the control, or a letter more in the field. */
const doings: readonly (readonly [
  what: string,
  times: number,
  control: (page: Page) => ReturnType<typeof button>,
])[] = [
  ['type a letter', 30, (page) => page.getByLabel('Question', { exact: true })],
  ['move a question', 15, (page) => button(page, 'Move down')],
  ['add a question', 10, (page) => button(page, 'Add question to Section 11')],
  ['undo', 10, (page) => button(page, 'Undo')],
];

/** Milliseconds of each, a frame's wait included. */
const measure = async (page: Page, [, times, control]: (typeof doings)[number]): Promise<number[]> => {
  const took: number[] = [];
  for (let at = 0; at < times; at += 1) {
    took.push(
      await control(page).evaluate(async (element) => {
        const start = performance.now();
        if (element instanceof HTMLTextAreaElement) {
          element.value += 'x';
          element.dispatchEvent(new Event('input', { bubbles: true }));
        } else if (element instanceof HTMLElement) element.click();
        await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
        return performance.now() - start;
      }),
    );
  }
  return took.sort((one, other) => one - other);
};

const folder = await temporaryFolder();
const app = await startAppProcess({ dataDir: folder.path, from: 'bundle' });
const browser = await chromium.launch(launchOptions);
try {
  const ana = await demoPerson(app.url, 'Ana');
  const made = await ana.send('POST', '/api/scorecards/import', document);
  if (made.status !== 201) throw new Error(made.text);
  const [name = '', value = ''] = ana.cookie.split(/=(.*)/s);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  await context.addCookies([{ name, value, url: app.url }]);
  const page = await context.newPage();
  await page.goto(`${app.url}/scorecards/${(made.body as { id: string }).id}/edit`);
  await button(page, 'Add question to Section 11').waitFor();
  await page.locator('nav button[aria-current]').filter({ hasText: 'Question 11.11 ' }).click();
  for (const doing of doings) {
    const took = await measure(page, doing);
    const [median, longest] = [took[Math.floor(took.length / 2)], took.at(-1)];
    process.stdout.write(`${doing[0]}: median ${median?.toFixed(0)} ms, longest ${longest?.toFixed(0)} ms\n`);
  }
} finally {
  await browser.close();
  await app.stop();
  await folder.remove();
}
