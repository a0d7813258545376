// Who is told what when something happens in a session (O7). Nobody is told of what they did themselves (a draft that moves to a
// newer version moves by itself, whoever published it), guests have no inbox,
// and nothing told ever depends on an answer.
import type { NotificationKind } from '@attune/contract';
import { isRevealed, type Session, type SessionEvent } from '@attune/domain';

/** What is told of a session. */
export interface Told {
  readonly organisationId: string;
  readonly session: Session;
  /** The number of its last change. */
  readonly number: number;
  /** By member. */
  readonly names: ReadonlyMap<string, string>;
  readonly guests: { has(memberId: string): boolean };
}

export interface Telling {
  readonly memberId: string;
  readonly kind: NotificationKind;
  /** The same member is told of the same kind in the same session once for each value. */
  readonly once: string;
}

/** Who is told of these events. @param after the session as committed @param byMemberId who caused them */
export function tellingsOf(after: Told, events: readonly SessionEvent[], byMemberId: string): Telling[] {
  const { guests } = after;
  return events
    .flatMap((event) => tellingsOfOne(after, event))
    .filter(({ memberId, kind }) => memberId !== byMemberId || kind === 'version-moved')
    .filter(({ memberId }) => !guests.has(memberId));
}

function tellingsOfOne({ session, number }: Told, event: SessionEvent): Telling[] {
  const participants = session.participants.map(({ memberId }) => memberId);
  const each = (memberIds: readonly string[], kind: NotificationKind): Telling[] =>
    memberIds.map((memberId) => ({ memberId, kind, once: '' }));
  switch (event.type) {
    case 'version-moved':
      // Whoever published it did not think of every draft.
      return [{ memberId: session.facilitatorId, kind: 'version-moved', once: event.scorecardVersionId }];
    case 'participant-added':
      return [{ memberId: event.memberId, kind: 'invited', once: event.participantId }];
    case 'scoring-started':
      return each(participants, 'scoring-opened');
    case 'submitted':
    case 'excused':
    case 'put-out': {
      if (isRevealed(session.status) || session.participants.length === 0) return [];
      const isMissing = session.participants.some(({ state }) => state === 'scoring');
      // Once again where somebody had taken a submission back.
      return isMissing
        ? []
        : [{ memberId: session.facilitatorId, kind: 'everyone-submitted', once: String(number) }];
    }
    case 'revealed':
      return each([...participants, ...session.observers], 'review-started');
    case 'closed':
      return each([...participants, ...session.observers], 'record-closed');
    case 'handed-over':
      return [{ memberId: event.to, kind: 'handed-over', once: String(number) }];
    case 'taken-over':
      return [{ memberId: event.from, kind: 'taken-over', once: String(number) }];
    case 'knocked':
      // The first who waits is news; those who come after stand beside them in the lobby.
      if (session.lobby.length > 1) return [];
      return [{ memberId: session.facilitatorId, kind: 'guest-waiting', once: event.entryId }];
    default:
      return [];
  }
}
