// What happened, whole: an event has all that `evolve` needs to make the next state, and all that is written because of it.
// What of it enters the permanent log is in `logged.ts`; answers never do.
import type { Board, BoardQuestion } from '../board.ts';
import type { Commitment } from '../proof.ts';
import type { Scorecard } from '../scorecard.ts';
import type { TimerAction } from './command.ts';
import type { Nothing, OfMember, OfParticipant, OfQuestion } from './concerns.ts';
import type { OpenedSubmission, OpenedVote, ResolutionNote, Sealed } from './facts.ts';
import type { AgreedAnswer, Cause, NamesMode, QuestionTimer, Settings, SweptAnswer } from './state.ts';

/** Why a place is started again with an empty sheet. */
export type RestartCause = 'reset' | 'not-me';

/** Someone's sealed content, with the sign-in that began or went on with their place (J2). Instants ISO 8601, UTC. */
interface SealedBy extends OfParticipant {
  /** Hexadecimal. */
  readonly commitment: string;
  readonly sealed: Sealed;
  readonly signedInAt: string;
}
interface Handed {
  readonly from: string;
  readonly to: string;
}

interface Events {
  readonly 'settings-edited': { readonly settings: Settings; readonly scorecard: Scorecard };
  /** `from`, `to`: numbers of the versions. What was chosen of the questions stays chosen, gone ones too. */
  readonly 'version-moved': {
    readonly scorecardVersionId: string;
    readonly scorecard: Scorecard;
    readonly from: number;
    readonly to: number;
  };
  readonly 'participant-added': OfParticipant & OfMember & { readonly late: boolean };
  readonly 'participant-removed': OfParticipant & OfMember;
  readonly deleted: Nothing;
  readonly 'scoring-started': Nothing;
  readonly submitted: SealedBy & { readonly submittedAt: string; readonly answered: number };
  readonly 'taken-back': OfParticipant;
  readonly excused: OfParticipant & { readonly reason: string; readonly excusedAt: string };
  readonly readmitted: OfParticipant;
  /** The sheet before it was discarded unread; the same person goes on as another participant. */
  readonly 'place-restarted': OfParticipant &
    OfMember & {
      readonly newParticipantId: string;
      readonly cause: RestartCause;
      readonly resetBy: string;
    };
  readonly revealed: {
    readonly board: Board;
    readonly submissions: readonly OpenedSubmission[];
    readonly commitments: readonly Commitment[];
  };
  readonly agreed: OfQuestion & { readonly agreed: AgreedAnswer | null; readonly cause: Cause | null };
  readonly resolved: { readonly notes: readonly ResolutionNote[] };
  readonly closed: Nothing;

  /** `undone`: the step before was taken back. */
  readonly focused: {
    readonly questionId: string | null;
    readonly focusedAt: string;
    readonly undone: boolean;
  };
  /** `timer`: as it stands now; `null` where it was stopped. */
  readonly 'timer-changed': OfQuestion & {
    readonly action: TimerAction['kind'];
    readonly timer: QuestionTimer | null;
    readonly changedAt: string;
  };
  readonly swept: { readonly answers: readonly SweptAnswer[] };
  readonly 'sweep-undone': { readonly questionIds: readonly string[] };
  readonly 'speak-first-set': { readonly on: boolean };

  readonly 'revote-opened': OfQuestion & {
    readonly revoteId: string;
    readonly round: number;
    readonly openedAt: string;
  };
  readonly voted: SealedBy & { readonly revoteId: string; readonly votedAt: string };
  /** `without`: who had not voted. */
  readonly 'revote-revealed': OfQuestion & {
    readonly revoteId: string;
    readonly without: readonly string[];
    readonly votes: readonly OpenedVote[];
    readonly numbers: BoardQuestion;
    readonly revealedAt: string;
  };
  readonly 'revote-cancelled': OfQuestion & { readonly revoteId: string };

  readonly knocked: OfMember & {
    readonly entryId: string;
    readonly userId: string;
    readonly name: string;
    readonly askedAt: string;
    readonly from: string | null;
  };
  readonly admitted: OfMember & { readonly entryId: string };
  readonly 'turned-away': OfMember & { readonly entryId: string };
  readonly 'lobby-emptied': { readonly memberIds: readonly string[] };
  readonly 'observer-added': OfMember;
  readonly 'guest-renamed': OfMember & Handed;

  readonly 'put-out': OfMember & {
    /** By name, too: before the reveal nothing else is left of them. */
    readonly name: string;
    readonly reason: string;
    /** `null` for an observer. */
    readonly participantId: string | null;
    /** The commitment of the submission that was destroyed unread; `null` where there was none. */
    readonly discarded: string | null;
    /** The open re-vote whose vote was destroyed unread; `null` where they had cast none. */
    readonly revoteId: string | null;
  };
  readonly 'let-back-in': OfMember & { readonly name: string };
  readonly 'handed-over': Handed;
  readonly 'taken-over': Handed;
  readonly 'names-set': { readonly names: NamesMode };
}

export type SessionEventType = keyof Events;

/** An event; of one type where that is given. */
export type SessionEvent<T extends SessionEventType = SessionEventType> = {
  [K in T]: { readonly type: K } & Events[K];
}[T];

/** Events of the moment, told to everyone and not kept in the permanent log. */
export const passingEvents: readonly SessionEventType[] = ['focused', 'timer-changed', 'knocked'];
