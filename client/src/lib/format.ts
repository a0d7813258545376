// Numbers and names as they are read. A number shows one decimal, and more only where one would contradict a comparison that stands
// beside it; every other place keeps the exact value. Which unit a number has is said in texts/figures.ts; dates are in dates.ts.
import { roundedBeside, roundedForDisplay } from '@attune/domain';

const locale = 'en-GB';

const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 15, minimumFractionDigits: 0 });
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const hundredth = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const conjunction = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });

const trueMinus = (text: string) => text.replace('-', '−');
const written = (value: number) => trueMinus(decimal.format(value));
const inPercent = (text: string) => `${text}\u202f%`;

/** 62.53 → `62.5`, or with so many decimals. */
export const rounded = (value: number, decimals = 1): string => written(roundedForDisplay(value, decimals));

/** 62.53 → `62.5 %`; nothing to show → `–`. */
export const percent = (value: number | null): string => (value === null ? '–' : inPercent(rounded(value)));

/** The same with as many decimals as it takes to stand on the limit's side that it is on: 33.333 beside 33.33 → `33.333 %`. */
export const percentBeside = (value: number | null, limit: number): string =>
  value === null ? '–' : inPercent(written(roundedBeside(value, limit)));

/** Two that are compared, with as many decimals as it takes to tell which is larger: 33.26 and 33.34 → `33.26 %`, `33.34 %`. */
export function percents(one: number, other: number): readonly [string, string] {
  const order = Math.sign(one - other);
  const decimals = [1, 2, 3, 4, 5].find(
    (most) => Math.sign(roundedForDisplay(one, most) - roundedForDisplay(other, most)) === order,
  );
  return [inPercent(rounded(one, decimals ?? 15)), inPercent(rounded(other, decimals ?? 15))];
}

/** A percentage that people set, in hundredths, as they set it: 3333 → `33.33 %`. */
export const percentAsSet = (inHundredths: number): string => inPercent(hundredths(inHundredths));

/** −3.2 → `−3.2 %`, 4 → `+4 %`: a deviation always carries its sign. */
export const signed = (value: number | null): string =>
  value !== null && roundedForDisplay(value) > 0 ? `+${percent(value)}` : percent(value);

/** An integer in hundredths as people write it: 250 → `2.5`. */
export const hundredths = (value: number): string => trueMinus(hundredth.format(value / 100));
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
