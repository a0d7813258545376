import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeMarks } from './scale-line.ts';

const line = { width: 400, size: 32, margin: 20 };

describe('placing people on the scale line', () => {
  it('[C8] puts equal scores around their score and unequal ones at theirs', () => {
    const { placed } = placeMarks(
      [
        { id: 'a', q: 50 },
        { id: 'b', q: 50 },
        { id: 'c', q: 100 },
      ],
      line,
    );
    const at = (id: string) => placed.find((mark) => mark.id === id);
    expect(((at('a')?.x ?? 0) + (at('b')?.x ?? 0)) / 2).toBe(200);
    expect(at('a')?.y).toBe(at('b')?.y);
    expect(at('c')?.x).toBe(400);
  });

  it('[C8] never lets one person cover another, however close the scores', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 30 }), (scores) => {
        const { placed, height } = placeMarks(
          scores.map((q, at) => ({ id: String(at), q })),
          line,
        );
        for (const one of placed) {
          expect(one.x).toBeGreaterThanOrEqual(-line.margin);
          expect(one.x).toBeLessThanOrEqual(line.width + line.margin);
          expect(one.y).toBeLessThanOrEqual(height - line.size / 2 + 0.01);
          for (const other of placed) {
            if (one === other) continue;
            const apart = Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y));
            expect(apart).toBeGreaterThanOrEqual(line.size - 1);
          }
        }
      }),
    );
  });

  it('[C8] stands everyone on the line when there is room', () => {
    const { height } = placeMarks(
      [0, 25, 50, 75, 100].map((q) => ({ id: String(q), q })),
      line,
    );
    expect(height).toBe(line.size);
  });
});
