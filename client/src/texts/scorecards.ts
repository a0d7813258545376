// Numbers of a scorecard in words.
import { type Question, toleranceOf } from '@attune/domain';
import { hundredths, percentAsSet } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';

export const scorecards = {
  passMark: (value: number) => m.scorecards_passMark({ score: hundredths(value) }),
  weight: (value: number) => m.scorecards_weight({ weight: hundredths(value) }),
  /** `Tolerance 10 %`; empty where the session's threshold counts. */
  tolerance: (question: Question) => {
    const tolerance = toleranceOf(question);
    return tolerance === null ? '' : m.scorecards_tolerance({ tolerance: percentAsSet(tolerance) });
  },
  range: (question: Extract<Question, { type: 'scale' }>) =>
    m.scorecards_range({
      least: hundredths(question.minHundredths),
      most: hundredths(question.maxHundredths),
    }),
  points: (value: number) => m.board_points({ points: hundredths(value) }),
} as const;
