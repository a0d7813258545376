// Days of a time zone: when one begins, and on which one an instant falls. Time zones are named as IANA does (`Europe/Berlin`); what
// they are like is the platform's to know.

/** Whether the platform knows a time zone of this name. Bare offsets such as `+01:00` are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** @param instant milliseconds since 1970. @returns how far clocks there are ahead of UTC, in milliseconds */
function offsetMs(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  const year = part('era').startsWith('B') ? 1 - Number(part('year')) : Number(part('year'));
  const [month, day, hour, minute, second] = (['month', 'day', 'hour', 'minute', 'second'] as const).map(
    (type) => Number(part(type)),
  );
  return utc(year, month, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

/** `Date.UTC`, for years before 100 too. */
function utc(year: number, month = 1, day = 1, hour = 0, minute = 0, second = 0): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime();
}

/** The day an instant falls on, such as `2026-03-01`. @param instant ISO 8601 */
export function dayOf(instant: string, timeZone: string): string {
  const at = Date.parse(instant);
  return new Date(at + offsetMs(at, timeZone)).toISOString().replace(/T.*/, '');
}

/**
 * The first instant of a day. Where clocks skip midnight, the first after it; where they show midnight twice, the earlier one.
 *
 * @param day such as `2026-03-01`
 * @returns ISO 8601, UTC
 */
export function startOfDay(day: string, timeZone: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const midnight = utc(year, month, date);
  const around = [-1, 1].map((by) => midnight - offsetMs(midnight + by * 24 * 60 * 60 * 1000, timeZone));
  const [first = midnight, last = midnight] = around.sort((one, other) => one - other);
  const isIn = (at: number) => dayOf(new Date(at).toISOString(), timeZone) >= day;
  return new Date(isIn(first) ? first : last).toISOString();
}

/** The day after, such as `2026-03-01` after `2026-02-28`. */
export function nextDay(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(utc(year, month, date + 1)).toISOString().replace(/T.*/, '');
}
