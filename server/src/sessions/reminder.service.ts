// Reminding those who have not submitted (O7).
import { type Actor, decideReminder, maySession, type Refusal, remindersCountSince } from '@attune/domain';
import { announceTo, type NotifyDeps } from '../notify/service.ts';
import { insertNotifications, lastReminders } from '../notify/store.ts';
import { lockSession } from './store.ts';
import { sessionToSubject } from './stored-session.ts';

export type ReminderOutcome =
  | { readonly ok: true; readonly participantIds: string[] }
  | { readonly ok: false; readonly denied: 'not-found' | 'not-allowed' }
  | { readonly ok: false; readonly refusal: Refusal };

/** Reminds those who have not submitted: all of them, or the ones given. Nobody twice within a quarter of an hour. */
export async function remind(
  deps: NotifyDeps,
  actor: Actor,
  sessionId: string,
  wanted: readonly string[] | null,
): Promise<ReminderOutcome> {
  const now = deps.now();
  const told: string[] = [];
  const outcome = await deps.db.transaction(async (tx): Promise<ReminderOutcome> => {
    const stored = await lockSession(tx, actor.organisationId, sessionId);
    const subject = stored && sessionToSubject(stored);
    if (!subject || !maySession(actor, 'session.read', subject)) return { ok: false, denied: 'not-found' };
    if (!maySession(actor, 'session.facilitate', subject)) return { ok: false, denied: 'not-allowed' };
    const { session } = stored;
    if (session.status !== 'scoring') {
      return {
        ok: false,
        refusal: { code: 'wrong-status', status: session.status, needs: ['scoring'] },
      };
    }
    const missing = session.participants.filter(
      ({ id, state, memberId }) =>
        state === 'scoring' &&
        memberId !== actor.memberId &&
        !stored.guests.has(memberId) &&
        (wanted === null || wanted.includes(id)),
    );
    const last = await lastReminders(tx, actor.organisationId, sessionId, remindersCountSince(now));
    const decision = decideReminder(missing, last, now);
    if (!decision.ok) return decision;
    const { due } = decision;
    const tellings = due.map(({ memberId }) => ({ memberId, kind: 'reminded' as const, once: now }));
    told.push(
      ...(await insertNotifications(tx, actor.organisationId, tellings, {
        sessionId,
        byName: stored.names.get(actor.memberId) ?? null,
        at: now,
        newId: deps.newId,
      })),
    );
    // Whoever wants to hear of no reminders was not told.
    return {
      ok: true,
      participantIds: due.flatMap(({ id, memberId }) => (told.includes(memberId) ? [id] : [])),
    };
  });
  announceTo(deps.bus, actor.organisationId, told);
  return outcome;
}
