import type { BoardQuestion } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import { bandCounts, weightOf } from './bands.ts';

describe('the overview of many people', () => {
  it('[J4] counts each score in one band, and N/A in none', () => {
    const answers = [0, 19.9, 20, 50, 99, 100, null].map((q) => ({ q }));
    expect(bandCounts({ answers } as unknown as BoardQuestion)).toEqual([2, 1, 1, 0, 2]);
  });

  it('[J4] tells nobody, some, many and most apart', () => {
    expect([0, 1, 2, 5].map((count) => weightOf(count, 10))).toEqual(['none', 'some', 'many', 'most']);
  });
});
