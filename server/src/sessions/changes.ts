// A session's numbered changes: what screens are told of each, written in its transaction, announced after it.
import { patchBetween, type SessionEventView } from '@attune/contract';
import type { SessionEvent } from '@attune/domain';
import type { Bus } from '../bus/bus.ts';
import type { Tx } from '../db/client.ts';
import { insertChange } from './change.store.ts';
import { saveColumns } from './store.ts';
import type { StoredSession } from './stored-session.ts';
import { sessionToShared } from './views.ts';

/** Tells everyone that a committed change is there to be read. */
export function announce(bus: Bus, { organisationId, session, number }: StoredSession): void {
  bus.publish({ type: 'session-changed', organisationId, sessionId: session.id, number });
}

/** A numbered change that moves nothing everyone sees: it tells screens that something beside the session is to be read again. */
export async function tellChange(
  tx: Tx,
  stored: StoredSession,
  events: readonly SessionEventView[],
  now: string,
): Promise<StoredSession> {
  const told: StoredSession = { ...stored, number: stored.number + 1 };
  await saveColumns(tx, told);
  await writeChange(tx, stored, told, events, now);
  return told;
}

/** Writes change `after.number` for the clients. */
export async function writeChange(
  tx: Tx,
  before: StoredSession,
  after: StoredSession,
  events: readonly SessionEventView[],
  now: string,
): Promise<void> {
  await insertChange(tx, after.organisationId, {
    sessionId: after.session.id,
    number: after.number,
    at: now,
    byMemberId: events[0]?.byMemberId ?? null,
    events,
    patch: patchBetween(sessionToShared(before), sessionToShared(after)),
  });
}

/** What happened, without what it brought: of whom, of which question. */
export function eventToView(event: SessionEvent, byMemberId: string): SessionEventView {
  return {
    type: event.type,
    byMemberId,
    ...('participantId' in event && event.participantId !== null
      ? { participantId: event.participantId }
      : {}),
    ...('questionId' in event && event.questionId !== null ? { questionId: event.questionId } : {}),
  };
}
