// The reveal: from the facilitator's press until the last of the viewers has the board, and whether the server stays ready meanwhile.
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './ask.ts';
import type { Figure } from './figure.ts';
import type { Running } from './running.ts';
import { accepted, type Scoring } from './scoring.ts';
import { Viewers } from './viewers.ts';

const askEveryMs = 100;
/** Whoever has no board by then is counted as left without. */
const longestMs = 30_000;

/** Counts how often the server said that it is not ready, until stopped. */
function watchReady(url: string): { stop(): Promise<number> } {
  let going = true;
  const watching = (async () => {
    let refused = 0;
    while (going) {
      if ((await ask(`${url}/readyz`)).status !== 200) refused += 1;
      await pause(askEveryMs);
    }
    return refused;
  })();
  return {
    stop: () => {
      going = false;
      return watching;
    },
  };
}

/** Everyone has submitted already. */
export async function measureReveal(running: Running, scoring: Scoring): Promise<Figure[]> {
  const { url } = running.app;
  const viewers = await Viewers.seat(url, scoring);
  const ready = watchReady(url);
  try {
    const processorBefore = await running.processorMs();
    const pressedAt = performance.now();
    const { lead, sessionId } = scoring;
    const press = lead.send('POST', `/api/sessions/${sessionId}/transition`, { from: 'scoring' });
    await Promise.all([accepted(press), viewers.untilAllHaveTheBoard(longestMs)]);
    const processor = (await running.processorMs()) - processorBefore;
    const notReady = await ready.stop();
    const lastMs = viewers.without === 0 ? viewers.lastBoardAt - pressedAt : Number.POSITIVE_INFINITY;
    return [
      { what: 'reveal: the last viewer is told', value: viewers.lastToldAt - pressedAt, unit: 'ms' },
      { what: 'reveal: the last viewer has the board', value: lastMs, unit: 'ms', goal: 3_000 },
      { what: `reveal: without it after ${longestMs / 1_000} s`, value: viewers.without, goal: 0 },
      { what: 'reveal: processor', value: processor, unit: 'ms' },
      { what: 'reveal: boards refused', value: viewers.refused, goal: 0 },
      { what: 'reveal: "not ready" answered', value: notReady, goal: 0 },
      { what: 'reveal: the board, as it is sent', value: viewers.boardBytes, unit: 'bytes' },
    ];
  } finally {
    await ready.stop();
    viewers.leave();
  }
}
