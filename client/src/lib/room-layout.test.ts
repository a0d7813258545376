import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeTiles, shortNames } from './room-layout.ts';

const room = { width: 1200, margin: 130, tileWidth: 240, tileHeight: 60, height: 560 };
const marks = (...scores: number[]) => scores.map((q, at) => ({ id: String(at), q }));

describe('tiles on the scale line', () => {
  it('[J4] stand at their score while there is room', () => {
    expect(placeTiles(marks(0, 50, 100), room)).toEqual([
      { id: '0', q: 0, x: 0, y: 30 },
      { id: '1', q: 50, x: 600, y: 30 },
      { id: '2', q: 100, x: 1200, y: 30 },
    ]);
  });

  it('[J4] twelve in one place stand in two columns, and never in more: they would stand at other scores', () => {
    const together = marks(...Array.from({ length: 12 }, () => 100));
    const placed = placeTiles(together, room);
    expect(placeTiles(together, { ...room, height: 5 * room.tileHeight })).toBeNull();
    expect(new Set(placed?.map(({ x }) => x)).size).toBe(2);
    expect(Math.max(...(placed ?? []).map(({ x }) => x + 120))).toBeLessThanOrEqual(1330);
  });

  it('[J4] never cover one another, never leave the line’s room, and say so when they would', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 12 }), (steps) => {
        const placed = placeTiles(marks(...steps.map((step) => step * 5)), room);
        if (placed === null) return;
        expect(placed).toHaveLength(steps.length);
        for (const [at, one] of placed.entries()) {
          expect(one.x - 120).toBeGreaterThanOrEqual(-132);
          expect(one.x + 120).toBeLessThanOrEqual(1332);
          expect(one.y + 30).toBeLessThanOrEqual(560);
          for (const other of placed.slice(at + 1)) {
            const apart = Math.abs(one.x - other.x) >= 238 || Math.abs(one.y - other.y) >= 60;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  it('[J4] does not place what cannot fit', () => {
    expect(placeTiles(marks(1, 2), { ...room, height: 30 })).toBeNull();
  });
});

describe('short names', () => {
  it('[J4] are first names, with an initial where two share one', () => {
    expect(shortNames(['Ana Souza', 'Ben Whitfield', 'Ben Okafor', 'Cher'])).toEqual([
      'Ana',
      'Ben W.',
      'Ben O.',
      'Cher',
    ]);
  });
});
