// The board out of the submissions: called once, at the reveal, and never again (C7). Participants in any order give the same
// numbers.
import type { Answer } from './answer.ts';
import type {
  Board,
  BoardGroup,
  BoardInput,
  BoardParticipant,
  BoardQuestion,
  ScoreSummary,
} from './board.ts';
import { countValues, meanOf, medianOf, spreadOf } from './counted.ts';
import { type Divergence, distributionOf, divergenceOf } from './divergence.ts';
import { deviations } from './evaluator.ts';
import { compare, type Fraction, fraction, toNumber, toPercent } from './points.ts';
import { gwetAc1, krippendorffAlpha } from './reliability.ts';
import { scoreExactly, scoreInPercent } from './score.ts';
import { isScored, narrowScorecard, type Question } from './scorecard.ts';
import { type Tally, tallyOf } from './tally.ts';

interface Placed {
  readonly question: Question;
  readonly sectionId: string;
  readonly tally: Tally;
  readonly exact: Divergence;
  readonly group: BoardGroup;
}

/**
 * Every number of the review board (scoring.md 2 and 3), flags and order decided exactly before anything becomes a double. Costs
 * questions × people · log people; an unscored checklist the square of the different sets chosen.
 *
 * @param input the session's own scorecard, and only participants who submitted
 */
export function buildBoard(input: BoardInput): Board {
  const { scorecard, thresholdHundredths, participants } = input;
  const placed = placedIn(input);
  const comparable = placed.filter(({ exact }) => exact.measure !== null);
  const scored = placed.filter(({ question }) => isScored(question));
  const binary = scored.filter(({ question }) => question.type === 'binary');
  const places = new Map(placed.map((one) => [one.question.id, one]));
  const exactScores = participants.map((_, index) =>
    scoreExactly(scorecard, ({ id }) => places.get(id)?.tally.given[index]?.q ?? null),
  );
  const deviation = deviations(participants.map((_, index) => rowOf(scored, index, 'percent')));
  const ratingsOn = (rated: readonly Placed[]) =>
    participants.map((_, index) => rowOf(rated, index, 'shown'));
  const binaryRatings = ratingsOn(binary);
  return {
    layout: 1,
    thresholdHundredths,
    questions: placed.map((one) => questionOf(one, participants)),
    order: orderOf(placed),
    participants: exactScores.map(
      (exact, index): BoardParticipant => ({
        participantId: participants[index]?.id ?? '',
        ...scoreInPercent(exact),
        ...(deviation[index] ?? { n: 0, severity: null, erraticness: null, distance: null }),
      }),
    ),
    totals: summaryOf(exactScores.flatMap(({ total }) => total.score ?? [])),
    sectionTotals: scorecard.sections.map((section, index) => ({
      sectionId: section.id,
      ...summaryOf(exactScores.flatMap(({ sections }) => sections[index]?.score ?? [])),
    })),
    agreement: {
      comparable: comparable.length,
      notFlagged: comparable.filter(({ exact }) => !exact.flagged).length,
    },
    flaggedCount: placed.filter(({ exact }) => exact.flagged).length,
    reliability: {
      alphaInterval: krippendorffAlpha(ratingsOn(scored), 'interval'),
      binaryAlphaNominal: krippendorffAlpha(binaryRatings, 'nominal'),
      binaryGwetAc1: gwetAc1(binaryRatings, 2),
    },
  };
}

/** One question's numbers over these answers alone, by the board's rules: a second round (C13). `null` for an unknown question. */
export function buildRound(
  { scorecard, thresholdHundredths }: Pick<BoardInput, 'scorecard' | 'thresholdHundredths'>,
  questionId: string,
  given: readonly { readonly participantId: string; readonly answer: Answer }[],
): BoardQuestion | null {
  const [numbers] = buildBoard({
    scorecard: narrowScorecard(scorecard, [questionId]),
    thresholdHundredths,
    participants: given.map(({ participantId, answer }) => ({
      id: participantId,
      sheet: { [questionId]: { answer, comment: '', evidence: [] } },
    })),
  }).questions;
  return numbers ?? null;
}

/** One participant's q on these questions, in one of its forms. */
const rowOf = <Form extends 'percent' | 'shown'>(rated: readonly Placed[], participant: number, form: Form) =>
  rated.map(({ tally }) => tally.given[participant]?.[form] ?? null);

function placedIn({ scorecard, thresholdHundredths, participants }: BoardInput): Placed[] {
  return scorecard.sections.flatMap((section) =>
    section.questions.map((question) => {
      const tally = tallyOf(
        question,
        participants.map(({ id, sheet }) => ({
          participantId: id,
          answer: sheet[question.id]?.answer ?? null,
        })),
      );
      const exact = divergenceOf(tally, thresholdHundredths);
      const group: BoardGroup = exact.flagged ? 'flagged' : exact.na.mixed ? 'na-mixed' : 'rest';
      return { question, sectionId: section.id, tally, exact, group };
    }),
  );
}

function questionOf(
  { question, sectionId, tally, exact, group }: Placed,
  participants: BoardInput['participants'],
): BoardQuestion {
  return {
    questionId: question.id,
    sectionId,
    answers: participants.map(({ id, sheet }, index) => {
      const entry = sheet[question.id];
      return {
        participantId: id,
        answer: entry?.answer ?? null,
        q: tally.given[index]?.shown ?? null,
        comment: entry?.comment ?? '',
        evidence: entry?.evidence ?? [],
      };
    }),
    n: exact.n,
    measure: exact.measure,
    divergence: percentOrNull(exact.divergence),
    flagged: exact.flagged,
    notComparable: exact.notComparable,
    spread: percentOrNull(exact.spread),
    mean: percentOrNull(exact.mean),
    median: percentOrNull(exact.median),
    standardDeviation: exact.standardDeviation,
    meanPairwiseDifference: percentOrNull(exact.meanPairwiseDifference),
    distribution: distributionOf(tally),
    modeShare: exact.modeShare && toNumber(exact.modeShare),
    na: exact.na,
    criticalSplit: exact.criticalSplit,
    sameScoreDifferentChoices: exact.sameScoreDifferentChoices,
    group,
  };
}

const percentOrNull = (share: Fraction | null): number | null => share && toPercent(share);

function summaryOf(scores: readonly Fraction[]): ScoreSummary {
  const counted = countValues(scores.map((score) => [score, 1]));
  return {
    n: counted.n,
    spread: percentOrNull(spreadOf(counted)),
    mean: percentOrNull(meanOf(counted)),
    median: percentOrNull(medianOf(counted)),
  };
}

/**
 * Flagged by divergence, largest first, ties by mean pairwise difference, then scorecard order; then N/A mixed, then the rest,
 * both in scorecard order (scoring.md 2).
 */
function orderOf(placed: readonly Placed[]): string[] {
  const zero = fraction(0);
  const flagged = placed
    .filter(({ group }) => group === 'flagged')
    // Sorting is stable: what ties in both stays in scorecard order.
    .sort(
      (one, other) =>
        compare(other.exact.divergence ?? zero, one.exact.divergence ?? zero) ||
        compare(other.exact.meanPairwiseDifference ?? zero, one.exact.meanPairwiseDifference ?? zero),
    );
  const rest = (group: BoardGroup) => placed.filter((question) => question.group === group);
  return [...flagged, ...rest('na-mixed'), ...rest('rest')].map(({ question }) => question.id);
}
