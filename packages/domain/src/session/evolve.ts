// The only place where a session's state changes: one event, one next state. It decides nothing and refuses nothing; an event of
// a session that could not have had it is a fault of the caller, and throws.
import type { SessionEvent } from './event.ts';
import { withAgreed, withNotes, withOutcome } from './resolutions.ts';
import {
  type Discussion,
  firstDiscussion,
  type InReview,
  isRevealedSession,
  keepSettings,
  type Participant,
  type ParticipantState,
  type Revote,
  type Session,
  type UndoStep,
} from './state.ts';
import { isRevealed } from './status.ts';
import { moveFocus, pause } from './timer.ts';

/** Steps that can be undone, one after another. */
const mostUndo = 20;

/** The session after the event; the one given is never changed. */
export function evolve(session: Session, event: SessionEvent): Session {
  switch (event.type) {
    case 'settings-edited':
      return { ...session, settings: keepSettings(event.settings), scorecard: event.scorecard };
    case 'version-moved': {
      const { scorecardVersionId, scorecard } = event;
      return { ...session, settings: { ...session.settings, scorecardVersionId }, scorecard };
    }
    case 'deleted':
      return session;
    case 'scoring-started':
      return { ...session, status: 'scoring' };
    case 'revealed': {
      const flagged = new Set(
        event.board.questions.filter(({ flagged }) => flagged).map(({ questionId }) => questionId),
      );
      return {
        ...session,
        status: 'review',
        flaggedQuestionIds: event.board.order.filter((questionId) => flagged.has(questionId)),
        resolutions: [],
        discussion: firstDiscussion,
        revotes: [],
      };
    }
    case 'resolved': {
      const review = inReview(session);
      return { ...review, status: 'resolved', resolutions: withNotes(review.resolutions, event.notes) };
    }
    case 'closed':
      if (session.status !== 'resolved') throw new Error('only what is resolved is closed');
      return { ...session, status: 'closed' };

    case 'participant-added': {
      const { participantId: id, memberId, late } = event;
      return {
        ...session,
        participants: [...session.participants, { id, memberId, late, state: 'scoring' }],
        // Whoever was put out is in again when the facilitator adds them, and by nothing else.
        putOut: without(session.putOut, memberId),
      };
    }
    case 'participant-removed': {
      const { memberId } = event;
      return {
        ...session,
        participants: session.participants.filter(({ id }) => id !== event.participantId),
        // The facilitator who does not score after all is not put out by it.
        putOut: memberId === session.facilitatorId ? session.putOut : [...session.putOut, memberId],
      };
    }
    case 'submitted':
      return withState(session, event.participantId, {
        state: 'submitted',
        submittedAt: event.submittedAt,
      });
    case 'taken-back':
    case 'readmitted':
      return withState(session, event.participantId, { state: 'scoring' });
    case 'excused': {
      const { reason, excusedAt } = event;
      return withState(session, event.participantId, { state: 'excused', reason, excusedAt });
    }
    case 'place-restarted':
      return withPerson(session, event.participantId, ({ memberId, late }) => ({
        id: event.newParticipantId,
        memberId,
        late,
        state: 'scoring',
      }));
    case 'put-out': {
      const { memberId } = event;
      return {
        ...withoutVote(session, event),
        observers: without(session.observers, memberId),
        putOut: [...session.putOut, memberId],
        participants: isRevealed(session.status)
          ? session.participants
          : session.participants.filter((participant) => participant.memberId !== memberId),
      };
    }
    case 'let-back-in':
      return { ...session, putOut: without(session.putOut, event.memberId) };
    case 'observer-added':
      return { ...session, observers: [...session.observers, event.memberId] };
    case 'knocked': {
      const { entryId: id, memberId, askedAt, from } = event;
      return { ...session, lobby: [...session.lobby, { id, memberId, askedAt, from }] };
    }
    case 'admitted':
    case 'turned-away':
      return { ...session, lobby: session.lobby.filter(({ id }) => id !== event.entryId) };
    case 'lobby-emptied':
      return { ...session, lobby: [] };
    case 'taken-over':
    case 'handed-over':
      return { ...session, facilitatorId: event.to };
    case 'names-set':
      return { ...session, names: event.names };
    // A name is the member's, not the session's.
    case 'guest-renamed':
      return session;

    case 'agreed': {
      const review = inReview(session);
      return { ...review, resolutions: withOutcome(review.resolutions, event) };
    }
    case 'focused':
      return withDiscussion(session, (discussion) => {
        const { questionId, focusedAt } = event;
        return event.undone
          ? withoutStep(moveFocus(discussion, questionId, focusedAt))
          : stepTo(discussion, questionId, focusedAt);
      });
    case 'timer-changed': {
      const { questionId, timer, changedAt } = event;
      return withDiscussion(session, (discussion) => {
        const others = discussion.timers
          .filter((other) => other.questionId !== questionId)
          .map((other) => (timer?.state === 'running' ? pause(other, changedAt) : other));
        return { ...discussion, timers: timer ? [...others, timer] : others };
      });
    }
    case 'speak-first-set':
      return withDiscussion(session, (discussion) => ({ ...discussion, speakFirst: event.on }));
    case 'swept': {
      const { answers } = event;
      const review = withDiscussion(session, (discussion) =>
        withStep(discussion, { kind: 'sweep', answers }),
      );
      const agreed = new Map(answers.map((swept) => [swept.questionId, swept.agreed]));
      return { ...review, resolutions: withAgreed(review.resolutions, agreed) };
    }
    case 'sweep-undone': {
      const review = withDiscussion(session, withoutStep);
      const cleared = new Map(event.questionIds.map((questionId) => [questionId, null]));
      return { ...review, resolutions: withAgreed(review.resolutions, cleared) };
    }

    case 'revote-opened': {
      const { revoteId: id, questionId, round, openedAt } = event;
      const review = withDiscussion(session, (discussion) =>
        discussion.focusQuestionId === questionId
          ? moveFocus(discussion, questionId, openedAt)
          : stepTo(discussion, questionId, openedAt),
      );
      const opened: Revote = { id, questionId, round, openedAt, votedIds: [], state: 'open' };
      return { ...review, revotes: [...review.revotes, opened] };
    }
    case 'voted':
      return withRevote(session, event.revoteId, (revote) =>
        revote.votedIds.includes(event.participantId)
          ? revote
          : { ...revote, votedIds: [...revote.votedIds, event.participantId] },
      );
    case 'revote-revealed': {
      const { numbers, revealedAt } = event;
      return withRevote(session, event.revoteId, ({ id, questionId, round, openedAt, votedIds }) => ({
        id,
        questionId,
        round,
        openedAt,
        votedIds,
        state: 'revealed',
        revealedAt,
        numbers,
      }));
    }
    case 'revote-cancelled': {
      const review = inReview(session);
      return { ...review, revotes: review.revotes.filter(({ id }) => id !== event.revoteId) };
    }
  }
}

const without = (ids: readonly string[], id: string): string[] => ids.filter((one) => one !== id);

function inReview(session: Session): InReview {
  if (session.status !== 'review') throw new Error('an event of the review in another status');
  return session;
}

function withPerson(
  session: Session,
  participantId: string,
  change: (participant: Participant) => Participant,
): Session {
  if (!session.participants.some(({ id }) => id === participantId))
    throw new Error('an event names a participant the session does not have');
  return {
    ...session,
    participants: session.participants.map((participant) =>
      participant.id === participantId ? change(participant) : participant,
    ),
  };
}

const withState = (session: Session, participantId: string, state: ParticipantState): Session =>
  withPerson(session, participantId, ({ id, memberId, late }) => ({ id, memberId, late, ...state }));

function withDiscussion(session: Session, change: (discussion: Discussion) => Discussion): InReview {
  const review = inReview(session);
  return { ...review, discussion: change(review.discussion) };
}

const withStep = (discussion: Discussion, step: UndoStep): Discussion => ({
  ...discussion,
  undo: [...discussion.undo, step].slice(-mostUndo),
});

/** Moves the focus, with the way back. */
const stepTo = (discussion: Discussion, questionId: string | null, at: string): Discussion =>
  withStep(moveFocus(discussion, questionId, at), { kind: 'focus', questionId: discussion.focusQuestionId });

const withoutStep = (discussion: Discussion): Discussion => ({
  ...discussion,
  undo: discussion.undo.slice(0, -1),
});

function withRevote(session: Session, revoteId: string, change: (revote: Revote) => Revote): InReview {
  const review = inReview(session);
  return {
    ...review,
    revotes: review.revotes.map((revote) => (revote.id === revoteId ? change(revote) : revote)),
  };
}

function withoutVote(session: Session, { revoteId, participantId }: SessionEvent<'put-out'>): Session {
  if (revoteId === null || participantId === null || !isRevealedSession(session)) return session;
  return {
    ...session,
    revotes: session.revotes.map((revote) =>
      revote.id === revoteId ? { ...revote, votedIds: without(revote.votedIds, participantId) } : revote,
    ),
  };
}
