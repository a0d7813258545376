import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameQueue, longestDebtMs } from './frame-queue.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/**
 * A queue and how it went: whether its socket is read now, what was handled, when it was given up.
 *
 * @param costMs what handling a frame takes
 * @param ofProcessor whether it takes that of the processor, and does not only last so long
 */
function queueFor(costMs = 0, ofProcessor = true) {
  let usedMs = 0;
  vi.spyOn(process, 'cpuUsage').mockImplementation((before) => ({
    user: usedMs * 1_000 - (before?.user ?? 0),
    system: 0,
  }));
  const from = performance.now();
  const seen = { isRead: true, handled: 0, givenUpMs: null as number | null };
  const socket = {
    pause: () => {
      seen.isRead = false;
    },
    resume: () => {
      seen.isRead = true;
    },
  };
  const opened = new FrameQueue(
    socket,
    () => {
      seen.handled += 1;
      if (ofProcessor) usedMs += costMs;
      if (costMs > 0) vi.advanceTimersByTime(costMs);
    },
    () => {
      seen.givenUpMs ??= performance.now() - from;
      opened.close();
    },
  );
  return { opened, seen };
}

describe('a frame queue', () => {
  it('[live 3] gives a flood up after ten seconds of debt, also where each read brings no more than one large frame', () => {
    const { opened, seen } = queueFor();
    const frame = new Uint8Array(128 * 1024);
    for (let ms = 0; ms < 30_000 && seen.givenUpMs === null; ms += 10) {
      if (seen.isRead) opened.push(frame);
      vi.advanceTimersByTime(10);
    }
    expect(seen.givenUpMs).toBeGreaterThan(longestDebtMs);
    expect(seen.givenUpMs).toBeLessThan(longestDebtMs + 2_000);
    // A burst of 1 MiB, and 256 KiB a second.
    expect(seen.handled).toBeLessThan(8 + 2 * 12 + 2);
  });

  it('[live 3] slows what costs more than 20 ms of processor a second, then gives it up, few and small as its frames are', () => {
    const { opened, seen } = queueFor(30);
    const from = performance.now();
    const frame = new Uint8Array(300);
    while (performance.now() - from < 30_000 && seen.givenUpMs === null) {
      if (seen.isRead) opened.push(frame);
      vi.advanceTimersByTime(200);
    }
    expect(seen.givenUpMs).toBeGreaterThan(longestDebtMs);
    expect(seen.givenUpMs).toBeLessThan(longestDebtMs + 4_000);
    // A burst of 200 ms, and 20 ms a second.
    expect(seen.handled * 30).toBeLessThan(200 + 20 * 14 + 2 * 30);
  });

  it('[live 3] does not charge anyone for a machine that was busy, or a disk that was frozen', () => {
    const { opened, seen } = queueFor(30, false);
    const from = performance.now();
    while (performance.now() - from < 30_000) {
      if (seen.isRead) opened.push(new Uint8Array(300));
      vi.advanceTimersByTime(200);
    }
    expect(seen.givenUpMs).toBeNull();
    expect(seen.handled).toBeGreaterThan(100);
  });

  it('[live 3] bears a burst beyond its budget, and a sender just below the rate for as long as they like', () => {
    const { opened, seen } = queueFor();
    const frame = new Uint8Array(40);
    for (let count = 0; count < 260; count += 1) opened.push(frame);
    expect(seen.isRead).toBe(false);
    // Some 55 a second.
    for (let ms = 0; ms < 120_000; ms += 18) {
      opened.push(frame);
      vi.advanceTimersByTime(18);
    }
    expect(seen.givenUpMs).toBeNull();
    expect(seen.isRead).toBe(true);
  });
});
