// What happened in a session, as the live regions say it. Presence and typing are never announced.
import type { SessionEventView, SessionShared } from '@attune/contract';
import { session as words } from './session.ts';

export function heard(events: readonly SessionEventView[], shared: SessionShared): string[] {
  const nameOf = (participantId?: string) =>
    shared.participants.find(({ id }) => id === participantId)?.name ?? '';
  const counted = shared.participants.filter(({ state }) => state !== 'excused');
  const submitted = counted.filter(({ state }) => state === 'submitted').length;
  return events.flatMap(({ type, participantId }) => {
    switch (type) {
      case 'participant-added':
        return [words.happened.joined(nameOf(participantId))];
      case 'submitted':
        return [words.happened.submitted(nameOf(participantId), submitted, counted.length)];
      case 'taken-back':
        return [words.happened.takenBack(nameOf(participantId))];
      case 'scoring-started':
      case 'revealed':
      case 'resolved':
      case 'closed':
        return [words.happened.status[shared.status]];
      case 'taken-over':
        return [words.happened.facilitator(shared.facilitator.name)];
      default:
        return [];
    }
  });
}
