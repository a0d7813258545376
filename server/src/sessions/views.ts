// What leaves the server of a session: everyone's view of it, and each viewer's own.
import {
  type DiscussionView,
  type ParticipantView,
  type RevoteView,
  type SeatView,
  type SessionPresent,
  type SessionReply,
  type SessionShared,
  type SessionSharedPatch,
  type SessionView,
  sessionActions,
} from '@attune/contract';
import {
  type Actor,
  type Discussion,
  isRevealedSession,
  maySession,
  type Participant,
  questionsOf,
  type Revote,
  type SessionSubject,
  type Settings,
} from '@attune/domain';
import type { SessionDetail } from './detail.store.ts';
import type { StoredSession } from './stored-session.ts';

/** A person of the session by name, marked where they are a guest: nobody has checked that name. */
const personToView = ({ names, guests }: Pick<StoredSession, 'names' | 'guests'>, memberId: string) => ({
  memberId,
  name: names.get(memberId) ?? '',
  guest: guests.has(memberId),
  admittedBy: guests.get(memberId) ?? null,
});

/** One participant as everyone of the session sees them. */
export function participantToView(
  stored: Pick<StoredSession, 'names' | 'guests' | 'answered'>,
  participant: Participant,
  questions: number,
): ParticipantView {
  return {
    id: participant.id,
    ...personToView(stored, participant.memberId),
    late: participant.late,
    state: participant.state,
    // What somebody left blank would give them away where names are hidden.
    answered: participant.state === 'submitted' ? questions : (stored.answered.get(participant.id) ?? 0),
    questions,
    submittedAt: participant.state === 'submitted' ? participant.submittedAt : null,
    reason: participant.state === 'excused' ? participant.reason : null,
  };
}

function discussionToView({ focusQuestionId, timers, speakFirst, undo }: Discussion): DiscussionView {
  const step = undo.at(-1);
  return {
    focusQuestionId,
    timers: timers.map((timer) => ({ ...timer })),
    speakFirst,
    undo:
      step?.kind === 'sweep'
        ? { kind: 'sweep', questionIds: step.answers.map(({ questionId }) => questionId) }
        : (step ?? null),
  };
}

function revoteToView(revote: Revote): RevoteView {
  const { id, questionId, round, state, votedIds, openedAt } = revote;
  const revealedAt = revote.state === 'revealed' ? revote.revealedAt : null;
  return { id, questionId, round, state, votedIds: [...votedIds], openedAt, revealedAt };
}

/** What everyone of the session sees alike. */
export function sessionToShared(stored: StoredSession): SessionShared {
  const { session, instants } = stored;
  const questions = questionsOf(session.scorecard).length;
  const revealed = isRevealedSession(session);
  return {
    id: session.id,
    status: session.status,
    name: session.settings.name,
    thresholdHundredths: session.settings.thresholdHundredths,
    scope: session.settings.scope,
    facilitator: { memberId: session.facilitatorId, name: stored.names.get(session.facilitatorId) ?? '' },
    participants: session.participants.map((participant) =>
      participantToView(stored, participant, questions),
    ),
    resolutions: revealed
      ? session.resolutions
          .filter(({ agreed, cause }) => agreed !== null || cause !== null)
          .map(({ questionId, agreed, cause }) => ({ questionId, agreed, cause }))
          .sort((one, other) => (one.questionId < other.questionId ? -1 : 1))
      : [],
    flaggedQuestionIds: revealed ? [...session.flaggedQuestionIds] : [],
    discussion: revealed ? discussionToView(session.discussion) : null,
    revotes: revealed ? session.revotes.map(revoteToView) : [],
    names: session.names,
    observers: session.observers.map((memberId) => personToView(stored, memberId)),
    lobby: session.lobby.map(({ id, memberId, askedAt }) => ({
      id,
      memberId,
      name: stored.names.get(memberId) ?? '',
      askedAt,
    })),
    putOut: session.putOut.map((memberId) => {
      const { name, guest } = personToView(stored, memberId);
      return { memberId, name, guest };
    }),
    meetingAt: session.settings.meetingAt,
    dueAt: session.settings.dueAt,
    detailRevision: stored.detailRevision,
    ...instants,
    deleted: stored.deleted,
  };
}

/**
 * What a meeting screen, which whoever has its link can read, is told of the shared state or of a change to it: nobody's reason
 * for not coming, of guests who wait only how many there are, and of whoever was put out no name.
 */
export function sharedForScreen<P extends SessionSharedPatch>(part: P): P {
  const withoutReason = (people: readonly ParticipantView[]) =>
    people.map((person) => ({ ...person, reason: null }));
  const { participants, changedParticipants, lobby, putOut } = part;
  return {
    ...part,
    ...(participants && { participants: withoutReason(participants) }),
    ...(changedParticipants && { changedParticipants: withoutReason(changedParticipants) }),
    ...(lobby && { lobby: lobby.map((waiting) => ({ ...waiting, name: '' })) }),
    ...(putOut && { putOut: putOut.map((person) => ({ ...person, name: '' })) }),
  };
}

/**
 * What the permission table needs to know of a session: always out of what everyone of it sees, which the hub keeps and HTTP reads,
 * so that the two cannot answer differently.
 */
export function sharedToSubject(organisationId: string, shared: SessionShared): SessionSubject {
  const { id, status, scope, facilitator, participants, observers, lobby, putOut } = shared;
  return {
    id,
    organisationId,
    status,
    scope,
    facilitatorId: facilitator.memberId,
    participants: participants.map(({ id, memberId, state }) => ({ id, memberId, state })),
    observers: observers.map(({ memberId }) => memberId),
    waiting: lobby.map(({ memberId }) => memberId),
    putOut: putOut.map(({ memberId }) => memberId),
  };
}

export const sessionToSubject = (stored: StoredSession): SessionSubject =>
  sharedToSubject(stored.organisationId, sessionToShared(stored));

/** What the actor may do with the session now, and their own place in it. */
export function seatOf(actor: Actor, subject: SessionSubject): SeatView {
  const isOut = subject.putOut.includes(actor.memberId);
  const own = subject.participants.find(({ memberId }) => memberId === actor.memberId && !isOut);
  return {
    may: sessionActions.filter((action) => maySession(actor, action, subject)),
    participantId: own?.id ?? null,
  };
}

/** The settings as this viewer may read them, in every view and file: a hidden agent's name is for who may facilitate alone. */
export function settingsFor<S extends Pick<Settings, 'agentName' | 'agentNameHidden'>>(
  stored: StoredSession,
  actor: Actor,
  settings: S,
): S {
  return settings.agentNameHidden && !maySession(actor, 'session.facilitate', sessionToSubject(stored))
    ? { ...settings, agentName: null }
    : settings;
}

/** What a command answers: its number, and what the caller may do after it. */
export const sessionToReply = (stored: StoredSession, actor: Actor): SessionReply => ({
  number: stored.number,
  seat: seatOf(actor, sessionToSubject(stored)),
});

/** What a refused command says of the session as it stands. */
export const sessionToPresent = (stored: StoredSession, actor: Actor): SessionPresent => ({
  ...sessionToReply(stored, actor),
  status: stored.session.status,
  focusQuestionId: 'discussion' in stored.session ? stored.session.discussion.focusQuestionId : null,
});

/** The session in full, for one viewer. */
export function sessionToView(stored: StoredSession, detail: SessionDetail, actor: Actor): SessionView {
  const { session } = stored;
  const { transcriptLines: _, ...settings } = settingsFor(stored, actor, session.settings);
  const { transcript, goneQuestions, ...about } = detail;
  const shared = sessionToShared(stored);
  return {
    number: stored.number,
    shared,
    seat: seatOf(actor, sharedToSubject(stored.organisationId, shared)),
    detail: {
      settings: {
        ...settings,
        transcript: transcript.map((line) => ({ ...line })),
        questionIds: settings.questionIds ? [...settings.questionIds] : null,
      },
      scorecard: session.scorecard,
      sectionWeights: stored.sectionWeights.map((section) => ({ ...section })),
      ...about,
      goneQuestions: goneQuestions.map((question) => ({ ...question })),
    },
  };
}
