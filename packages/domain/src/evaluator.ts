// How one evaluator stands to the group: lenient or strict, erratic or steady, near or far (scoring.md 3 and 4).

import type { Sheet } from './answer.ts';
import { studentT975 } from './reliability.ts';
import { percentOf } from './score.ts';
import type { Scorecard } from './scorecard.ts';
import type { AgreedAnswer } from './session.ts';

/** In points. `severity` positive is lenient; `erraticness` needs two questions. `null`: nothing to compare. */
export interface Deviation {
  readonly n: number;
  readonly severity: number | null;
  readonly erraticness: number | null;
  readonly distance: number | null;
}

const meanOf = (values: readonly number[]) =>
  values.reduce((total, value) => total + value, 0) / values.length;

const sampleDeviation = (values: readonly number[]) => {
  const middle = meanOf(values);
  return Math.sqrt(values.reduce((total, value) => total + (value - middle) ** 2, 0) / (values.length - 1));
};

/**
 * Leave-one-out deviations of each coder: own value minus the mean of the others', over units with at least two values.
 * One's own score would shrink the difference, with few people by much.
 *
 * @param ratings percent, coders by units
 */
export function deviations(ratings: readonly (readonly (number | null)[])[]): Deviation[] {
  return ratings.map((own, coder) => {
    const differences = own.flatMap((value, unit) => {
      const others = ratings.flatMap((row, index) => {
        const other = row[unit];
        return index === coder || other === null || other === undefined ? [] : [other];
      });
      return value === null || others.length === 0 ? [] : [value - meanOf(others)];
    });
    const n = differences.length;
    return {
      n,
      severity: n > 0 ? meanOf(differences) : null,
      erraticness: n > 1 ? sampleDeviation(differences) : null,
      distance: n > 0 ? meanOf(differences.map(Math.abs)) : null,
    };
  });
}

/** `alignment` in percent, `null` where no question has both a q; `naMismatches` are counted apart from it. */
export interface Alignment {
  readonly alignment: number | null;
  readonly n: number;
  readonly naMismatches: number;
}

/** Weighted mean of 100 - |q - agreed q|, weights section times question; N/A on one side only is a mismatch. */
export function alignmentWith(
  scorecard: Scorecard,
  sheet: Sheet,
  agreed: ReadonlyMap<string, AgreedAnswer>,
): Alignment {
  let weights = 0;
  let weighted = 0;
  let n = 0;
  let naMismatches = 0;
  for (const section of scorecard.sections) {
    for (const question of section.questions) {
      const own = sheet[question.id]?.answer ?? null;
      const standard = agreed.get(question.id);
      if (!standard || standard.kind === 'scorecard-needs-changing' || own === null) continue;
      if ((own.kind === 'na') !== (standard.kind === 'na')) {
        naMismatches += 1;
        continue;
      }
      const ownQ = percentOf(question, own);
      const agreedQ = percentOf(question, standard);
      if (ownQ === null || agreedQ === null) continue;
      const weight = section.weightHundredths * question.weightHundredths;
      weights += weight;
      weighted += weight * (100 - Math.abs(ownQ - agreedQ));
      n += 1;
    }
  }
  return { alignment: weights > 0 ? weighted / weights : null, n, naMismatches };
}

/** A mean over sessions; `interval` is the 95 % t-interval, from `enoughSessions` on, `null` with too little data. */
export interface AcrossSessions {
  readonly n: number;
  readonly mean: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

export const enoughSessions = 5;

export function acrossSessions(values: readonly number[]): AcrossSessions {
  const n = values.length;
  if (n === 0) return { n, mean: null, interval: null };
  const middle = meanOf(values);
  if (n < enoughSessions) return { n, mean: middle, interval: null };
  const reach = (studentT975(n - 1) * sampleDeviation(values)) / Math.sqrt(n);
  return { n, mean: middle, interval: { low: middle - reach, high: middle + reach } };
}
