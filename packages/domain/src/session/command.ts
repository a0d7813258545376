// What people press, and nothing that a server computes: ids, sealed content and whatever must be looked up are facts
// (`facts.ts`). This file is the table of contents of a calibration.
import type { Answer, Sheet } from '../answer.ts';
import type { Nothing, OfMember, OfParticipant, OfQuestion } from './concerns.ts';
import type { AgreedAnswer, Cause, NamesMode, Settings, UndoStep } from './state.ts';

export type TimerAction =
  | { readonly kind: 'start'; readonly durationMs: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'extend'; readonly byMs: number }
  | { readonly kind: 'stop' };

interface Commands {
  // Preparing (C2, C4)
  readonly 'edit-settings': { readonly settings: Settings };
  /** After a newer version of its scorecard was published: no person presses it (S1). */
  readonly 'move-version': Nothing;
  readonly 'add-participant': OfMember;
  readonly 'remove-participant': OfParticipant;
  readonly delete: Nothing;

  // One step forward each (C3)
  readonly 'start-scoring': Nothing;
  readonly reveal: Nothing;
  readonly resolve: Nothing;
  readonly close: Nothing;

  // Scoring (C5 to C7)
  /** `seen`: what the person saw when pressing Submit; `null` submits whatever is stored. */
  readonly submit: OfMember & { readonly seen: Sheet | null };
  readonly 'take-back': OfMember;
  readonly excuse: OfParticipant & { readonly reason: string };
  readonly readmit: OfParticipant;
  /** After a stranger was in the place: a submission is taken back, a sheet not yet submitted is replaced by an empty one (J2). */
  readonly 'start-afresh': OfMember;
  /** An empty sheet for someone whose place is shut to them after somebody else's reset of the account (J2). */
  readonly 'restart-place': OfMember;

  // The outcome of a question (C10)
  readonly agree: OfQuestion & { readonly agreed: AgreedAnswer | null; readonly cause: Cause | null };

  // Running the meeting (C9)
  readonly focus: { readonly questionId: string | null };
  readonly timer: OfQuestion & { readonly action: TimerAction };
  /** Agrees on every unanimous question that has no agreed answer yet. */
  readonly sweep: Nothing;
  /** Undoes the latest step, if it is still the one the person saw. */
  readonly undo: { readonly kind: UndoStep['kind'] };
  readonly 'set-speak-first': { readonly on: boolean };

  // Second votes (C13)
  readonly 'open-revote': OfQuestion;
  readonly vote: OfMember & { readonly revoteId: string; readonly answer: Answer };
  /** `without`: those the facilitator saw missing; not taken while names are hidden for everybody. */
  readonly 'reveal-revote': { readonly revoteId: string; readonly without: readonly string[] };
  readonly 'cancel-revote': { readonly revoteId: string };

  // Coming in (J1)
  /** A member with an account, by the join link. Whoever is in already stays as they are. */
  readonly join: OfMember;
  /** A guest, by the join link. `from`: where from, as a keyed hash of the address; `null` where that is not known. */
  readonly knock: { readonly name: string; readonly from: string | null };
  readonly admit: { readonly entryId: string };
  readonly 'turn-away': { readonly entryId: string };
  /** Everyone who waits is turned away: the facilitator's word, or the end of the link they came by. */
  readonly 'empty-lobby': Nothing;
  /** A guest, waiting or in. */
  readonly 'rename-guest': OfMember & { readonly to: string };

  // Who is in, and who runs it (C3, C12, J3)
  readonly 'put-out': OfMember & { readonly reason: string };
  /** After the reveal, a member who was put out by mistake. Before it they are added like anyone else. */
  readonly 'let-back-in': OfMember;
  readonly 'hand-over': OfMember;
  readonly 'take-over': OfMember;
  readonly 'set-names': { readonly names: NamesMode };
}

export type CommandType = keyof Commands;

/** A command; of one type where that is given. */
export type Command<T extends CommandType = CommandType> = {
  [K in T]: { readonly type: K } & Commands[K];
}[T];
