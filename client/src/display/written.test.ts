import { describe, expect, it } from 'vitest';
import { textSize } from './written.ts';

const room = { columns: 1, across: 160, columnGap: 5, rowGap: 2.6, height: 60 };

describe('written answers on the meeting screen', () => {
  it('[J4] are drawn larger the fewer words there are, and never smaller than a room reads', () => {
    expect(textSize([20, 60], room)).toBe(6.2);
    expect(textSize([400, 100], room)).toBe(4.6);
    expect(textSize([2_000, 2_000], room)).toBe(3.9);
    expect(textSize([], room)).toBe(6.2);
  });

  it('[J4] are measured row by row where they stand side by side', () => {
    const short = Array(8).fill(90);
    expect(textSize(short, { ...room, columns: 2 })).toBeLessThan(
      textSize(short.slice(0, 2), { ...room, columns: 2 }),
    );
  });
});
