// What happened in a session, as the live regions say it. Presence and typing are never announced.
import type { SessionEventView, SessionShared } from '@attune/contract';
import { m } from '../paraglide/messages.js';
import { named } from './guest.ts';
import { meeting } from './meeting.ts';

/** Who listens: some news is for whoever can act on it. */
interface Viewer {
  readonly facilitates: boolean;
  readonly participantId: string | null;
}

export function heard(
  events: readonly SessionEventView[],
  shared: SessionShared,
  viewer: Viewer = { facilitates: false, participantId: null },
): string[] {
  const nameOf = (participantId?: string) => {
    const person = shared.participants.find(({ id }) => id === participantId);
    return person ? named(person) : '';
  };
  const counted = shared.participants.filter(({ state }) => state !== 'excused');
  const submitted = counted.filter(({ state }) => state === 'submitted').length;
  return events.flatMap(({ type, participantId }) => {
    switch (type) {
      case 'participant-added':
        return [m.session_happened_joined({ name: nameOf(participantId) })];
      case 'submitted':
        return [
          m.session_happened_submitted({ name: nameOf(participantId), count: submitted, of: counted.length }),
        ];
      case 'taken-back':
        return [m.session_happened_takenBack({ name: nameOf(participantId) })];
      case 'scoring-started':
      case 'revealed':
      case 'resolved':
      case 'closed':
        return [m.session_happened_status({ status: shared.status })];
      case 'knocked': {
        const last = shared.lobby.at(-1);
        return viewer.facilitates && last ? [m.lobby_news({ name: last.name })] : [];
      }
      case 'place-entered':
        return participantId === viewer.participantId ? [m.placeOpened_news()] : [];
      case 'handed-over':
      case 'taken-over':
        return [m.session_happened_facilitator({ name: shared.facilitator.name })];
      case 'swept':
        return [meeting.swept(shared.facilitator.name, sweptCount(shared))];
      case 'sweep-undone':
        return [m.meeting_sweepUndone()];
      case 'revote-opened':
        return [m.meeting_revote_opened()];
      case 'revote-revealed':
        return [m.meeting_revote_revealed()];
      case 'revote-cancelled':
        return [m.meeting_revote_calledOff()];
      default:
        return [];
    }
  });
}

/** What the sweep that can be undone now agreed on. */
const sweptCount = ({ discussion }: SessionShared) =>
  discussion?.undo?.kind === 'sweep' ? discussion.undo.questionIds.length : 0;
