// Every reason a rule can say no to a command on an evaluation, with the data that lets one mend it.
import type { SheetProblem } from '../answer.ts';
import type { Hindrance } from '../member.ts';
import type { EvaluationStatus } from './state.ts';

export type EvaluationRefusal =
  | {
      readonly code: 'wrong-status';
      readonly status: EvaluationStatus;
      readonly needs: readonly EvaluationStatus[];
    }
  | { readonly code: 'incomplete-sheet'; readonly problems: readonly SheetProblem[] }
  /** Typing is still on its way: what the person saw is not what is stored. */
  | { readonly code: 'sheet-not-saved' }
  /** The scorecard asks its agents for no answer, or for none but having read it. */
  | { readonly code: 'no-response-asked' }
  /** `until`: when the window ended; `null` where there is none any more. */
  | { readonly code: 'window-over'; readonly until: string | null }
  | { readonly code: 'already-acknowledged' }
  /** A lead looks into it already. */
  | { readonly code: 'dispute-begun' }
  | { readonly code: 'reason-required' }
  | { readonly code: 'unknown-question'; readonly questionId: string }
  | { readonly code: 'illegal-answer'; readonly questionId: string }
  /** Named twice. */
  | { readonly code: 'question-twice'; readonly questionId: string }
  | { readonly code: 'no-ruling'; readonly questionIds: readonly string[] }
  | { readonly code: 'nothing-changed' }
  | { readonly code: 'own-evaluation' }
  | { readonly code: 'in-calibration' }
  | { readonly code: 'evaluator-active' }
  | { readonly code: 'may-not-evaluate'; readonly hindrance: Hindrance };
