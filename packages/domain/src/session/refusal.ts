// Every reason a rule can say no, with the data that lets one mend it. A refusal is a value: never thrown in the domain,
// never prose. The contract maps each code to a problem type, the client to words fit for a screen.
import type { SheetProblem } from '../answer.ts';
import type { HinderedMember, Hindrance } from '../member.ts';
import type { SessionStatus } from './status.ts';

export const mayNotTakePart = (memberId: string, hindrance: Hindrance): Refusal => ({
  code: 'may-not-take-part',
  people: [{ memberId, ...hindrance }],
});

export type Refusal =
  /** The command does not exist in the session's present status. */
  | {
      readonly code: 'wrong-status';
      readonly status: SessionStatus;
      readonly needs: readonly SessionStatus[];
    }
  /** Someone else moved the session first: it is no longer where the command expected it. */
  | { readonly code: 'stale'; readonly status: SessionStatus; readonly expected: SessionStatus }
  | { readonly code: 'too-few-participants'; readonly have: number; readonly need: number }
  /** A newer version of its scorecard was published: the draft moves to it first, and its facilitator sees it before they start (S1). */
  | { readonly code: 'version-behind'; readonly version: number; readonly newest: number }
  /** Chosen questions that the scorecard's version does not have any more (S1). */
  | { readonly code: 'questions-gone'; readonly questionIds: readonly string[] }
  | { readonly code: 'not-all-submitted'; readonly waitingFor: readonly string[] }
  | { readonly code: 'too-few-submissions'; readonly have: number; readonly need: number }
  | { readonly code: 'unresolved-questions'; readonly questionIds: readonly string[] }
  | { readonly code: 'incomplete-sheet'; readonly problems: readonly SheetProblem[] }
  /** Typing is still on its way: what the person saw is not what is stored. */
  | { readonly code: 'sheet-not-saved' }
  | { readonly code: 'already-submitted' }
  | { readonly code: 'not-submitted' }
  | { readonly code: 'not-a-participant' }
  | { readonly code: 'already-a-participant'; readonly memberId: string }
  | { readonly code: 'excused' }
  | { readonly code: 'not-excused' }
  | { readonly code: 'participant-submitted'; readonly participantId: string }
  | { readonly code: 'reason-required' }
  /** Everyone whom it concerns, each with the reason. */
  | { readonly code: 'may-not-take-part'; readonly people: readonly HinderedMember[] }
  | { readonly code: 'unknown-question'; readonly questionId: string }
  | { readonly code: 'illegal-agreed-answer'; readonly questionId: string }
  | { readonly code: 'already-facilitator' }
  | { readonly code: 'may-not-facilitate'; readonly people: readonly HinderedMember[] }
  | { readonly code: 'no-timer'; readonly questionId: string }
  | { readonly code: 'illegal-duration'; readonly shortestMs: number; readonly longestMs: number }
  | { readonly code: 'nothing-to-sweep' }
  /** Nothing is left to undo, or something else happened since. */
  | { readonly code: 'nothing-to-undo' }
  | { readonly code: 'question-not-voted'; readonly questionId: string }
  | { readonly code: 'revote-open'; readonly questionId: string }
  | { readonly code: 'no-open-revote' }
  | { readonly code: 'illegal-vote'; readonly questionId: string }
  | { readonly code: 'not-all-voted'; readonly waitingFor: readonly string[] }
  | { readonly code: 'too-few-votes'; readonly have: number; readonly need: number }
  | { readonly code: 'lobby-full'; readonly most: number }
  | { readonly code: 'not-waiting' }
  /** Others wait from the same place already. */
  | { readonly code: 'too-many-from-one-place'; readonly most: number }
  /** The facilitator has put this member out: no link lets them in. */
  | { readonly code: 'put-out' }
  | { readonly code: 'not-put-out' }
  /** Whoever facilitates is not put out: they hand the session over first. */
  | { readonly code: 'facilitator-stays' }
  /** Nobody of this session who came without an account. */
  | { readonly code: 'not-a-guest' }
  | { readonly code: 'guests-not-allowed' }
  | { readonly code: 'reminded-recently'; readonly againAt: string };
