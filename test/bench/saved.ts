// "Saved": everyone answers a question every ten seconds; how long each answer waits until it is durable, and what it costs.
import { setTimeout as pause } from 'node:timers/promises';
import { type Figure, quantile } from './figure.ts';
import type { Running } from './running.ts';
import type { Sheets } from './sheets.ts';

const everyMs = 10_000;

/** @param seconds for how long they answer */
export async function measureSaved(
  running: Running,
  sheets: Sheets,
  people: number,
  seconds: number,
): Promise<Figure[]> {
  const answers = Math.floor((seconds * 1_000 * people) / everyMs);
  sheets.savedMs.length = 0;
  const before = await running.processorMs();
  const from = performance.now();
  for (let answer = 0; answer < answers; answer += 1) {
    const early = from + (answer * everyMs) / people - performance.now();
    if (early > 0) await pause(early);
    sheets.answer(answer % people, Math.floor(answer / people));
  }
  await sheets.untilSaved();
  const used = (await running.processorMs()) - before;
  const at = (part: number) => quantile(sheets.savedMs, part);
  return [
    { what: 'saved: an answer is durable, median', value: at(0.5), unit: 'ms', goal: 50 },
    { what: 'saved: an answer is durable, 99 %', value: at(0.99), unit: 'ms', goal: 300 },
    { what: 'saved: processor of an answer', value: used / answers, unit: 'ms', goal: 6 },
  ];
}
