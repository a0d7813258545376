// A second of the recording as people write it: 75 is 1:15, 3,675 is 1:01:15. Pure.

const twoDigits = (value: number) => String(value).padStart(2, '0');

export function timeText(second: number): string {
  const [hours, minutes, seconds] = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return hours > 0
    ? `${hours}:${twoDigits(minutes)}:${twoDigits(seconds)}`
    : `${minutes}:${twoDigits(seconds)}`;
}

/** Reads `1:15`, `1:01:15` or plain seconds; `null` for whatever else. */
export function readTime(text: string): number | null {
  const parts = text.trim().split(':');
  if (parts.length > 3 || !parts.every((part) => /^\d{1,6}$/.test(part))) return null;
  if (parts.slice(1).some((part) => Number(part) > 59)) return null;
  const second = parts.reduce((total, part) => total * 60 + Number(part), 0);
  return second <= 1_000_000 ? second : null;
}
