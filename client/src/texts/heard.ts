// What happened in a session, as the live regions say it. Presence and typing are never announced.
import type { SessionEventView, SessionShared } from '@attune/contract';
import { named } from './guest.ts';
import { lobby } from './links.ts';
import { meeting } from './meeting.ts';
import { asks } from './place.ts';
import { session as words } from './session.ts';

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
      case 'knocked': {
        const last = shared.lobby.at(-1);
        return viewer.facilitates && last ? [lobby.news(last.name)] : [];
      }
      case 'place-entered':
        return participantId === viewer.participantId ? [asks.news] : [];
      case 'handed-over':
      case 'taken-over':
        return [words.happened.facilitator(shared.facilitator.name)];
      case 'swept':
        return [meeting.swept(shared.facilitator.name, sweptCount(shared))];
      case 'sweep-undone':
        return [meeting.sweepUndone];
      case 'revote-opened':
        return [meeting.revote.opened];
      case 'revote-revealed':
        return [meeting.revote.revealed];
      case 'revote-cancelled':
        return [meeting.revote.calledOff];
      default:
        return [];
    }
  });
}

/** What the sweep that can be undone now agreed on. */
const sweptCount = ({ discussion }: SessionShared) =>
  discussion?.undo?.kind === 'sweep' ? discussion.undo.questionIds.length : 0;
