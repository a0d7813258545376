import { describe, expect, it } from 'vitest';
import { backOffMs, isFinal, type LinkEvent, type LinkState, nextChange, step, wordOf } from './link.ts';

const start = 1_000_000;
const run = (events: readonly [LinkEvent, number][], from: LinkState = { kind: 'idle' }, chance = 0.5) =>
  events.reduce<LinkState>((state, [event, at]) => step(state, event, start + at, chance), from);
const opened: [LinkEvent, number][] = [
  [{ type: 'start' }, 0],
  [{ type: 'opened' }, 50],
];

describe('the connection machine', () => {
  it('[X3] is live from the first open on', () => {
    expect(wordOf(run(opened), start + 60)).toBe('live');
  });

  it('[X3] says nothing of a gap under three seconds, then Reconnecting, then Offline', () => {
    const lost = run([...opened, [{ type: 'closed', code: null }, 10_000]]);
    expect(wordOf(lost, start + 12_999)).toBe('live');
    expect(wordOf(lost, start + 13_000)).toBe('reconnecting');
    expect(wordOf(lost, start + 40_000)).toBe('offline');
  });

  it('[X3] counts the gap from the first loss, however often a try fails', () => {
    const state = run([
      ...opened,
      [{ type: 'closed', code: 1006 }, 10_000],
      [{ type: 'tick' }, 11_000],
      [{ type: 'closed', code: 1006 }, 11_100],
      [{ type: 'tick' }, 13_500],
    ]);
    expect(state.kind).toBe('connecting');
    expect(wordOf(state, start + 13_500)).toBe('reconnecting');
  });

  it('[X3] ends for good on 44xx and on a message too large, and comes again after 45xx, 1012 and lost networks', () => {
    for (const code of [4400, 4401, 4403, 4409, 4499, 1009]) {
      expect(run([...opened, [{ type: 'closed', code }, 100]])).toEqual({ kind: 'ended', code });
    }
    for (const code of [4500, 4503, 4529, 1012, 1006, 1001, null]) {
      expect(run([...opened, [{ type: 'closed', code }, 100]]).kind).toBe('waiting');
    }
    expect(isFinal(null)).toBe(false);
  });

  it('[X3] does not hurry back when the server asked to wait, whatever the network signals', () => {
    const asked = run([...opened, [{ type: 'closed', code: 4503 }, 100]]);
    expect(run([[{ type: 'online' }, 200]], asked)).toEqual(asked);
    expect(run([[{ type: 'visible' }, 200]], asked)).toEqual(asked);
  });

  it('[X3] tries soon when the tab is seen again or the network returns', () => {
    const far: LinkState = {
      kind: 'waiting',
      attempt: 6,
      since: start,
      retryAt: start + 8_000,
      asked: false,
    };
    for (const type of ['visible', 'online'] as const) {
      const next = step(far, { type }, start + 4_000, 0.9);
      expect(next.kind === 'waiting' && next.retryAt).toBeLessThanOrEqual(start + 4_400);
    }
  });

  it('[live 1] gives a socket up that has not opened after ten seconds, and tries another', () => {
    const begun = run([[{ type: 'start' }, 0]]);
    expect(run([[{ type: 'tick' }, 9_999]], begun)).toEqual(begun);
    const waiting = run([[{ type: 'tick' }, 10_000]], begun);
    expect(waiting).toMatchObject({ kind: 'waiting', attempt: 1, since: start });
    expect(run([[{ type: 'tick' }, 11_000]], waiting).kind).toBe('connecting');
  });

  it('[live 1] gives a socket on its way up for a new one when the network returns', () => {
    const begun = run([[{ type: 'start' }, 0]]);
    expect(run([[{ type: 'online' }, 2_000]], begun).kind).toBe('waiting');
    expect(run([[{ type: 'online' }, 100]], run(opened)).kind).toBe('open');
  });

  it('[X3] waits without trying while the browser says it is offline', () => {
    const state = run([...opened, [{ type: 'offline' }, 100], [{ type: 'closed', code: null }, 120]]);
    expect(state.kind).toBe('offline');
    expect(run([[{ type: 'tick' }, 60_000]], state)).toEqual(state);
    expect(wordOf(state, start + 3_200)).toBe('offline');
  });

  it('[X3] backs off further after a connection that opens and closes, and afresh after one that worked', () => {
    const flapping = run([
      ...opened,
      [{ type: 'closed', code: 1006 }, 60],
      [{ type: 'tick' }, 10_000],
      [{ type: 'opened' }, 10_010],
    ]);
    expect(flapping).toEqual({ kind: 'open', attempt: 1 });
    expect(run([[{ type: 'settled' }, 10_020]], flapping)).toEqual({ kind: 'open', attempt: 0 });
  });

  it('[X3] spreads tries over the whole ladder: full jitter, within bounds', () => {
    for (const asked of [false, true]) {
      for (let attempt = 0; attempt < 40; attempt++) {
        const [low, high] = [backOffMs(attempt, asked, 0), backOffMs(attempt, asked, 0.999)];
        expect(low).toBe(asked ? 500 : 100);
        expect(high).toBeGreaterThan(low);
        expect(high).toBeLessThanOrEqual(asked ? 30_000 : 8_000);
      }
    }
  });

  it('[X3] names the next moment at which something changes by itself', () => {
    const lost = run([...opened, [{ type: 'closed', code: null }, 10_000]], undefined, 0.999);
    expect(nextChange(lost, start + 10_000)).toBe(start + 10_400);
    expect(nextChange(run(opened), start)).toBeNull();
    const begun = run([[{ type: 'start' }, 0]]);
    expect(nextChange(begun, start)).toBe(start + 3_000);
    expect(nextChange(begun, start + 3_000)).toBe(start + 10_000);
  });

  it('[X3] stops and starts again at the owner’s word, ended or not', () => {
    const ended = run([...opened, [{ type: 'closed', code: 4401 }, 100]]);
    expect(run([[{ type: 'start' }, 200]], ended).kind).toBe('connecting');
    expect(run([[{ type: 'stop' }, 200]], ended)).toEqual({ kind: 'idle' });
  });
});
