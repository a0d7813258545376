// What a command needs to know beside the evaluation, looked up under its lock. A fact is never a decision.
import type { Sheet } from '../answer.ts';
import type { Hindrance } from '../member.ts';
import type { EvaluationCommandType } from './command.ts';

interface Facts {
  /** The stored document, and how many lines the interaction's transcript has. */
  readonly submit: { readonly sheet: Sheet; readonly transcriptLines: number };
  /** Whether its evaluator is still active, and what keeps the next one from evaluating here. */
  readonly 'hand-on': { readonly isActive: boolean; readonly hindrance: Hindrance | null };
  /** Whether a calibration of it is scoring now: until its reveal nothing may tell what stands (E2). */
  readonly 'resolve-dispute': { readonly isInCalibration: boolean };
  readonly correct: { readonly isInCalibration: boolean };
  readonly void: { readonly isInCalibration: boolean };
}

export type EvaluationFactsOf<T extends EvaluationCommandType> = T extends keyof Facts ? Facts[T] : null;
