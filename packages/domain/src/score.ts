// A question's percentage q, section scores and totals, exactly (scoring.md 1). One definition serves evaluations, the board,
// reports and exports.
import type { Answer, Sheet } from './answer.ts';
import { type Fraction, fraction, onCommonDenominator, toPercent } from './points.ts';
import type { Option, Question, Scorecard, Section } from './scorecard.ts';

/** q as an exact share: q = 100 · part / whole, both integers, whole > 0. */
export interface Share {
  readonly part: number;
  readonly whole: number;
}

/** A score in percent, and the score before a failed critical question set it to 0 (equal when none did). `null`: no score. */
export interface BoardScore {
  readonly score: number | null;
  readonly beforeCritical: number | null;
}

/** The answer's share of what the question can earn; `null` for N/A, unscored questions and illegal answers. */
export function shareOf(question: Question, answer: Answer): Share | null {
  switch (question.type) {
    case 'binary':
      return answer.kind === 'binary' ? { part: answer.pass ? 1 : 0, whole: 1 } : null;
    case 'scale':
      return answer.kind === 'scale'
        ? earned(
            answer.valueHundredths - question.minHundredths,
            question.maxHundredths - question.minHundredths,
          )
        : null;
    case 'rubric': {
      if (answer.kind !== 'rubric') return null;
      const points =
        question.options.find((option) => option.id === answer.optionId)?.pointsHundredths ?? null;
      return points === null ? null : earned(points, mostPointsHundredths(question));
    }
    case 'checklist': {
      if (answer.kind !== 'checklist') return null;
      const named = new Set(answer.optionIds);
      const chosen = question.options.filter((option) => named.has(option.id));
      if (chosen.length < named.size) return null;
      return earned(pointsOf(chosen), mostPointsHundredths(question));
    }
    case 'text':
      return null;
  }
}

/** What an answer to it can earn at most: the largest points of a rubric's levels, all of a checklist's. 0: it has no points. */
export const mostPointsHundredths = ({
  type,
  options,
}: Extract<Question, { type: 'rubric' | 'checklist' }>): number =>
  type === 'checklist'
    ? pointsOf(options)
    : Math.max(0, ...options.map((option) => option.pointsHundredths ?? 0));

const pointsOf = (options: readonly Option[]) =>
  options.reduce((points, option) => points + (option.pointsHundredths ?? 0), 0);

const earned = (part: number, whole: number): Share | null =>
  whole > 0 && part >= 0 && part <= whole && Number.isSafeInteger(part) ? { part, whole } : null;

/** q as a fraction in [0, 1]; `null` where there is none. */
export function fractionOf(question: Question, answer: Answer | null): Fraction | null {
  const share = answer && shareOf(question, answer);
  return share ? fraction(share.part, share.whole) : null;
}

/** q in percent [0, 100]; `null` where there is none. */
export function percentOf(question: Question, answer: Answer | null): number | null {
  const q = fractionOf(question, answer);
  return q && toPercent(q);
}

/** A score as a fraction in [0, 1], and what it was before a failed critical question set it to 0. `null`: no score. */
export interface ExactScore {
  readonly score: Fraction | null;
  readonly beforeCritical: Fraction | null;
}

export interface ExactSheetScore {
  readonly total: ExactScore;
  readonly sections: readonly ({ readonly sectionId: string } & ExactScore)[];
}

/** A sheet's scores in percent [0, 100], each the double nearest to the exact score; `null`: no score, shown "—". */
export interface SheetScore {
  readonly total: BoardScore;
  readonly sections: readonly ({ readonly sectionId: string } & BoardScore)[];
}

/** Section scores and total of a sheet (scoring.md 1). What has no q drops out of both sums. */
export const scoreSheet = (scorecard: Scorecard, sheet: Sheet): SheetScore =>
  scoreInPercent(
    scoreExactly(scorecard, (question) => fractionOf(question, sheet[question.id]?.answer ?? null)),
  );

/** Exact scores as they are shown. */
export function scoreInPercent({ total, sections }: ExactSheetScore): SheetScore {
  return {
    total: inPercent(total),
    sections: sections.map((section) => ({ sectionId: section.sectionId, ...inPercent(section) })),
  };
}

const inPercent = ({ score, beforeCritical }: ExactScore): BoardScore => ({
  score: score && toPercent(score),
  beforeCritical: beforeCritical && toPercent(beforeCritical),
});

/** The share of what the question can earn that a sheet's answer to it earned; `null` where it has no q. */
type ShareOf = (question: Question) => Fraction | null;

/** The same as fractions, for whatever is computed from scores. */
export function scoreExactly(scorecard: Scorecard, qOf: ShareOf): ExactSheetScore {
  const sections = scorecard.sections.map((section) => ({
    sectionId: section.id,
    weight: section.weightHundredths,
    ...scoreSection(section, qOf),
  }));
  const beforeCritical = weightedMean(
    sections.flatMap(({ score, weight }) => (score ? [{ value: score, weight }] : [])),
  );
  const failed = scorecard.sections.some((section) => failsCritical(section, qOf, 'scorecard'));
  return {
    total: { beforeCritical, score: failed ? fraction(0) : beforeCritical },
    sections: sections.map(({ weight: _, ...section }) => section),
  };
}

function scoreSection(section: Section, qOf: ShareOf): ExactScore {
  const beforeCritical = weightedMean(
    section.questions.flatMap((question) => {
      const value = qOf(question);
      return value ? [{ value, weight: question.weightHundredths }] : [];
    }),
  );
  const failed = failsCritical(section, qOf, 'section');
  // A failed critical question counts though its own weight, or every weight around it, is 0.
  return { beforeCritical, score: failed ? fraction(0) : beforeCritical };
}

/** A question is failed by earning nothing: q = 0. Without a q nothing is failed. */
function failsCritical(section: Section, qOf: ShareOf, critical: 'section' | 'scorecard'): boolean {
  return section.questions.some(
    (question) => question.critical === critical && qOf(question)?.numerator === 0n,
  );
}

/** Weighted mean over what is there; `null` where the weights sum to nothing. */
function weightedMean(parts: readonly { value: Fraction; weight: number }[]): Fraction | null {
  const weights = parts.reduce((total, { weight }) => total + weight, 0);
  if (weights === 0) return null;
  const { numerators, denominator } = onCommonDenominator(parts.map(({ value }) => value));
  const weighted = parts.reduce(
    (total, { weight }, index) => total + (numerators[index] ?? 0n) * BigInt(weight),
    0n,
  );
  return fraction(weighted, denominator * BigInt(weights));
}
