// What a large session costs, beside an earlier commit where one is named: the board, the reveal, "Saved", and a facilitator's clicks.
// `npm run bench -- session --against 2b80d4d`; prints figures and the goals, asserts none.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureBoard } from './board.ts';
import { checkOut, thisVersion, type Version } from './checkout.ts';
import { leastQuestions, measureClicks } from './clicks.ts';
import { type Figure, tableOf } from './figure.ts';
import { measureReveal } from './reveal.ts';
import { Running } from './running.ts';
import { measureSaved } from './saved.ts';
import { accepted, openScoring } from './scoring.ts';
import { Sheets } from './sheets.ts';

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    people: { type: 'string', default: '200' },
    questions: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '40' },
  },
});
const [people, questions, seconds] = [values.people, values.questions, values.seconds].map(Number);
if (!people || !questions || !seconds || questions < leastQuestions)
  throw new Error(`people and seconds are numbers above 0, questions ${leastQuestions} or more`);
const size = { people, questions, seconds };

const say = (words: string) => process.stderr.write(`${words}\n`);

async function measure(version: Version, { people, questions, seconds }: typeof size): Promise<Figure[]> {
  const doing = (what: string) =>
    say(`${version.name}: ${what} (load ${loadavg()[0]?.toFixed(1)}, ${Math.round(process.uptime())} s)`);
  doing('the board');
  const board = await measureBoard(version, people, questions);
  doing('sign-ins');
  const running = await Running.start(version);
  try {
    const scoring = await openScoring(running, people, questions);
    doing('saved');
    const sheets = await Sheets.open(running.app.url, scoring.evaluators);
    const saved = await measureSaved(running, sheets, people, seconds);
    doing('submissions');
    await sheets.fillIn(questions);
    sheets.close();
    for (const evaluator of scoring.evaluators)
      await accepted(evaluator.send('POST', `/api/sessions/${scoring.sessionId}/submission`, {}));
    doing('the reveal');
    const reveal = await measureReveal(running, scoring);
    doing('clicks');
    const clicks = await measureClicks(running, scoring);
    return [...board, ...saved, ...reveal, ...clicks];
  } finally {
    await running.close();
  }
}

// The stock provider listens for the end of the process, once each.
process.setMaxListeners(4 * size.people);
const earlier = values.against === undefined ? null : await checkOut(values.against);
try {
  const before = earlier && (await measure(earlier, size));
  const now = await measure(thisVersion, size);
  process.stdout.write(`${people} people, ${questions} questions\n\n${tableOf(now, before)}`);
} finally {
  await earlier?.remove();
}
