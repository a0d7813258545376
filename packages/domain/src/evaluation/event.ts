// What happened to an evaluation, whole: an event has all that `evolve` needs, and all that is written because of it.
import type { Counted, Dispute, Revision, SettledDispute } from './state.ts';

type Nothing = Readonly<Record<never, never>>;

interface Events {
  readonly submitted: { readonly first: Counted };
  /** `by`: a lead, or its own evaluator. */
  readonly discarded: { readonly by: string };
  readonly 'handed-on': { readonly from: string; readonly to: string; readonly by: string };
  readonly acknowledged: { readonly at: string };
  readonly disputed: { readonly dispute: Dispute };
  readonly 'dispute-withdrawn': Nothing;
  readonly 'dispute-begun': { readonly by: string };
  /** `revision`: `null` where every answer is kept. */
  readonly 'dispute-resolved': {
    readonly dispute: SettledDispute;
    readonly revision: Revision | null;
    readonly fell: boolean;
  };
  /** `fell`: the score is lower than before, and the window opens once more. */
  readonly corrected: { readonly revision: Revision; readonly fell: boolean };
  readonly voided: { readonly at: string; readonly by: string; readonly reason: string };
}

export type EvaluationEventType = keyof Events;

/** An event; of one type where that is given. */
export type EvaluationEvent<T extends EvaluationEventType = EvaluationEventType> = {
  [K in T]: { readonly type: K } & Events[K];
}[T];
