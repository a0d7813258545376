// Numbers and names as they are read. Percentages show one decimal; every other place keeps the exact value. Dates are in
// dates.ts.
import { roundedForDisplay } from '@attune/domain';

const locale = 'en-GB';

const oneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 0 });
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const hundredth = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const conjunction = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });

const shown = (value: number): string => oneDecimal.format(roundedForDisplay(value));

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

const rightToLeft = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u;

/** What people wrote, among other words: letters that run from right to left do not turn the words around them. */
export const isolated = (text: string): string => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text);

/** `Ana`, `Ana and Ben`, `Ana, Ben and Chloé`. */
export const list = (items: readonly string[]): string => conjunction.format(items.map(isolated));

/** At most two letters: of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase(locale) ?? '').join('') || '?';
}
