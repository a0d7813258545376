import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speakFirst, sweepable } from '../board-reading.ts';
import { buildBoard } from '../build-board.ts';
import { binary, na, pass, scale, scorecardOf, value } from '../questions.fixture.ts';
import type { Command } from './command.ts';
import { codeOf, now, run, sessionIn } from './session.fixture.ts';
import type { InReview, Session } from './state.ts';
import { longestTimerMs, timeLeftMs } from './timer.ts';

const at = (seconds: number) => new Date(new Date(now).getTime() + seconds * 1000).toISOString();
const nowMs = (seconds: number) => new Date(at(seconds)).getTime();

/** The session after the commands, each given at its second. */
function after(session: Session, ...commands: [seconds: number, command: Command][]): InReview {
  let state = session;
  for (const [seconds, command] of commands) {
    const ran = run(state, command, { at: at(seconds) });
    if (!ran.ok) throw new Error(ran.refusal.code);
    state = ran.session;
  }
  if (state.status !== 'review') throw new Error('not in review');
  return state;
}
const refusal = (session: Session, command: Command) => codeOf(run(session, command));
const focus = (questionId: string | null): Command => ({ type: 'focus', questionId });
const timer = (questionId: string, action: Extract<Command, { type: 'timer' }>['action']): Command => ({
  type: 'timer',
  questionId,
  action,
});
const start = { kind: 'start', durationMs: 120_000 } as const;
const review = sessionIn('review');

describe('the focus', () => {
  it('[C9] moves to any question of the scorecard and back to the overview, and can be undone step by step', () => {
    const moved = after(review, [0, focus('a')], [1, focus('b')]);
    expect(moved.discussion.focusQuestionId).toBe('b');
    const back = after(moved, [2, { type: 'undo', kind: 'focus' }]);
    expect(back.discussion.focusQuestionId).toBe('a');
    const first = after(back, [3, { type: 'undo', kind: 'focus' }]);
    expect(first.discussion).toMatchObject({ focusQuestionId: null, undo: [] });
    expect(refusal(first, { type: 'undo', kind: 'focus' })).toBe('nothing-to-undo');
    expect(refusal(review, focus('zzz'))).toBe('unknown-question');
  });

  it('[C9] the same question again changes nothing, and is nothing to undo', () => {
    expect(run(after(review, [0, focus('a')]), focus('a'))).toMatchObject({ ok: true, events: [] });
  });

  it('[C9] is for the review alone', () => {
    for (const status of ['draft', 'scoring', 'resolved', 'closed'] as const) {
      expect(refusal(sessionIn(status), focus('a'))).toBe('wrong-status');
    }
  });
});

describe('the timer', () => {
  it('[C9] runs, pauses with what is left, resumes, extends, stops', () => {
    const running = after(review, [0, timer('a', start)]);
    expect(running.discussion.timers).toEqual([
      { questionId: 'a', durationMs: 120_000, state: 'running', endsAt: at(120) },
    ]);
    const paused = after(running, [50, timer('a', { kind: 'pause' })]);
    expect(paused.discussion.timers).toEqual([
      { questionId: 'a', durationMs: 120_000, state: 'paused', leftMs: 70_000 },
    ]);
    const longer = after(
      paused,
      [80, timer('a', { kind: 'extend', byMs: 60_000 })],
      [90, timer('a', { kind: 'resume' })],
    );
    expect(longer.discussion.timers).toEqual([
      { questionId: 'a', durationMs: 180_000, state: 'running', endsAt: at(220) },
    ]);
    expect(after(longer, [91, timer('a', { kind: 'stop' })]).discussion.timers).toEqual([]);
  });

  it('[C9] one that is over is extended from now on', () => {
    const over = after(review, [0, timer('a', start)], [500, timer('a', { kind: 'extend', byMs: 60_000 })]);
    expect(over.discussion.timers[0]).toMatchObject({ state: 'running', endsAt: at(560) });
  });

  it('[C9] pauses when the focus leaves its question, and when another starts', () => {
    const left = after(review, [0, focus('a')], [0, timer('a', start)], [30, focus('b')]);
    expect(left.discussion.timers[0]).toMatchObject({ questionId: 'a', state: 'paused', leftMs: 90_000 });
    const both = after(left, [31, timer('a', { kind: 'resume' })], [41, timer('b', start)]);
    expect(both.discussion.timers.filter(({ state }) => state === 'running')).toHaveLength(1);
    expect(both.discussion.timers.find(({ questionId }) => questionId === 'a')).toMatchObject({
      leftMs: 80_000,
    });
  });

  it('[C9] refuses what cannot be: no timer, a time too short or too long', () => {
    expect(refusal(review, timer('a', { kind: 'pause' }))).toBe('no-timer');
    expect(refusal(review, timer('zzz', start))).toBe('unknown-question');
    for (const durationMs of [0, 9_999, longestTimerMs + 1, 1.5, Number.NaN]) {
      expect(refusal(review, timer('a', { kind: 'start', durationMs }))).toBe('illegal-duration');
    }
    const running = after(review, [0, timer('a', start)]);
    expect(refusal(running, timer('a', { kind: 'extend', byMs: longestTimerMs }))).toBe('illegal-duration');
  });

  it('[C9] whatever is pressed, at most one runs and none has more left than it was set to', () => {
    const press = fc.record({
      questionId: fc.constantFrom('a', 'b'),
      gap: fc.integer({ min: 0, max: 100 }),
      action: fc.constantFrom<Extract<Command, { type: 'timer' }>['action']>(
        start,
        { kind: 'pause' },
        { kind: 'resume' },
        { kind: 'stop' },
        { kind: 'extend', byMs: 60_000 },
      ),
    });
    fc.assert(
      fc.property(fc.array(press, { maxLength: 15 }), (presses) => {
        let seconds = 0;
        let state: Session = review;
        for (const { questionId, gap, action } of presses) {
          seconds += gap;
          const ran = run(state, timer(questionId, action), { at: at(seconds) });
          if (ran.ok) state = ran.session;
        }
        const timers = state.status === 'review' ? state.discussion.timers : [];
        expect(timers.filter((one) => one.state === 'running').length).toBeLessThanOrEqual(1);
        for (const one of timers) expect(timeLeftMs(one, nowMs(seconds))).toBeLessThanOrEqual(one.durationMs);
      }),
    );
  });
});

describe('sweeping', () => {
  const scorecard = scorecardOf(scale('a', 0, 10), binary('b'), binary('c'), binary('d'));
  const sheet = (a: number, d: typeof pass | typeof na) => ({
    a: { answer: value(a), comment: '', evidence: [] },
    b: { answer: pass, comment: '', evidence: [] },
    c: { answer: na, comment: '', evidence: [] },
    d: { answer: d, comment: '', evidence: [] },
  });
  const board = buildBoard({
    scorecard,
    thresholdHundredths: 1_000,
    participants: [
      { id: 'p1', sheet: sheet(2, pass) },
      { id: 'p2', sheet: sheet(9, na) },
      { id: 'p3', sheet: sheet(5, pass) },
    ],
  });

  it('[C9] takes what everyone who answered gave alike, and nothing that was N/A, split or is agreed already', () => {
    expect(sweepable(board, [])).toEqual([{ questionId: 'b', agreed: pass }]);
    const settled = { questionId: 'b', agreed: na, cause: null, noted: false };
    expect(sweepable(board, [settled])).toEqual([]);
  });

  it('[C9] undoing a sweep leaves what was changed by hand since', () => {
    // On this session's own board everyone answered `b` alike.
    const swept = after(review, [0, { type: 'sweep' }]);
    expect(swept.resolutions.map(({ questionId, agreed }) => [questionId, agreed])).toEqual([['b', pass]]);
    const change = { type: 'agree', questionId: 'b', agreed: na, cause: 'wording' } as const;
    for (const [changes, expected] of [
      [[], null],
      [[change], na],
    ] as const) {
      const undone = after(swept, ...changes.map((command): [number, Command] => [1, command]), [
        2,
        { type: 'undo', kind: 'sweep' },
      ]);
      expect(undone.resolutions.map(({ agreed }) => agreed)).toEqual([expected]);
    }
    expect(refusal(swept, { type: 'sweep' })).toBe('nothing-to-sweep');
  });

  it('[C9] a focus that came between is not undone in the place of a sweep', () => {
    const moved = after(review, [0, { type: 'sweep' }], [1, focus('a')]);
    expect(refusal(moved, { type: 'undo', kind: 'sweep' })).toBe('nothing-to-undo');
  });

  it('[C9] the highest and the lowest might speak first, on flagged questions alone', () => {
    const [a, b] = board.questions;
    expect(a && speakFirst(a)).toEqual({ highest: ['p2'], lowest: ['p1'] });
    expect(b && speakFirst(b)).toBeNull();
  });
});
