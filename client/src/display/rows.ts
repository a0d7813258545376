// How choices are drawn in rows: as large as their number, their words and the room allow. Pure.

/** In hundredths of the screen's height, at a scale of 1: a row with a line of names under it, one without, and a second line. */
const [tall, low, second] = [12.4, 8.6, 4.6];
const scales = [1.4, 1.2, 1] as const;
/** Letters that stand in one line at a scale of 1. */
const mostLetters = 28;

/** A choice as the room reads it. */
export interface Row {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  /** Of those who answered, in percent, now and in the round before; `null` where there was none. */
  readonly share: number;
  readonly before: number | null;
  /** Who they are, or who they are not. */
  readonly about: string | null;
}

export interface RowSizes {
  /** Whether each row has its line of names. */
  readonly hasNames: boolean;
  readonly scale: number;
  /** How many stand one under another. */
  readonly most: number;
}

interface Wanted {
  /** What there is, in hundredths of the screen's height. */
  readonly height: number;
  readonly labels: readonly string[];
  /** Few enough people to name. */
  readonly mayName: boolean;
}

/** Names go before a row does, and larger letters before a label breaks. */
export function rowsIn({ height, labels, mayName }: Wanted): RowSizes {
  const count = labels.length;
  const longest = Math.max(0, ...labels.map((label) => label.length));
  const more = longest > mostLetters ? second : 0;
  const hasNames = mayName && count * (tall + more) <= height;
  const row = (hasNames ? tall : low) + more;
  const scale = scales.find((one) => count * row * one <= height && longest * one <= mostLetters) ?? 1;
  return { hasNames, scale, most: Math.max(1, Math.floor(height / (row * scale))) };
}
