// What a command needs to know beside the session: looked up by whoever carries it out, under the session's lock, and given to
// `decide` as they are. A fact is never a decision.
import type { Answer, Sheet } from '../answer.ts';
import type { Board, BoardQuestion } from '../board.ts';
import type { EntryTexts } from '../held.ts';
import type { HinderedMember, MemberSubject } from '../member.ts';
import type { Commitment } from '../proof.ts';
import type { Scorecard } from '../scorecard.ts';

/** Ciphertext, and what binds its author to it: HMAC-SHA-256 of the content under a salt that is sealed with it. */
export interface Sealed {
  readonly sealed: Uint8Array;
  readonly commitment: Uint8Array;
}

/** Somebody of the organisation who might take part, or run it. */
export interface KnownMember extends MemberSubject {
  /** Came without an account. */
  readonly guest: boolean;
}

/** A submission opened at the reveal. `salt` is published with it, as are those of its texts, by question. */
export interface OpenedSubmission {
  readonly participantId: string;
  readonly sheet: Sheet;
  readonly salt: Uint8Array;
  /** None in a session that is proved by version 1. */
  readonly texts: Readonly<Record<string, EntryTexts>>;
}

/** A vote opened with its round. */
export interface OpenedVote {
  readonly participantId: string;
  readonly answer: Answer;
  readonly salt: Uint8Array;
  /** Hexadecimal. */
  readonly commitment: string;
}

/** A resolution note that is not blank: ProseMirror JSON, and its plain text. */
export interface ResolutionNote {
  readonly questionId: string;
  readonly json: unknown;
  readonly text: string;
}

/** Facts by command type; a type that is not here needs none. */
export interface Facts {
  /** The version narrowed to the settings' questions, and everyone whom the settings' scope would put out. */
  readonly 'edit-settings': {
    readonly scorecard: Scorecard;
    readonly hindered: readonly HinderedMember[];
  };
  /** The newest published version of its scorecard, narrowed to the settings' questions; numbers from 1. */
  readonly 'move-version': {
    readonly from: number;
    readonly newest: { readonly id: string; readonly version: number; readonly scorecard: Scorecard };
  };
  /** Numbers of its version, and of the newest published one. */
  readonly 'start-scoring': { readonly version: number; readonly newest: number };
  /** `null`: nobody of the organisation. */
  readonly 'add-participant': { readonly participantId: string; readonly member: KnownMember | null };
  readonly reveal: {
    /** Of all submissions, in the order of the participants. */
    readonly board: Board;
    readonly submissions: readonly OpenedSubmission[];
    readonly commitments: readonly Commitment[];
  };
  /** Every note that is not blank. */
  readonly resolve: { readonly notes: readonly ResolutionNote[] };
  /** The sheet as it is stored; `signedInAt`: when the sign-in was made that submits it. */
  readonly submit: { readonly sheet: Sheet; readonly sealed: Sealed; readonly signedInAt: string };
  readonly 'start-afresh': { readonly newParticipantId: string };
  /** `resetBy`: who reset the account, by name; empty for the operator. */
  readonly 'restart-place': { readonly newParticipantId: string; readonly resetBy: string };
  readonly sweep: { readonly board: Board };
  readonly 'open-revote': { readonly revoteId: string };
  readonly vote: { readonly sealed: Sealed; readonly signedInAt: string };
  /** `numbers`: of the second round, by the board's rules. Votes in the order of the participants. */
  readonly 'reveal-revote': { readonly votes: readonly OpenedVote[]; readonly numbers: BoardQuestion };
  readonly join: { readonly participantId: string; readonly member: KnownMember | null };
  readonly knock: { readonly entryId: string; readonly memberId: string; readonly userId: string };
  /** Whether the organisation admits guests, now. */
  readonly admit: { readonly participantId: string; readonly guestsAllowed: boolean };
  readonly 'hand-over': { readonly member: KnownMember | null };
  /** `name`: as they are known here. `discarded`: the commitment of a submission that goes with the place, hexadecimal. */
  readonly 'put-out': { readonly name: string; readonly discarded: string | null };
  readonly 'let-back-in': { readonly name: string; readonly guest: boolean };
  readonly 'rename-guest': { readonly from: string; readonly guest: boolean };
}

/** The facts of a command type, `null` where it needs none. */
export type FactsOf<T extends string> = T extends keyof Facts ? Facts[T] : null;
