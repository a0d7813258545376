// What an evaluation is (E1, E2): one evaluator's scoring of one agent's interaction, its states as a union in which a field exists
// only where it means something. What changes them is in `evolve.ts` alone.
import type { Scope } from '../access.ts';
import type { Answer, Sheet } from '../answer.ts';
import type { Fraction } from '../points.ts';
import type { Scorecard } from '../scorecard.ts';

export const evaluationStatuses = [
  'draft',
  'submitted',
  'acknowledged',
  'disputed',
  'resolved',
  'voided',
] as const;
export type EvaluationStatus = (typeof evaluationStatuses)[number];

/** What is scored (E1). */
export const interactionTypes = ['call', 'screen', 'chat', 'e-mail', 'ticket'] as const;
export type InteractionType = (typeof interactionTypes)[number];

/** Answers as they count from a moment on: as submitted, or as a lead changed them. Nothing submitted is ever overwritten. */
export interface Counted {
  readonly sheet: Sheet;
  /** The total with critical failures, as a share in [0, 1], in lowest terms; `null` where nothing has a score. */
  readonly total: Fraction | null;
  /** ISO 8601 instant, UTC. */
  readonly at: string;
  /** The evaluator who submitted, or the lead who changed it. */
  readonly by: string;
}

/** Answers changed by a lead who is not the evaluator: what a dispute came to, or a correction. */
export interface Revision extends Counted {
  /** Empty where it came of a dispute: there the rulings say why. */
  readonly why: string;
  /** The calibration whose agreed answers it took; `null` where it took none. */
  readonly sessionId: string | null;
}

/** What an agent disputes of one question, and what it should have been. */
export interface DisputedQuestion {
  readonly questionId: string;
  /** `null`: they say that it is wrong, and not what is right. */
  readonly proposed: Answer | null;
}

export interface Dispute {
  readonly at: string;
  readonly why: string;
  /** None: the whole evaluation. */
  readonly questions: readonly DisputedQuestion[];
}

/** What a lead said of one question of a dispute. `changedTo`: `null` where the answer is kept. */
export interface Ruling {
  readonly questionId: string;
  readonly changedTo: Answer | null;
  readonly reason: string;
}

export interface SettledDispute extends Dispute {
  readonly settledAt: string;
  readonly settledBy: string;
  readonly rulings: readonly Ruling[];
}

interface Common {
  readonly id: string;
  readonly agentId: string;
  readonly evaluatorId: string;
  readonly scope: Scope;
  readonly interactionId: string;
  readonly scorecardVersionId: string;
  readonly scorecard: Scorecard;
}

interface Submitted extends Common {
  readonly first: Counted;
  /** The last one counts. */
  readonly revisions: readonly Revision[];
  readonly acknowledgedAt: string | null;
  /** The earliest first. */
  readonly disputes: readonly SettledDispute[];
  /** From when the hours of the window count: the submission, or a revision that lowered the score; `null` once it is used up. */
  readonly windowFrom: string | null;
}

/** Where a dispute came from, and goes back to when it is withdrawn. */
export type Disputable = 'submitted' | 'acknowledged' | 'resolved';

export type Evaluation =
  | (Common & { readonly status: 'draft' })
  | (Submitted & { readonly status: Disputable })
  | (Submitted & {
      readonly status: 'disputed';
      readonly before: Disputable;
      readonly dispute: Dispute;
      /** The lead who looks into it; until then its agent may withdraw it. */
      readonly begunBy: string | null;
    })
  | (Submitted & {
      readonly status: 'voided';
      readonly voidedAt: string;
      readonly voidedBy: string;
      readonly reason: string;
    });

export type SubmittedEvaluation = Exclude<Evaluation, { status: 'draft' }>;

/** The answers that count now. While a dispute is pending, those before it. */
export const countedOf = ({ first, revisions }: Pick<Submitted, 'first' | 'revisions'>): Counted =>
  revisions.at(-1) ?? first;
