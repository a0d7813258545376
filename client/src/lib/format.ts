// Numbers and names as they are read. Percentages show one decimal; every other place keeps the exact value. Dates are in
// dates.ts.

const locale = 'en-GB';

const oneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 0 });
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const hundredth = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const conjunction = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });

/**
 * Half a decimal goes away from zero, as scoring.md shows scores; the value itself is never rounded. It rounds the decimal that the
 * double stands for in 15 significant digits: 66.65 shows as 66.7 though its double lies below. What rounds to nothing has no sign.
 */
function shown(value: number): string {
  const tenths = Math.round(Number((Math.abs(value) * 10).toPrecision(15)));
  return oneDecimal.format((Math.sign(value) * tenths) / 10 || 0);
}

/** 62.53 → `62.5 %`; nothing to show → `–`. */
export const percent = (value: number | null): string => (value === null ? '–' : `${shown(value)}\u202f%`);
/** 24.96 → `25`; for a spread or a distance in points, where the unit stands beside it. */
export const points = (value: number | null): string => (value === null ? '–' : shown(value));
/** −3.2 → `−3.2`, 4 → `+4`: a deviation always carries its sign. */
export const signed = (value: number | null): string =>
  value === null ? '–' : value > 0 ? `+${shown(value)}` : shown(value).replace('-', '−');
/** An integer in hundredths as people write it: 250 → `2.5`. */
export const hundredths = (value: number): string => hundredth.format(value / 100);
export const count = (value: number): string => whole.format(value);

/** `Ana`, `Ana and Ben`, `Ana, Ben and Chloé`. */
export const list = (items: readonly string[]): string => conjunction.format(items);

/** At most two letters: of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase(locale) ?? '').join('') || '?';
}
