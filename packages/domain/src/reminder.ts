// Whom a reminder reaches: those who are missing, nobody twice within a quarter of an hour.
import type { Refusal } from './session/refusal.ts';

/** How long one is left alone after a reminder. */
export const reminderQuietMs = 15 * 60 * 1000;

/** Since when a reminder still counts. @param now ISO 8601 instant, UTC */
export const remindersCountSince = (now: string): string => later(now, -reminderQuietMs);

/**
 * Those of the missing who may be reminded now.
 *
 * @param last when each was last reminded, by member id; ISO 8601 instants, UTC
 * @returns the refusal where nobody is missing, or all were reminded a short while ago
 */
export function decideReminder<T extends { readonly memberId: string }>(
  missing: readonly T[],
  last: ReadonlyMap<string, string>,
  now: string,
): { readonly ok: true; readonly due: readonly T[] } | { readonly ok: false; readonly refusal: Refusal } {
  if (missing.length === 0) return { ok: false, refusal: { code: 'not-a-participant' } };
  const since = remindersCountSince(now);
  const due = missing.filter(({ memberId }) => (last.get(memberId) ?? since) <= since);
  if (due.length > 0) return { ok: true, due };
  const [first = now] = missing.flatMap(({ memberId }) => last.get(memberId) ?? []).sort();
  return { ok: false, refusal: { code: 'reminded-recently', againAt: later(first, reminderQuietMs) } };
}

const later = (instant: string, ms: number) => new Date(new Date(instant).getTime() + ms).toISOString();
