// Dates as they are read, in the reader's own time zone.
const locale = 'en-GB';

const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
const dates = {
  date: new Intl.DateTimeFormat(locale, day),
  'date-time': new Intl.DateTimeFormat(locale, { ...day, ...clock }),
  time: new Intl.DateTimeFormat(locale, clock),
  long: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', ...clock }),
};
const longOfAnotherYear = new Intl.DateTimeFormat(locale, {
  ...day,
  weekday: 'long',
  month: 'long',
  ...clock,
});
export type DateStyle = keyof typeof dates;

/** An ISO instant, or a plain date, in the reader's own time zone; `long` names the year where it is not this one. */
export function dateText(iso: string, style: DateStyle = 'date', now: Date = new Date()): string {
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  const date = new Date(plain ? `${iso}T00:00` : iso);
  const isFar = style === 'long' && date.getFullYear() !== now.getFullYear();
  return (isFar ? longOfAnotherYear : dates[style]).format(date);
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
