import { describe, expect, it } from 'vitest';
import { rowsIn } from './rows.ts';

const wanted = (count: number, label = 'Late refund', mayName = true) =>
  rowsIn({ height: 62, labels: Array(count).fill(label), mayName });

describe('choices on the meeting screen', () => {
  it('[J4] are drawn larger the fewer they are, and lose their names before a row', () => {
    expect(wanted(3)).toEqual({ hasNames: true, scale: 1.4, most: 3 });
    expect(wanted(4)).toEqual({ hasNames: true, scale: 1.2, most: 4 });
    expect(wanted(6)).toEqual({ hasNames: false, scale: 1.2, most: 6 });
    expect(wanted(20)).toEqual({ hasNames: false, scale: 1, most: 7 });
    expect(wanted(3, 'Late refund', false).hasNames).toBe(false);
  });

  it('[J4] are drawn smaller rather than broken, and have room for a second line where they break', () => {
    expect(wanted(3, 'x'.repeat(22)).scale).toBe(1.2);
    expect(wanted(20, 'x'.repeat(60))).toEqual({ hasNames: false, scale: 1, most: 4 });
  });
});
