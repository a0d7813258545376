// Numbers, dates and names as they are read. Percentages show one decimal; every other place keeps the exact value.
const locale = 'en-GB';

const oneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, minimumFractionDigits: 0 });
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const hundredth = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const conjunction = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const rules = new Intl.PluralRules(locale);

const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
const dates = {
  date: new Intl.DateTimeFormat(locale, day),
  'date-time': new Intl.DateTimeFormat(locale, { ...day, ...clock }),
  time: new Intl.DateTimeFormat(locale, clock),
  long: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', ...clock }),
};
export type DateStyle = keyof typeof dates;

/** Half a decimal goes away from zero, as scoring.md shows scores; the value itself is never rounded. */
function shown(value: number): string {
  const tenths = Math.sign(value) * Math.round(Math.abs(value) * 10 + 1e-9);
  return oneDecimal.format(tenths / 10);
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

/** The form for a number: `plural(2, { one: '# question', other: '# questions' })` → `2 questions`. */
export function plural(n: number, forms: { readonly one: string; readonly other: string }): string {
  const form = rules.select(n) === 'one' ? forms.one : forms.other;
  return form.replace('#', whole.format(n));
}

/** An ISO instant, or a plain date, in the reader's own time zone. */
export function dateText(iso: string, style: DateStyle = 'date'): string {
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  return dates[style].format(new Date(plain ? `${iso}T00:00` : iso));
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How far from now, in the largest fitting unit: `in 2 days`, `yesterday`, `5 minutes ago`, `now`. */
export function relativeTime(iso: string, nowMs: number = Date.now()): string {
  const ms = Date.parse(iso) - nowMs;
  const size = Math.abs(ms);
  if (size < minuteMs) return 'now';
  if (size < hourMs) return relative.format(Math.trunc(ms / minuteMs), 'minute');
  if (size < dayMs) return relative.format(Math.trunc(ms / hourMs), 'hour');
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(Date.parse(iso)) - midnight(nowMs)) / dayMs);
  if (Math.abs(days) < 14) return relative.format(days, 'day');
  if (Math.abs(days) < 60) return relative.format(Math.round(days / 7), 'week');
  if (Math.abs(days) < 545) return relative.format(Math.round(days / 30.4), 'month');
  return relative.format(Math.round(days / 365), 'year');
}

/** At most two letters: of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase(locale) ?? '').join('') || '?';
}
