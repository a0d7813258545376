// The review board: everything that was sealed, side by side, with its numbers, computed once at the reveal and frozen
// (C7, C8). The same numbers for everyone, for ever: nothing here may depend on who looks.
import type { Answer, Evidence, Sheet } from './answer.ts';
import type { BoardScore } from './score.ts';
import type { Scorecard } from './scorecard.ts';

/** One participant's answer as the board shows it. `q` in percent [0, 100], `null` for N/A, unanswered, unscored. */
export interface BoardAnswer {
  readonly participantId: string;
  readonly answer: Answer | null;
  readonly q: number | null;
  readonly comment: string;
  readonly evidence: readonly Evidence[];
}

/** How many gave one answer, and who. `key` is `answerKey`'s: `pass`, `fail`, a scale value, `option:a`, `options:a+b`, `na`, `none`. */
export interface DistributionEntry {
  readonly key: string;
  readonly answer: Answer | null;
  readonly participantIds: readonly string[];
}

/** Why nothing could be compared. `text` is shown side by side and never compared. */
export type NotComparable = 'one-score' | 'all-na' | 'no-answers' | 'text';

/** What a question's divergence was measured by (scoring.md 2). */
export type DivergenceMeasure = 'spread' | 'mode-share' | 'jaccard';

/** Which of the three groups of the board's order a question falls in. */
export type BoardGroup = 'flagged' | 'na-mixed' | 'rest';

export interface BoardQuestion {
  readonly questionId: string;
  readonly sectionId: string;
  readonly answers: readonly BoardAnswer[];
  /** Answers that enter the numbers. */
  readonly n: number;
  readonly measure: DivergenceMeasure | null;
  /** Percentage points [0, 100]; `null` when n < 2 or text. Equal to `spread` for a scored question. */
  readonly divergence: number | null;
  readonly flagged: boolean;
  readonly notComparable: NotComparable | null;
  readonly spread: number | null;
  readonly mean: number | null;
  readonly median: number | null;
  /** Sample (n - 1). */
  readonly standardDeviation: number | null;
  readonly meanPairwiseDifference: number | null;
  /** In the control's order; answers nobody gave are left out, except for binary and scales of up to 11 steps. */
  readonly distribution: readonly DistributionEntry[];
  /** Share in [0, 1] of the most given answer among the non-N/A ones. */
  readonly modeShare: number | null;
  /** `of`: all answers given, N/A among them; what was left unanswered is none. */
  readonly na: { readonly count: number; readonly of: number; readonly mixed: boolean };
  readonly criticalSplit: boolean;
  readonly sameScoreDifferentChoices: boolean;
  readonly group: BoardGroup;
}

/** One participant over the whole session. Severity, erraticness and distance are in points, leave-one-out (scoring.md 3). */
export interface BoardParticipant {
  readonly participantId: string;
  readonly total: BoardScore;
  readonly sections: readonly ({ readonly sectionId: string } & BoardScore)[];
  /** Comparable questions the three figures rest on. */
  readonly n: number;
  readonly severity: number | null;
  readonly erraticness: number | null;
  readonly distance: number | null;
}

/** A reliability coefficient, or why there is none. `interval` is the jackknife's 95 % interval, `null` under 3 units. */
export type Coefficient =
  | {
      readonly kind: 'value';
      readonly value: number;
      readonly units: number;
      readonly tooLittleData: boolean;
      readonly interval: { readonly low: number; readonly high: number } | null;
    }
  | { readonly kind: 'no-variation'; readonly units: number }
  | { readonly kind: 'no-pairs' };

/** Scores of several participants; in percent. `spread` from two on, `mean` and `median` from one on. */
export interface ScoreSummary {
  readonly n: number;
  readonly spread: number | null;
  readonly mean: number | null;
  readonly median: number | null;
}

export interface Board {
  /** Version of this layout. */
  readonly layout: 1;
  readonly thresholdHundredths: number;
  /** In scorecard order. */
  readonly questions: readonly BoardQuestion[];
  /** Question ids in the board's order: flagged by divergence, then N/A mixed, then the rest. */
  readonly order: readonly string[];
  /** In the order in which participants were given. */
  readonly participants: readonly BoardParticipant[];
  readonly totals: ScoreSummary;
  /** In scorecard order. */
  readonly sectionTotals: readonly ({ readonly sectionId: string } & ScoreSummary)[];
  readonly agreement: { readonly comparable: number; readonly notFlagged: number };
  readonly flaggedCount: number;
  readonly reliability: {
    /** Interval alpha over all scored questions. */
    readonly alphaInterval: Coefficient;
    /** Over the binary questions alone. */
    readonly binaryAlphaNominal: Coefficient;
    readonly binaryGwetAc1: Coefficient;
  };
}

export interface BoardInput {
  readonly scorecard: Scorecard;
  readonly thresholdHundredths: number;
  readonly participants: readonly { readonly id: string; readonly sheet: Sheet }[];
}
