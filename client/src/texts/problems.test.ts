import { inputCodes, problemTypes } from '@attune/contract';
import { describe, expect, it } from 'vitest';
import { fieldWords, knownSlug, wordsOf } from './problems.ts';

describe('problems in words', () => {
  it('[house 6] every problem the server has, and each of the page alone, has a title', () => {
    const slugs = [...Object.keys(problemTypes), 'offline', 'timeout', 'unreachable', 'unknown'];
    expect(slugs.filter((slug) => knownSlug(slug) !== slug)).toEqual([]);
  });

  it('[house 6] whatever can be wrong with a field that people fill in has a sentence', () => {
    const unsaid = inputCodes.filter(
      (code) => fieldWords({ pointer: '/name', code, detail: '', most: 80 }) === '',
    );
    // Nobody types these: an id, a key, a cursor, and a time zone that is chosen from a list.
    expect(unsaid).toEqual(['time-zone', 'id', 'idempotency-key', 'cursor']);
    expect(fieldWords({ pointer: '/name', code: 'too-long', detail: '', most: 1_000 })).toBe(
      'Use at most 1,000 characters.',
    );
  });

  it('[house 6] one that only a newer server has is unknown, and says what to do all the same', () => {
    expect(wordsOf(knownSlug('of-tomorrow'))).toEqual({
      title: 'Something went wrong',
      detail: 'Try again. If it happens again, tell your administrator.',
    });
  });
});
