import type { QuestionTimer } from '@attune/domain';
import { describe, expect, it, vi } from 'vitest';
import { ServerClock } from '../app/clock.svelte.ts';
import { Timers } from './timer.svelte.ts';

const at = Date.parse('2026-11-23T14:00:00.000Z');
const instant = (ms: number) => new Date(ms).toISOString();

const quiet = { focusQuestionId: null, speakFirst: false, undo: null };

function fake(timers: QuestionTimer[] = []) {
  const session = { shared: { discussion: { ...quiet, timers } }, clock: { nowMs: at } };
  const usual = { timerMs: null as number | null, choose: vi.fn() };
  const acts = { send: vi.fn(async () => null), ended: vi.fn() };
  return { session, usual, acts, timers: new Timers(session, usual, acts) };
}

const running = (leftMs: number): QuestionTimer => ({
  questionId: 'q1',
  durationMs: 180_000,
  state: 'running',
  endsAt: instant(at + leftMs),
});

describe('a discussion timer', () => {
  it('[C9] runs by the server’s clock, and is over when its end has passed', () => {
    const { session, timers } = fake([running(61_000)]);
    expect(timers.of('q1')).toMatchObject({ state: 'running', leftMs: 61_000 });
    session.clock.nowMs = at + 61_000;
    expect(timers.of('q1')).toMatchObject({ state: 'over', leftMs: 0 });
    expect(timers.of('q2')).toBeNull();
    // Paused by a move of the focus after it ran out, it is still over.
    session.shared.discussion.timers = [
      { questionId: 'q1', durationMs: 180_000, state: 'paused', leftMs: 0 },
    ];
    expect(timers.of('q1')).toMatchObject({ state: 'over' });
  });

  it('[C9] tells its end once, and only to who saw it run', () => {
    const { session, acts, timers } = fake([running(1_000)]);
    timers.watch();
    session.clock.nowMs += 1_000;
    timers.watch();
    timers.watch();
    expect(acts.ended).toHaveBeenCalledExactlyOnceWith('q1');
    const late = fake([running(-1)]);
    late.timers.watch();
    expect(late.acts.ended).not.toHaveBeenCalled();
  });

  it('[C9] offers what was last used first, and keeps what is started', () => {
    const { usual, acts, timers } = fake();
    expect(timers.choicesMs).toEqual([120_000, 180_000, 300_000]);
    usual.timerMs = 300_000;
    expect(timers.choicesMs).toEqual([300_000, 120_000, 180_000]);
    timers.press('q1');
    expect(acts.send).toHaveBeenLastCalledWith('q1', { kind: 'start', durationMs: 300_000 });
    expect(usual.choose).toHaveBeenCalledWith({ timerMs: 300_000 });
  });

  it('[C9] pauses, goes on and starts anew with one key', () => {
    const { session, acts, timers } = fake([running(5_000)]);
    timers.press('q1');
    expect(acts.send).toHaveBeenLastCalledWith('q1', { kind: 'pause' });
    session.shared.discussion.timers = [
      { questionId: 'q1', durationMs: 1_000, state: 'paused', leftMs: 500 },
    ];
    timers.press('q1');
    expect(acts.send).toHaveBeenLastCalledWith('q1', { kind: 'resume' });
  });
});

describe('the server’s clock', () => {
  it('[C9] takes the word that travelled fastest, and forgets the old ones after a new snapshot', () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(1_000);
    const clock = new ServerClock();
    clock.hear(instant(at), true);
    expect(clock.nowMs).toBe(at);
    now.mockReturnValue(2_000);
    clock.hear(instant(at + 400));
    expect(clock.nowMs).toBe(at + 1_000);
    clock.hear(instant(at + 1_200));
    expect(clock.nowMs).toBe(at + 1_200);
    clock.hear(instant(at + 900), true);
    expect(clock.nowMs).toBe(at + 900);
    now.mockRestore();
  });
});
