// Where people stand on a question's shared scale line: at their score, side by side where several gave the same, raised
// where they would cover one another. Pure geometry, in pixels.

/** One person's score in percent [0, 100]. */
export interface Mark {
  readonly id: string;
  readonly q: number;
}

/** A mark's centre: `x` from the line's start, `y` above the line. */
export interface Placed extends Mark {
  readonly x: number;
  readonly y: number;
}

interface Block {
  readonly marks: readonly Mark[];
  readonly centre: number;
  readonly columns: number;
  readonly rows: number;
}

/**
 * @param width of the line from 0 to 100 %
 * @param size of a mark, its gap included
 * @param margin room beyond either end of the line
 * @returns the marks in the order of their scores, and the height they take
 */
export function placeMarks(
  marks: readonly Mark[],
  { width, size, margin }: { readonly width: number; readonly size: number; readonly margin: number },
): { readonly placed: readonly Placed[]; readonly height: number } {
  const scores = [...new Set(marks.map(({ q }) => q))].sort((one, other) => one - other);
  const xOf = (q: number) => (q / 100) * width;
  const blocks = scores.map((q, at): Block => {
    const same = marks.filter((mark) => mark.q === q);
    const x = xOf(q);
    const before = at > 0 ? (x - xOf(scores[at - 1] ?? 0)) / 2 : x + margin;
    const after = at < scores.length - 1 ? (xOf(scores[at + 1] ?? 100) - x) / 2 : width - x + margin;
    const room = 2 * Math.min(before, after, x + margin, width - x + margin);
    const columns = Math.max(
      1,
      Math.min(same.length, Math.ceil(Math.sqrt(same.length)) + 1, Math.floor(room / size)),
    );
    return { marks: same, centre: x, columns, rows: Math.ceil(same.length / columns) };
  });
  const standing: { readonly left: number; readonly right: number; readonly top: number }[] = [];
  const placed = blocks.flatMap(({ marks: same, centre, columns, rows }) => {
    const half = (columns * size) / 2;
    const [left, right] = [centre - half, centre + half];
    const floor = Math.max(0, ...standing.filter((one) => one.right > left + 0.5).map(({ top }) => top));
    standing.push({ left, right, top: floor + rows * size });
    return same.map((mark, at): Placed => {
      const row = Math.floor(at / columns);
      const inRow = Math.min(columns, same.length - row * columns);
      const x = centre + ((at % columns) - (inRow - 1) / 2) * size;
      return { ...mark, x, y: floor + row * size + size / 2 };
    });
  });
  return { placed, height: Math.max(size, ...standing.map(({ top }) => top)) };
}
