// A session as the services hold it: the domain's session beside what only rows know (numbers, names, instants). Views
// and the permission table's subject are derived here and nowhere else.

import {
  type ParticipantView,
  type SeatView,
  type SessionShared,
  type SessionView,
  sessionActions,
} from '@attune/contract';
import {
  type Actor,
  type Board,
  maySession,
  type Participant,
  questionsOf,
  type Session,
  type SessionSubject,
} from '@attune/domain';

/** When the session reached each status; `null` while ahead. */
export interface StatusInstants {
  readonly createdAt: string;
  readonly scoringAt: string | null;
  readonly reviewAt: string | null;
  readonly resolvedAt: string | null;
  readonly closedAt: string | null;
}

export interface StoredSession {
  readonly organisationId: string;
  readonly session: Session;
  /** Number of the last change. */
  readonly number: number;
  readonly detailRevision: number;
  readonly instants: StatusInstants;
  readonly scorecardId: string;
  readonly scorecardVersion: number;
  readonly clientName: string | null;
  readonly lobName: string | null;
  /** Names of the facilitator and the participants by member id. */
  readonly names: ReadonlyMap<string, string>;
  /** Questions answered by participant id. */
  readonly answered: ReadonlyMap<string, number>;
  readonly board: Board | null;
  /** The session's data key, wrapped by the server's. */
  readonly wrappedKey: Uint8Array;
  readonly auditHead: Uint8Array;
  readonly deleted: boolean;
}

/** What the permission table needs to know. */
export function sessionToSubject({ organisationId, session }: StoredSession): SessionSubject {
  return {
    organisationId,
    status: session.status,
    scope: session.settings.scope,
    facilitatorId: session.facilitatorId,
    participants: session.participants.map(({ id, memberId, state }) => ({ id, memberId, state })),
  };
}

function participantToView(
  stored: StoredSession,
  participant: Participant,
  questions: number,
): ParticipantView {
  return {
    id: participant.id,
    memberId: participant.memberId,
    name: stored.names.get(participant.memberId) ?? '',
    late: participant.late,
    state: participant.state,
    answered: stored.answered.get(participant.id) ?? 0,
    questions,
    submittedAt: participant.state === 'submitted' ? participant.submittedAt : null,
    reason: participant.state === 'excused' ? participant.reason : null,
  };
}

/** What everyone of the session sees alike. */
export function sessionToShared(stored: StoredSession): SessionShared {
  const { session, instants } = stored;
  const questions = questionsOf(session.scorecard).length;
  const revealed = session.status !== 'draft' && session.status !== 'scoring';
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
    meetingAt: session.settings.meetingAt,
    dueAt: session.settings.dueAt,
    detailRevision: stored.detailRevision,
    ...instants,
    deleted: stored.deleted,
  };
}

/** What the actor may do with the session now, and their own place in it. */
export function seatOf(actor: Actor, subject: SessionSubject): SeatView {
  const own = subject.participants.find(({ memberId }) => memberId === actor.memberId);
  return {
    may: sessionActions.filter((action) => maySession(actor, action, subject)),
    participantId: own?.id ?? null,
  };
}

/** The session in full, for one viewer. A hidden agent's name is left out for all but the facilitator. */
export function sessionToView(stored: StoredSession, actor: Actor): SessionView {
  const { session } = stored;
  const seat = seatOf(actor, sessionToSubject(stored));
  const { settings } = session;
  const hidesAgent = settings.agentNameHidden && !seat.may.includes('session.facilitate');
  return {
    number: stored.number,
    shared: sessionToShared(stored),
    seat,
    detail: {
      settings: {
        ...settings,
        transcript: settings.transcript.map((line) => ({ ...line })),
        questionIds: settings.questionIds ? [...settings.questionIds] : null,
        agentName: hidesAgent ? null : settings.agentName,
      },
      scorecard: session.scorecard,
      scorecardId: stored.scorecardId,
      scorecardVersion: stored.scorecardVersion,
      clientName: stored.clientName,
      lobName: stored.lobName,
    },
  };
}
