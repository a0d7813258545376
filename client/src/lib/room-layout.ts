// Where answers stand on the meeting screen's scale line: wide tiles at their score, raised where they would cover one another.
// Pure geometry, in pixels; `null` where they would not fit and have to be grouped instead.
import type { Mark, Placed } from './scale-line.ts';

/** Of tiles with the same score, side by side. */
const mostColumns = 2;

interface Room {
  /** Of the line, from 0 to 100 %. */
  readonly width: number;
  /** Beyond either end, where half a tile may stand. */
  readonly margin: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Above the line. */
  readonly height: number;
}

/**
 * Tiles of one score stand in as few columns as their height allows, centred on it; each column takes the lowest place that is
 * free. `x` is a tile's centre from the line's start, `y` its centre above the line.
 */
export function placeTiles(marks: readonly Mark[], room: Room): Placed[] | null {
  const { width, margin, tileWidth, tileHeight, height } = room;
  const most = Math.floor(height / tileHeight);
  if (most < 1) return null;
  const scores = [...new Set(marks.map(({ q }) => q))].sort((one, other) => one - other);
  const taken: { left: number; right: number; row: number }[] = [];
  const placed: Placed[] = [];
  for (const q of scores) {
    const same = marks.filter((mark) => mark.q === q);
    const columns = Math.ceil(same.length / most);
    // Wider, they would stand where other scores are.
    if (columns > mostColumns) return null;
    const half = (columns * tileWidth) / 2;
    const centre = Math.min(width + margin - half, Math.max(half - margin, (q / 100) * width));
    for (const [at, mark] of same.entries()) {
      const x = centre + ((at % columns) - (columns - 1) / 2) * tileWidth;
      const [left, right] = [x - tileWidth / 2, x + tileWidth / 2];
      let row = 0;
      while (taken.some((one) => one.row === row && one.left < right - 1 && one.right > left + 1)) row += 1;
      if (row >= most || left < -margin - 1 || right > width + margin + 1) return null;
      taken.push({ left, right, row });
      placed.push({ ...mark, x, y: (row + 0.5) * tileHeight });
    }
  }
  return placed;
}

/** Whether every score's lowest tile stands on the line itself. */
export const standsOnLine = (placed: readonly Placed[], tileHeight: number): boolean =>
  [...new Set(placed.map(({ q }) => q))].every((q) =>
    placed.some((one) => one.q === q && one.y <= tileHeight / 2),
  );

/** Names as short as they can be told apart: first names, with the last name's initial where two share one. */
export function shortNames(names: readonly string[]): string[] {
  const split = names.map((name) => name.trim().split(/\s+/));
  return split.map((words, at) => {
    const first = words[0] ?? '';
    const isShared = split.some((other, index) => index !== at && other[0] === first);
    const last = words.at(-1) ?? '';
    return isShared && words.length > 1 ? `${first} ${[...last][0] ?? ''}.` : first;
  });
}
