// What a record says that follows from the rest of it (C8c, C12): who passed, and how near each was to the agreed answers. Computed
// when it is read, by what the board uses live; no log holds it, and verifying computes it again.
import { alignmentsOf, distanceFromAgreed, type SectionWeights, sectionWeightsOf } from './alignment.ts';
import { isSame } from './canonical.ts';
import { passedBy } from './pass-mark.ts';
import type { RecordContent, RecordFigures } from './record.ts';
import { questionsOf } from './scorecard.ts';

type Source = Pick<RecordContent, 'scorecard' | 'board' | 'questions'>;

/** The rules that figures are made by now (scoring.md 3). Whoever changes a number they give names new ones. */
const figureRules = 'attune-figures/1';

export function recordFigures(
  { scorecard, board, questions }: Source,
  weights: SectionWeights,
): RecordFigures {
  const agreed = new Map(questions.map((question) => [question.questionId, question.agreed]));
  const numbersOf = new Map(board.questions.map((numbers) => [numbers.questionId, numbers]));
  const { people, ...counts } = alignmentsOf({ scorecard, weights, board, agreed });
  const passed = passedBy(scorecard, board);
  return {
    rules: figureRules,
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
 * Whether the figures are those that follow from the record; one without any has none to be wrong.
 *
 * @param held what the log says of the whole scorecard. Logs begun before said nothing of it: there each section of a session on
 * some questions must only not weigh less than what is here.
 */
export function areFiguresRight(record: RecordContent, held: SectionWeights | undefined): boolean {
  const { figures } = record;
  if (figures === undefined) return true;
  const { sectionWeights, rules = 'attune-figures/1' } = figures;
  const areHeld = held === undefined ? arePossible(sectionWeights, record) : isSame(sectionWeights, held);
  return (
    areHeld && rules === figureRules && isSame({ ...figures, rules }, recordFigures(record, sectionWeights))
  );
}

function arePossible(sectionWeights: SectionWeights, { scorecard, settings }: RecordContent): boolean {
  const here = sectionWeightsOf(scorecard);
  if (settings.questionIds === null) return isSame(sectionWeights, here);
  const said = new Map(sectionWeights.map((section) => [section.sectionId, section.weightHundredths]));
  return here.every(({ sectionId, weightHundredths }) => (said.get(sectionId) ?? -1) >= weightHundredths);
}
