// Which events of a session the organisation's security log tells as well: whom the facilitator let in, turned away and put out.
import type { SecurityKind } from '@attune/contract';
import type { Actor, SessionEvent } from '@attune/domain';
import type { Unit } from '../db/transact.ts';
import { logSecurity, type SecurityDeps } from '../security/log.ts';
import type { StoredSession } from './stored-session.ts';

const kinds: Partial<Record<SessionEvent['type'], SecurityKind>> = {
  admitted: 'guest-admitted',
  'turned-away': 'guest-turned-away',
  'lobby-emptied': 'guest-turned-away',
  'put-out': 'participant-put-out',
};

function membersOf(event: SessionEvent): readonly string[] {
  if ('memberIds' in event) return event.memberIds;
  return 'memberId' in event ? [event.memberId] : [];
}

/** In the transaction of the command that brought the events. */
export async function logWhoCameAndWent(
  deps: SecurityDeps,
  unit: Unit,
  { organisationId, session }: StoredSession,
  events: readonly SessionEvent[],
  { memberId: actorId }: Actor,
): Promise<void> {
  for (const event of events) {
    const kind = kinds[event.type];
    if (!kind) continue;
    for (const memberId of membersOf(event))
      await logSecurity(deps, unit, {
        kind,
        organisationId,
        actorId,
        memberId,
        sessionId: session.id,
        caller: null,
      });
  }
}
