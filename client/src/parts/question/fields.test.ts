import { describe, expect, it } from 'vitest';
import { shiftCaret } from './caret.ts';
import { readTime, timeText } from './time.ts';

describe('the caret while another device types', () => {
  it('[C5] stays where it is when words come after it', () => {
    expect(shiftCaret('one two', 'one two three', 3)).toBe(3);
  });

  it('[C5] moves along when words come before it', () => {
    expect(shiftCaret('two', 'one two', 3)).toBe(7);
  });

  it('[C5] goes behind what replaced the words around it', () => {
    expect(shiftCaret('a big b', 'a small b', 4)).toBe(7);
  });
});

describe('a second of the recording', () => {
  it('[C5] reads minutes and seconds, hours, and plain seconds', () => {
    expect([readTime('2:05'), readTime('1:01:15'), readTime(' 75 ')]).toEqual([125, 3_675, 75]);
  });

  it('[C5] refuses what is no time', () => {
    expect(['', '1:75', 'x', '-3', '1:2:3:4', '1.5'].map(readTime)).toEqual(Array(6).fill(null));
  });

  it('[C5] writes what it reads', () => {
    for (const second of [0, 59, 60, 3_599, 3_600, 86_399]) expect(readTime(timeText(second))).toBe(second);
  });
});
