import { problemTypes } from '@attune/contract';
import { describe, expect, it } from 'vitest';
import { knownSlug, wordsOf } from './problems.ts';

describe('problems in words', () => {
  it('[house 6] every problem the server has, and each of the page alone, has a title', () => {
    const slugs = [...Object.keys(problemTypes), 'offline', 'timeout', 'unreachable', 'unknown'];
    expect(slugs.filter((slug) => knownSlug(slug) !== slug)).toEqual([]);
  });

  it('[house 6] one that only a newer server has is unknown, and says what to do all the same', () => {
    expect(wordsOf(knownSlug('of-tomorrow'))).toEqual({
      title: 'Something went wrong',
      detail: 'Try again. If it happens again, tell your administrator.',
    });
  });
});
