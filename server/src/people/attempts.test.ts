import { describe, expect, it } from 'vitest';
import { createAttempts } from './attempts.ts';

describe('attempts', () => {
  it('[O5] are refused beyond the limit until the window has passed, each key on its own', () => {
    const attempts = createAttempts({ most: 2, windowMs: 60_000 });
    expect([0, 1, 2].map((atMs) => attempts.take('ana', atMs))).toEqual([true, true, false]);
    expect(attempts.take('ben', 3)).toBe(true);
    expect(attempts.take('ana', 59_999)).toBe(false);
    expect(attempts.take('ana', 60_000)).toBe(true);
  });

  it('[O5] remember only so many keys: the oldest goes first', () => {
    const attempts = createAttempts({ most: 1, windowMs: 60_000 });
    for (let key = 0; key <= 10_000; key += 1) attempts.take(`key ${key}`, 0);
    expect(attempts.take('key 10000', 1)).toBe(false);
    expect(attempts.take('key 0', 1)).toBe(true);
  });
});
