// How large written answers can be drawn: the fewer words, the further away they are read. Pure.

/** Font sizes in hundredths of the screen's height, the largest first; the last is the least that a room reads. */
export const textSizes = [6.2, 5.4, 4.6, 3.9] as const;
/** Of a line, in its font's size. */
export const lineHeight = 1.2;
/** Of a letter, in its font's size: a little more than it takes, for lines that break early. */
const letter = 0.56;

interface Room {
  readonly columns: number;
  /** Of all columns together, between columns and between rows: in hundredths of the screen's height. */
  readonly across: number;
  readonly columnGap: number;
  readonly rowGap: number;
  readonly height: number;
}

/** The largest size at which texts of these lengths (in letters) stand whole in rows of `columns`; the least where none does. */
export function textSize(lengths: readonly number[], room: Room): number {
  const { columns, across, columnGap, rowGap, height } = room;
  const width = (across - (columns - 1) * columnGap) / columns;
  const rows = Array.from({ length: Math.ceil(lengths.length / columns) }, (_, row) =>
    Math.max(...lengths.slice(row * columns, (row + 1) * columns)),
  );
  const fits = (size: number) => {
    const lines = rows.reduce((sum, length) => sum + Math.ceil((length * letter * size) / width), 0);
    return lines * lineHeight * size + (rows.length - 1) * rowGap <= height;
  };
  return textSizes.find(fits) ?? 3.9;
}
