import { describe, expect, it } from 'vitest';
import { Liveness } from './liveness.svelte.ts';

/** A server that answers at once, until it falls silent. */
function lineTo() {
  const line = {
    isOpen: true,
    heardAt: 0,
    now: 0,
    answers: true,
    asked: 0,
    givenUp: 0,
    ask: () => {
      line.asked += 1;
      if (line.answers) line.heardAt = line.now;
    },
    giveUp: () => {
      line.givenUp += 1;
      line.isOpen = false;
    },
  };
  const liveness = new Liveness(line, 0);
  const run = (fromMs: number, toMs: number) => {
    for (line.now = fromMs; line.now <= toMs; line.now += 1_000) liveness.tick(line.now);
  };
  return { line, liveness, run };
}

describe('what the meeting screen calls live', () => {
  it('[J4] is what the server confirms every second', () => {
    const { line, liveness, run } = lineTo();
    liveness.caughtUp(0);
    run(1_000, 60_000);
    expect(liveness.staleSince).toBeNull();
    expect(line.asked).toBeGreaterThanOrEqual(60);
    expect(line.givenUp).toBe(0);
  });

  it('[J4] ends three seconds after the last word, also where the network died without one', () => {
    const { line, liveness, run } = lineTo();
    liveness.caughtUp(0);
    run(1_000, 10_000);
    line.answers = false;
    run(11_000, 13_000);
    expect(liveness.staleSince).toBeNull();
    run(14_000, 14_000);
    expect(liveness.staleSince).toBe(10_000);
    expect(line.givenUp).toBe(0);
    run(15_000, 18_000);
    expect(line.givenUp).toBe(1);
  });

  it('[J4] begins again only once everything was told anew', () => {
    const { line, liveness, run } = lineTo();
    liveness.caughtUp(0);
    line.isOpen = false;
    run(1_000, 5_000);
    expect(liveness.staleSince).not.toBeNull();
    line.isOpen = true;
    run(6_000, 8_000);
    expect(liveness.staleSince).not.toBeNull();
    liveness.caughtUp(8_000);
    expect(liveness.staleSince).toBeNull();
  });

  it('[J4] is not what was announced and could not be fetched', () => {
    const { line, liveness } = lineTo();
    liveness.caughtUp(0);
    for (line.now = 1_000; line.now <= 5_000; line.now += 1_000) liveness.tick(line.now, false);
    expect(liveness.staleSince).not.toBeNull();
    liveness.tick(6_000, true);
    expect(liveness.staleSince).toBeNull();
  });
});
