// What a calibration is (C3): its states as a union in which a field exists only where it means something, the commands one
// may give it, and the events they bring. What a command does is in `decide.ts`.

import type { Access, Scope } from './access.ts';
import type { Answer, Sheet } from './answer.ts';
import type { Discussion, DiscussionCommand, DiscussionEvent } from './discussion.ts';
import type { JoiningCommand, JoiningEvent, LobbyEntry, NamesMode } from './joining.ts';
import type { PeopleCommand, PeopleEvent } from './people.ts';
import type { Commitment } from './proof.ts';
import type { Refusal } from './refusal.ts';
import type { Revote, RevoteCommand, RevoteEvent } from './revote.ts';
import type { Scorecard } from './scorecard.ts';

export const sessionStatuses = ['draft', 'scoring', 'review', 'resolved', 'closed'] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

export type RevealedStatus = 'review' | 'resolved' | 'closed';

/** Whether the answers are known to all: from the reveal on. */
export const isRevealed = (status: SessionStatus): status is RevealedStatus =>
  status !== 'draft' && status !== 'scoring';

/** Fewest scoring participants a session needs, at the start and at the reveal (C4, C7). */
export const fewestParticipants = 2;

/** A spoken line: seconds from the start of the interaction, where known. */
export interface TranscriptLine {
  readonly speaker: string | null;
  readonly second: number | null;
  readonly text: string;
}

/** What the facilitator sets in draft (C2); frozen from scoring on. Dates are ISO 8601, times UTC. */
export interface Settings {
  readonly name: string;
  readonly scorecardVersionId: string;
  readonly thresholdHundredths: number;
  readonly scope: Scope;
  readonly interactionReference: string | null;
  readonly interactionDate: string | null;
  readonly recordingUrl: string | null;
  readonly transcript: readonly TranscriptLine[];
  readonly meetingAt: string | null;
  readonly dueAt: string | null;
  /** `null`: every question of the scorecard. */
  readonly questionIds: readonly string[] | null;
  readonly agentName: string | null;
  readonly agentNameHidden: boolean;
}

export type ParticipantState =
  | { readonly state: 'scoring' }
  | { readonly state: 'submitted'; readonly submittedAt: string }
  | { readonly state: 'excused'; readonly reason: string; readonly excusedAt: string };

export type Participant = ParticipantState & {
  readonly id: string;
  readonly memberId: string;
  /** Added after scoring had started (C5). */
  readonly late: boolean;
};

/** What the group agreed a question should have been answered with (C10). */
export type AgreedAnswer = Answer | { readonly kind: 'scorecard-needs-changing' };

export const causes = ['wording', 'missed-evidence', 'policy-gap', 'na', 'severity', 'other'] as const;
/** Why the question diverged. */
export type Cause = (typeof causes)[number];

/** A question's outcome so far. `noted`: its resolution note is not blank. */
export interface Resolution {
  readonly questionId: string;
  readonly agreed: AgreedAnswer | null;
  readonly cause: Cause | null;
  readonly noted: boolean;
}

interface Common {
  readonly id: string;
  readonly facilitatorId: string;
  readonly settings: Settings;
  /** The session's version, narrowed to its questions. */
  readonly scorecard: Scorecard;
  readonly participants: readonly Participant[];
  /** Members who watch without scoring, by id: they came by the link after the reveal. */
  readonly observers: readonly string[];
  /** Guests who wait to be admitted, the longest waiting first. */
  readonly lobby: readonly LobbyEntry[];
  /** Members who were put out, by id: no link lets them in again, and what they could read here is shut. */
  readonly putOut: readonly string[];
  readonly names: NamesMode;
}

export interface Revealed extends Common {
  readonly flaggedQuestionIds: readonly string[];
  readonly resolutions: readonly Resolution[];
  readonly discussion: Discussion;
  readonly revotes: readonly Revote[];
}

export type Session =
  | (Common & { readonly status: 'draft' })
  | (Common & { readonly status: 'scoring' })
  | (Revealed & { readonly status: 'review' })
  | (Revealed & { readonly status: 'resolved' })
  | (Revealed & { readonly status: 'closed' });

/** The same of a session: then it has what only the reveal brings. */
export const isRevealedSession = (session: Session): session is Extract<Session, Revealed> =>
  isRevealed(session.status);

/** Why a place is started again with an empty sheet. */
export type RestartCause = 'reset' | 'not-me';

export type Command =
  | { readonly type: 'edit-settings'; readonly settings: Settings; readonly scorecard: Scorecard }
  | {
      readonly type: 'add-participant';
      readonly participantId: string;
      readonly memberId: string;
      readonly access: Access;
    }
  | { readonly type: 'remove-participant'; readonly participantId: string }
  | { readonly type: 'delete' }
  /** One step forward, from the status the person saw: whoever comes second is told what happened. */
  | {
      readonly type: 'advance';
      readonly from: Exclude<SessionStatus, 'closed'>;
      /** From review: all questions whose note is not blank, where the caller knows better than the session's own `noted`. */
      readonly notedQuestionIds?: readonly string[];
      /** From scoring: everyone's, as fixed at submission. Only whoever carries the reveal out has them. */
      readonly commitments?: readonly Commitment[];
    }
  | {
      readonly type: 'submit';
      readonly participantId: string;
      readonly sheet: Sheet;
      /** To the sheet, hexadecimal. */
      readonly commitment: string;
    }
  | { readonly type: 'take-back'; readonly participantId: string }
  | { readonly type: 'excuse'; readonly participantId: string; readonly reason: string }
  | { readonly type: 'readmit'; readonly participantId: string }
  | {
      readonly type: 'agree';
      readonly questionId: string;
      readonly agreed: AgreedAnswer | null;
      readonly cause: Cause | null;
    }
  /** An empty sheet for someone whose place is shut to them, or who disowned what another browser did (J2). */
  | {
      readonly type: 'restart-place';
      readonly participantId: string;
      readonly newParticipantId: string;
      readonly cause: RestartCause;
      /** Who reset the account, by name; empty for the operator, and where nobody did. */
      readonly resetBy: string;
    }
  | { readonly type: 'take-over'; readonly memberId: string }
  | DiscussionCommand
  | RevoteCommand
  | JoiningCommand
  | PeopleCommand;

/** What happened, as the audit log and everyone's screens are told. Never an answer; commitments are the log's alone. */
export type SessionEvent =
  | { readonly type: 'settings-edited' }
  | {
      readonly type: 'participant-added';
      readonly participantId: string;
      readonly memberId: string;
      readonly late: boolean;
    }
  | { readonly type: 'participant-removed'; readonly participantId: string; readonly memberId: string }
  | { readonly type: 'deleted' }
  | { readonly type: 'scoring-started' }
  | { readonly type: 'submitted'; readonly participantId: string; readonly commitment: string }
  | { readonly type: 'taken-back'; readonly participantId: string }
  | { readonly type: 'excused'; readonly participantId: string; readonly reason: string }
  | { readonly type: 'readmitted'; readonly participantId: string }
  /** The sheet before it was discarded unread; the same person goes on as another participant. */
  | {
      readonly type: 'place-restarted';
      readonly participantId: string;
      readonly newParticipantId: string;
      readonly memberId: string;
      readonly cause: RestartCause;
      readonly resetBy: string;
    }
  | { readonly type: 'revealed'; readonly commitments: readonly Commitment[] }
  | {
      readonly type: 'agreed';
      readonly questionId: string;
      readonly agreed: AgreedAnswer | null;
      readonly cause: Cause | null;
    }
  | { readonly type: 'resolved' }
  | { readonly type: 'closed' }
  | { readonly type: 'taken-over'; readonly from: string; readonly to: string }
  | DiscussionEvent
  | RevoteEvent
  | JoiningEvent
  | PeopleEvent;

/** Events of the moment, told to everyone and not kept in the permanent log. */
export const passingEvents: readonly SessionEvent['type'][] = ['focused', 'timer-changed', 'knocked'];

export type Decision =
  | { readonly ok: true; readonly session: Session; readonly events: readonly SessionEvent[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** The status one step ahead, `null` when closed. */
export function nextStatus(status: SessionStatus): SessionStatus | null {
  return sessionStatuses[sessionStatuses.indexOf(status) + 1] ?? null;
}

/** A no. */
export const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });
/** A yes, with what happened. Without events nothing has changed. */
export const accept = (session: Session, ...events: SessionEvent[]): Decision => ({
  ok: true,
  session,
  events,
});
/** The no of a command that another status would have to allow. */
export const wrongStatus = (session: Session, ...needs: SessionStatus[]): Decision =>
  refuse({ code: 'wrong-status', status: session.status, needs });
