// What people press on an evaluation, and nothing that a server computes.
import type { Answer, Sheet } from '../answer.ts';
import type { Dispute, Ruling } from './state.ts';

type Nothing = Readonly<Record<never, never>>;

/** An answer that a lead puts in the place of another. */
export interface ChangedAnswer {
  readonly questionId: string;
  readonly answer: Answer;
}

interface Commands {
  /** `seen`: what the evaluator saw when pressing Submit; `null` submits whatever is stored. */
  readonly submit: { readonly seen: Sheet | null };
  /** By its evaluator, or by a lead. */
  readonly discard: Nothing;
  /** The draft of someone who is deactivated, to another evaluator, empty. */
  readonly 'hand-on': { readonly to: string };

  // The agent's (E6)
  readonly acknowledge: Nothing;
  readonly dispute: Omit<Dispute, 'at'>;
  readonly 'withdraw-dispute': Nothing;

  // A lead's who is not the evaluator
  readonly 'begin-dispute': Nothing;
  readonly 'resolve-dispute': { readonly rulings: readonly Ruling[] };
  readonly correct: {
    readonly answers: readonly ChangedAnswer[];
    readonly why: string;
    readonly sessionId: string | null;
  };
  /** It stays readable and leaves every figure (E7). */
  readonly void: { readonly reason: string };
}

export type EvaluationCommandType = keyof Commands;

/** A command; of one type where that is given. */
export type EvaluationCommand<T extends EvaluationCommandType = EvaluationCommandType> = {
  [K in T]: { readonly type: K } & Commands[K];
}[T];
