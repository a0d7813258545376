// What a measure gives, and the table of two versions' figures.

export interface Figure {
  readonly what: string;
  /** Infinite where it did not come to an end. */
  readonly value: number;
  /** `bytes` are shown as KB; a count has none. */
  readonly unit?: 'ms' | 'bytes';
  /** The most it may be. */
  readonly goal?: number;
}

/** The value below which this part of them lies, 0 to 1; not a number where there is none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function shown(value: number | undefined, unit: Figure['unit']): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  if (value === Number.POSITIVE_INFINITY) return 'no end';
  const scaled = unit === 'bytes' ? value / 1_000 : value;
  const number = scaled.toLocaleString('en', { maximumFractionDigits: scaled < 20 ? 1 : 0 });
  return unit === undefined ? number : `${number} ${unit === 'bytes' ? 'KB' : unit}`;
}

function ratioOf(before: number | undefined, now: number): string {
  if (before === undefined || !Number.isFinite(before) || !(now > 0)) return '–';
  return `${(before / now).toLocaleString('en', { maximumSignificantDigits: 2 })} ×`;
}

function goalOf({ goal, value, unit }: Figure): string {
  if (goal === undefined) return '';
  return `≤ ${shown(goal, unit)} ${value <= goal ? 'kept' : 'MISSED'}`;
}

/** A line a figure: what, before, now, how many times less it is now, and the goal. */
export function tableOf(now: readonly Figure[], before: readonly Figure[] | null): string {
  const rows = now.map((figure) => {
    const earlier = before?.find(({ what }) => what === figure.what)?.value;
    const [then, today] = [shown(earlier, figure.unit), shown(figure.value, figure.unit)];
    return [figure.what, then, today, ratioOf(earlier, figure.value), goalOf(figure)];
  });
  const lines = [['measure', 'before', 'now', 'ratio', 'goal'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const laid = (line: readonly string[]) =>
    line.map((cell, at) => (at % 4 === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)));
  return `${lines.map((line) => laid(line).join('  ').trimEnd()).join('\n')}\n`;
}
