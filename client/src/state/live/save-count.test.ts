import { describe, expect, it } from 'vitest';
import { SaveCount, withCopy } from './save-count.ts';

const opened = () => {
  const count = new SaveCount();
  count.opened();
  count.sent(true);
  count.stored(1);
  return count;
};

describe('saying Saved', () => {
  it('[X3] says nothing before something is typed', () => {
    expect(opened().state).toBe('idle');
  });

  it('[X3] says Saved only when as many messages are stored as were sent', () => {
    const count = opened();
    for (let message = 0; message < 2; message++) {
      count.typed();
      count.sent(false);
    }
    count.stored(2);
    expect(count.state).toBe('saving');
    count.stored(3);
    expect(count.state).toBe('saved');
  });

  it('[X3] calls typing without a connection unkept, and saved once a new connection has carried it', () => {
    const count = opened();
    count.closed(false);
    count.typed();
    expect(count.state).toBe('unkept');
    count.opened();
    expect(count.state).toBe('saving');
    count.sent(true);
    count.stored(1);
    expect(count.state).toBe('saved');
  });

  it('[X3] does not take one new letter for all that was typed while apart', () => {
    const count = opened();
    count.closed(false);
    count.typed();
    count.opened();
    count.typed();
    count.sent(false);
    count.stored(1);
    expect(count.state).toBe('saving');
  });

  it('[X3] does not take an old connection’s count for the new one’s', () => {
    const count = opened();
    count.typed();
    count.sent(false);
    count.closed(false);
    count.opened();
    count.stored(0);
    expect(count.state).toBe('saving');
  });

  it('[X3] says that it was not saved when the server closed for good', () => {
    const count = opened();
    count.typed();
    count.sent(false);
    count.closed(true);
    expect(count.state).toBe('refused');
    const stored = opened();
    stored.typed();
    stored.sent(false);
    stored.stored(2);
    stored.closed(true);
    expect(stored.state).toBe('saved');
  });

  it('[live 1] does not take what was refused for saved, until another connection has carried it', () => {
    const count = opened();
    count.typed();
    count.sent(false);
    count.refused();
    count.stored(2);
    expect(count.state).toBe('refused');
    count.closed(false);
    count.opened();
    count.sent(true);
    count.stored(1);
    expect(count.state).toBe('saved');
  });

  it('[live 1] goes on after a refusal once the server has asked for everything and stored it', () => {
    const count = opened();
    count.typed();
    count.sent(false);
    count.refused();
    count.stored(2);
    // Shortened: that builds on what was refused, so the server asks.
    count.typed();
    count.sent(false);
    expect(count.state).toBe('refused');
    count.sent(true);
    // Not enough: the server refuses all of it.
    count.refused();
    count.stored(4);
    expect(count.state).toBe('refused');
    count.typed();
    count.sent(false);
    count.sent(true);
    count.stored(5);
    expect(count.state).toBe('refused');
    count.stored(6);
    expect(count.state).toBe('saved');
  });

  it('[live 2] calls kept only what this device has whole', () => {
    expect((['kept', 'writing', 'none'] as const).map((copy) => withCopy('unkept', copy))).toEqual([
      'kept',
      'saving',
      'unkept',
    ]);
    expect((['kept', 'writing', 'none'] as const).map((copy) => withCopy('refused', copy))).toEqual([
      'refused-kept',
      'refused',
      'refused',
    ]);
    for (const state of ['idle', 'saving', 'saved'] as const) expect(withCopy(state, 'none')).toBe(state);
  });
});
