// What of an event the permanent log and everyone's screens are told: who and what, never an answer, a note or sealed content.
// The hash chains of version 1 are over these shapes: one that changes must still read what was logged before. What logs of
// version 2 tell more is in `held-log.ts`.
import type { Commitment } from '../proof.ts';
import type { SessionEvent, SessionEventType } from './event.ts';

/** Left out of each event when it is logged. */
interface Unlogged {
  readonly 'settings-edited': 'settings' | 'scorecard';
  readonly 'version-moved': 'scorecardVersionId' | 'scorecard';
  readonly submitted: 'submittedAt' | 'answered' | 'sealed' | 'signedInAt';
  readonly excused: 'excusedAt';
  readonly revealed: 'board' | 'submissions';
  readonly resolved: 'notes';
  readonly focused: 'focusedAt' | 'undone';
  readonly 'timer-changed': 'timer' | 'changedAt';
  readonly swept: 'answers';
  readonly 'revote-opened': 'round' | 'openedAt';
  readonly voted: 'sealed' | 'signedInAt' | 'votedAt';
  readonly 'revote-revealed': 'votes' | 'numbers' | 'revealedAt';
  readonly knocked: 'userId' | 'name' | 'askedAt' | 'from';
}

/** What the log has and the event says otherwise. */
interface Logged {
  readonly swept: { readonly questionIds: readonly string[] };
  readonly 'revote-revealed': { readonly commitments: readonly Commitment[] };
}

type LoggedOf<T extends SessionEventType> = Omit<
  SessionEvent<T>,
  T extends keyof Unlogged ? Unlogged[T] : never
> &
  (T extends keyof Logged ? Logged[T] : unknown);

/** An event as the log has it. */
export type LoggedEvent = { [T in SessionEventType]: LoggedOf<T> }[SessionEventType];

/** An event as logs of version 1 have it. */
export function toLogged<E extends SessionEvent>(event: E): Extract<LoggedEvent, { type: E['type'] }>;
export function toLogged(event: SessionEvent): LoggedEvent {
  switch (event.type) {
    case 'settings-edited':
    case 'resolved':
      return { type: event.type };
    case 'version-moved': {
      const { type, from, to } = event;
      return { type, from, to };
    }
    case 'submitted': {
      const { type, participantId, commitment } = event;
      return { type, participantId, commitment };
    }
    case 'excused': {
      const { type, participantId, reason } = event;
      return { type, participantId, reason };
    }
    case 'revealed': {
      const { type, commitments } = event;
      return { type, commitments };
    }
    case 'focused': {
      const { type, questionId } = event;
      return { type, questionId };
    }
    case 'timer-changed': {
      const { type, questionId, action } = event;
      return { type, questionId, action };
    }
    case 'swept':
      return { type: event.type, questionIds: event.answers.map(({ questionId }) => questionId) };
    case 'revote-opened': {
      const { type, revoteId, questionId } = event;
      return { type, revoteId, questionId };
    }
    case 'voted': {
      const { type, revoteId, participantId, commitment } = event;
      return { type, revoteId, participantId, commitment };
    }
    case 'revote-revealed': {
      const { type, revoteId, questionId, without, votes } = event;
      const commitments = votes.map(({ participantId, commitment }) => ({ participantId, commitment }));
      return { type, revoteId, questionId, without, commitments };
    }
    case 'knocked': {
      const { type, entryId, memberId } = event;
      return { type, entryId, memberId };
    }
    default:
      return event;
  }
}
