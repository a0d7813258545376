// What a record says that follows from the rest of it (C8c, C12): who passed, and how near each was to the agreed answers. Computed
// when it is read, by what the board uses live; no log holds it, and verifying computes it again.
import { alignmentsOf, distanceFromAgreed, type SectionWeights, sectionWeightsOf } from './alignment.ts';
import { isSame } from './canonical.ts';
import { passedBy } from './pass-mark.ts';
import type { RecordContent, RecordFigures } from './record.ts';
import { questionsOf } from './scorecard.ts';

type Source = Pick<RecordContent, 'scorecard' | 'board' | 'questions'>;

export function recordFigures(
  { scorecard, board, questions }: Source,
  weights: SectionWeights,
): RecordFigures {
  const agreed = new Map(questions.map((question) => [question.questionId, question.agreed]));
  const numbersOf = new Map(board.questions.map((numbers) => [numbers.questionId, numbers]));
  const { people, ...counts } = alignmentsOf({ scorecard, weights, board, agreed });
  const passed = passedBy(scorecard, board);
  return {
    sectionWeights: weights,
    ...counts,
    people: people.map((person) => ({ ...person, passed: passed.get(person.participantId) ?? null })),
    questions: questionsOf(scorecard).flatMap((question) => {
      const standard = agreed.get(question.id) ?? null;
      if (standard === null) return [];
      const answers = (numbersOf.get(question.id)?.answers ?? []).flatMap(({ participantId, answer }) => {
        const from = distanceFromAgreed(question, answer, standard);
        return from ? [{ participantId, ...from }] : [];
      });
      return [{ questionId: question.id, answers }];
    }),
  };
}

/** The record with its figures. */
export const withFigures = <R extends RecordContent>(record: R, weights: SectionWeights): R => ({
  ...record,
  figures: recordFigures(record, weights),
});

/**
 * Whether the figures are those that follow from the record; one without any has none to be wrong. What its questions weighed on
 * the whole scorecard a record of some of them cannot tell: there each section's weight must only not be less than what is here.
 */
export function areFiguresRight(record: RecordContent): boolean {
  const { figures } = record;
  if (figures === undefined) return true;
  return isSame(figures, recordFigures(record, figures.sectionWeights)) && arePossible(figures, record);
}

function arePossible({ sectionWeights }: RecordFigures, { scorecard, settings }: RecordContent): boolean {
  const here = sectionWeightsOf(scorecard);
  if (settings.questionIds === null) return isSame(sectionWeights, here);
  const said = new Map(sectionWeights.map((section) => [section.sectionId, section.weightHundredths]));
  return here.every(({ sectionId, weightHundredths }) => (said.get(sectionId) ?? -1) >= weightHundredths);
}
