// The board out of the submissions: called once, at the reveal, and never again (C7). Participants in any order give the same
// numbers.
import type {
  Board,
  BoardGroup,
  BoardInput,
  BoardParticipant,
  BoardQuestion,
  ScoreSummary,
} from './board.ts';
import { type Divergence, distributionOf, divergenceOf, spreadOf } from './divergence.ts';
import { deviations } from './evaluator.ts';
import { compare, type Fraction, fraction, mean, median, multiply, toNumber, toPercent } from './points.ts';
import { gwetAc1, krippendorffAlpha } from './reliability.ts';
import { fractionOf, percentOf, scoreInPercent, scoreSheetExactly } from './score.ts';
import { isScored, type Question } from './scorecard.ts';

interface Placed {
  readonly question: Question;
  readonly sectionId: string;
  readonly exact: Divergence;
  readonly group: BoardGroup;
}

/**
 * Every number of the review board (scoring.md 2 and 3), flags and order decided exactly before anything becomes a double.
 *
 * @param input the session's own scorecard, and only participants who submitted
 */
export function buildBoard({ scorecard, thresholdHundredths, participants }: BoardInput): Board {
  const answerOf = (participant: BoardInput['participants'][number], question: Question) =>
    participant.sheet[question.id]?.answer ?? null;
  const placed: Placed[] = scorecard.sections.flatMap((section) =>
    section.questions.map((question) => {
      const given = participants.map((participant) => ({
        participantId: participant.id,
        answer: answerOf(participant, question),
      }));
      const exact = divergenceOf(question, given, thresholdHundredths);
      const group: BoardGroup = exact.flagged ? 'flagged' : exact.na.mixed ? 'na-mixed' : 'rest';
      return { question, sectionId: section.id, exact, group };
    }),
  );

  const questions = placed.map(({ question, sectionId, exact, group }): BoardQuestion => {
    const answers = participants.map((participant) => {
      const entry = participant.sheet[question.id];
      return {
        participantId: participant.id,
        answer: entry?.answer ?? null,
        q: percentOf(question, entry?.answer ?? null),
        comment: entry?.comment ?? '',
        evidence: entry?.evidence ?? [],
      };
    });
    return {
      questionId: question.id,
      sectionId,
      answers,
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
      distribution: distributionOf(question, answers),
      modeShare: exact.modeShare && toNumber(exact.modeShare),
      na: exact.na,
      criticalSplit: exact.criticalSplit,
      sameScoreDifferentChoices: exact.sameScoreDifferentChoices,
      group,
    };
  });

  const scored = placed.filter(({ question }) => isScored(question)).map(({ question }) => question);
  const sharesOn = (rated: readonly Question[]) =>
    participants.map((participant) =>
      rated.map((question) => fractionOf(question, answerOf(participant, question))),
    );
  const inPercent = (shares: readonly (readonly (Fraction | null)[])[]) =>
    shares.map((row) => row.map(percentOrNull));
  const shares = sharesOn(scored);
  const all = inPercent(shares);
  const binary = inPercent(sharesOn(scored.filter(({ type }) => type === 'binary')));
  const comparable = placed.filter(({ exact }) => exact.measure !== null);
  const exactScores = participants.map(({ sheet }) => scoreSheetExactly(scorecard, sheet));
  const hundred = fraction(100);
  const deviation = deviations(shares.map((row) => row.map((share) => share && multiply(share, hundred))));
  return {
    layout: 1,
    thresholdHundredths,
    questions,
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
      alphaInterval: krippendorffAlpha(all, 'interval'),
      binaryAlphaNominal: krippendorffAlpha(binary, 'nominal'),
      binaryGwetAc1: gwetAc1(binary, 2),
    },
  };
}

const percentOrNull = (share: Fraction | null): number | null => share && toPercent(share);

const summaryOf = (scores: readonly Fraction[]): ScoreSummary => ({
  n: scores.length,
  spread: percentOrNull(spreadOf(scores)),
  mean: scores.length > 0 ? toPercent(mean(scores)) : null,
  median: scores.length > 0 ? toPercent(median(scores)) : null,
});

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
