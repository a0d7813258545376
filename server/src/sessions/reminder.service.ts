// Reminding those who have not submitted (O7).
import { type Actor, decideReminder, maySession, remindersCountSince } from '@attune/domain';
import type { Unit } from '../db/transact.ts';
import { announceTo, type NotifyDeps } from '../notify/service.ts';
import { insertNotifications, lastReminders } from '../notify/store.ts';
import { denied, done, type Outcome, refused } from '../outcome.ts';
import { lockSession } from './store.ts';
import { sessionToSubject } from './views.ts';

/** Reminds those who have not submitted: all of them, or the ones given. Nobody twice within a quarter of an hour. */
export async function remind(
  deps: Pick<NotifyDeps, 'bus' | 'now' | 'newId'>,
  { tx, whenCommitted }: Unit,
  actor: Actor,
  sessionId: string,
  wanted: readonly string[] | null,
): Promise<Outcome<{ participantIds: string[] }>> {
  const now = deps.now();
  const { organisationId } = actor;
  const stored = await lockSession(tx, organisationId, sessionId);
  const subject = stored && sessionToSubject(stored);
  if (!subject || !maySession(actor, 'session.read', subject)) return denied('not-found');
  if (!maySession(actor, 'session.facilitate', subject)) return denied('not-allowed');
  const { session } = stored;
  if (session.status !== 'scoring')
    return refused({ code: 'wrong-status', status: session.status, needs: ['scoring'] });
  const missing = session.participants.filter(
    ({ id, state, memberId }) =>
      state === 'scoring' &&
      memberId !== actor.memberId &&
      !stored.guests.has(memberId) &&
      (wanted === null || wanted.includes(id)),
  );
  const last = await lastReminders(tx, organisationId, sessionId, remindersCountSince(now));
  const decision = decideReminder(missing, last, now);
  if (!decision.ok) return refused(decision.refusal);
  const { due } = decision;
  const tellings = due.map(({ memberId }) => ({ memberId, kind: 'reminded' as const, once: now }));
  const told = await insertNotifications(tx, organisationId, tellings, {
    sessionId,
    byName: stored.names.get(actor.memberId) ?? null,
    at: now,
    newId: deps.newId,
  });
  whenCommitted(() => announceTo(deps.bus, organisationId, told));
  // Whoever wants to hear of no reminders was not told.
  return done({ participantIds: due.flatMap(({ id, memberId }) => (told.includes(memberId) ? [id] : [])) });
}
