import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changed, type History, historyOf, paused, redone, undone } from './history.ts';

const typed = (history: History<string>, value: string, when: number, field = 'prompt') =>
  changed(history, value, { at: 'q', field, when });
const back = (history: History<string>) => undone(history)?.[0] ?? history;

describe('undo and redo', () => {
  it('[E11] typing on in one field is one step; another field, or a pause, begins the next', () => {
    let history = typed(typed(historyOf('a'), 'ab', 0), 'abc', 900);
    expect(back(history).present).toBe('a');
    history = typed(history, 'abcd', 900, 'guidance');
    expect(back(history).present).toBe('abc');
    history = typed(history, 'abcde', 9_000, 'guidance');
    expect(back(history).present).toBe('abcd');
    history = typed(paused(history), 'abcdef', 9_001, 'guidance');
    expect(back(history).present).toBe('abcde');
  });

  it('[E11] after an undo, typing in the same field is a step of its own, and what was undone is gone', () => {
    const history = typed(back(typed(typed(historyOf('a'), 'ab', 0), 'x', 9_000)), 'ac', 9_100);
    expect([back(history).present, redone(history)]).toEqual(['ab', null]);
  });

  it('[E11] leads back to what was in hand', () => {
    const history = changed(historyOf('a'), 'b', { at: 'q1', when: 0 });
    expect(undone(history)?.[1]).toBe('q1');
    expect(redone(back(history))?.[1]).toBe('q1');
    expect(undone(historyOf('a'))).toBeNull();
  });

  it('[E11] all of it undone is what was at first, all of it redone what was at last', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 50 }), (values) => {
        const first = historyOf('first');
        const last = values.reduce((history, value) => changed(history, value, { at: '', when: 0 }), first);
        let at = last;
        for (let step = undone(at); step; step = undone(at)) at = step[0];
        expect(at.present).toBe('first');
        for (let step = redone(at); step; step = redone(at)) at = step[0];
        expect(at.present).toBe(last.present);
      }),
    );
  });
});
