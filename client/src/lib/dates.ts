// Dates as they are read: a day is one of the organisation's time zone, a time of day the reader's own.
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
const plainDay = new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' });
/** Writes days as `2026-03-01`. */
let days = new Intl.DateTimeFormat('sv');

/** Counts days in a time zone from here on: the reader's own before, and where the browser does not know it. */
export function countDaysIn(timeZone: string): void {
  try {
    dates.date = new Intl.DateTimeFormat(locale, { ...day, timeZone });
    days = new Intl.DateTimeFormat('sv', { timeZone });
  } catch {}
}

export type DateStyle = keyof typeof dates;

/** An ISO instant, or a plain date, which is that day everywhere; `long` names the year where it is not this one. */
export function dateText(iso: string, style: DateStyle = 'date', now: Date = new Date()): string {
  const date = new Date(iso);
  if (iso.length === 10) return plainDay.format(date);
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
  const dayNumber = (at: number) => Date.parse(days.format(at)) / dayMs;
  const away = dayNumber(Date.parse(iso)) - dayNumber(nowMs);
  if (Math.abs(away) < 14) return relative.format(away, 'day');
  if (Math.abs(away) < 60) return relative.format(Math.round(away / 7), 'week');
  if (Math.abs(away) < 545) return relative.format(Math.round(away / 30.4), 'month');
  return relative.format(Math.round(away / 365), 'year');
}
