// What each section and question weighs in the whole score, exactly: what an editor shows beside weights (E11, scoring.md 1).
import { type Fraction, fraction } from './points.ts';
import { isScored, type Scorecard, type Section } from './scorecard.ts';

export interface SectionShare {
  readonly sectionId: string;
  /** Of the whole score; `null` where nothing in it can be scored. */
  readonly share: Fraction | null;
  readonly questions: readonly {
    readonly questionId: string;
    /** Of the whole score; `null` where the question is never scored. */
    readonly share: Fraction | null;
  }[];
}

const scoredWeight = ({ questions }: Section): number =>
  questions.filter(isScored).reduce((total, { weightHundredths }) => total + weightHundredths, 0);

/**
 * The shares of a sheet on which every scored question is answered: those of the questions add up to their section's, those of the
 * sections to 1, unless all weights are 0.
 */
export function scorecardShares(scorecard: Scorecard): SectionShare[] {
  const counting = scorecard.sections.filter((section) => scoredWeight(section) > 0);
  const whole = counting.reduce((total, { weightHundredths }) => total + weightHundredths, 0);
  return scorecard.sections.map((section) => {
    const within = scoredWeight(section);
    const counts = within > 0 && whole > 0;
    return {
      sectionId: section.id,
      share: counts
        ? fraction(section.weightHundredths, whole)
        : section.questions.some(isScored)
          ? fraction(0)
          : null,
      questions: section.questions.map((question) => ({
        questionId: question.id,
        share: !isScored(question)
          ? null
          : counts
            ? fraction(
                BigInt(section.weightHundredths) * BigInt(question.weightHundredths),
                BigInt(whole) * BigInt(within),
              )
            : fraction(0),
      })),
    };
  });
}
