import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber, stepFrom } from './number-entry.ts';

const range = { least: 0, most: 1_000, step: 50 };
const read = (text: string) => {
  const entry = readNumber(text, range);
  return entry.kind === 'value' ? entry.hundredths : entry.kind;
};

describe('a number as typed', () => {
  it('[C5] reads what is a value of the scale, with a point or a comma', () => {
    for (const [text, hundredths] of [
      ['8', 800],
      [' 7.5 ', 750],
      ['7,5', 750],
      ['7.50', 750],
      ['7.500', 750],
      ['+3', 300],
      ['.5', 50],
      ['7.', 700],
      ['0', 0],
      ['-0', 0],
      ['10', 1_000],
    ] as const)
      expect([text, read(text)]).toEqual([text, hundredths]);
    expect([read(''), read('  ')]).toEqual(['empty', 'empty']);
    expect(readNumber('\u22123', { least: -500, most: 500, step: 100 })).toEqual({
      kind: 'value',
      hundredths: -300,
    });
  });

  it('[C5] takes nothing else for one: out of range, between two steps, exponents, thousands, words', () => {
    for (const text of [
      '12',
      '99999',
      '-3',
      '7.25',
      '1e2',
      '1e0',
      '1,000',
      '7.505',
      '1.2.3',
      '5 5',
      'x',
      '.',
      '-',
      '٣',
    ])
      expect([text, read(text)]).toEqual([text, 'illegal']);
  });

  it('[C2] a percentage has at most two decimals, and is never rounded to one that does', () => {
    const percent = (text: string) => readNumber(text, { least: 0, most: 10_000 });
    expect(percent('10.005')).toEqual({ kind: 'illegal' });
    expect(percent('33,33')).toEqual({ kind: 'value', hundredths: 3_333 });
    expect(percent('100.01')).toEqual({ kind: 'illegal' });
  });

  it('[C5] reads back every value as it is written, and nothing between', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000, max: 2_000 }), (hundredths) => {
        const entry = readNumber(String(hundredths / 100), range);
        const isLegal = hundredths >= 0 && hundredths <= 1_000 && hundredths % 50 === 0;
        expect(entry).toEqual(isLegal ? { kind: 'value', hundredths } : { kind: 'illegal' });
      }),
    );
  });

  it('[C5] steps from value to value, and stays at the ends', () => {
    expect([stepFrom(null, 1, range), stepFrom(750, 1, range), stepFrom(750, -1, range)]).toEqual([
      0, 800, 700,
    ]);
    expect([stepFrom(1_000, 1, range), stepFrom(0, -1, range)]).toEqual([1_000, 0]);
  });
});
