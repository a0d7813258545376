// The board out of the submissions: called once, at the reveal, and never again (C7). Participants in any order give the same
// numbers.
import type { Board, BoardGroup, BoardInput, BoardParticipant, BoardQuestion, BoardScore } from './board.ts';
import { type Divergence, distributionOf, divergenceOf } from './divergence.ts';
import { deviations } from './evaluator.ts';
import { compare, type Fraction, fraction, mean, median, subtract, toNumber, toPercent } from './points.ts';
import { gwetAc1, krippendorffAlpha } from './reliability.ts';
import { type ExactScore, percentOf, scoreSheet } from './score.ts';
import { isScored, type Question } from './scorecard.ts';

interface Placed {
  readonly question: Question;
  readonly sectionId: string;
  readonly exact: Divergence;
  readonly group: BoardGroup;
}

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
      standardDeviation: exact.standardDeviation === null ? null : exact.standardDeviation * 100,
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
  const ratingsOn = (rated: readonly Question[]) =>
    participants.map((participant) =>
      rated.map((question) => percentOf(question, answerOf(participant, question))),
    );
  const binary = ratingsOn(scored.filter(({ type }) => type === 'binary'));
  const comparable = placed.filter(({ exact }) => exact.measure !== null);
  const scores = participants.map(({ sheet }) => scoreSheet(scorecard, sheet));
  const deviation = deviations(ratingsOn(scored));
  const totals = scores.flatMap(({ total }) => total.score ?? []);
  return {
    layout: 1,
    thresholdHundredths,
    questions,
    order: orderOf(placed),
    participants: participants.map(({ id }, index): BoardParticipant => {
      const { total, sections } = scores[index] ?? { total: noScore, sections: [] };
      return {
        participantId: id,
        total: scoreToBoard(total),
        sections: sections.map((section) => ({ sectionId: section.sectionId, ...scoreToBoard(section) })),
        ...(deviation[index] ?? { n: 0, severity: null, erraticness: null, distance: null }),
      };
    }),
    totals: {
      n: totals.length,
      spread: totals.length >= 2 ? toPercent(spreadOf(totals)) : null,
      mean: totals.length >= 1 ? toPercent(mean(totals)) : null,
      median: totals.length >= 1 ? toPercent(median(totals)) : null,
    },
    agreement: {
      comparable: comparable.length,
      notFlagged: comparable.filter(({ exact }) => !exact.flagged).length,
    },
    flaggedCount: placed.filter(({ exact }) => exact.flagged).length,
    reliability: {
      alphaInterval: krippendorffAlpha(ratingsOn(scored), 'interval'),
      binaryAlphaNominal: krippendorffAlpha(binary, 'nominal'),
      binaryGwetAc1: gwetAc1(binary, 2),
    },
  };
}

const noScore: ExactScore = { score: null, beforeCritical: null };

const percentOrNull = (share: Fraction | null): number | null => share && toPercent(share);

const scoreToBoard = ({ score, beforeCritical }: ExactScore): BoardScore => ({
  score: percentOrNull(score),
  beforeCritical: percentOrNull(beforeCritical),
});

function spreadOf(values: readonly Fraction[]): Fraction {
  const sorted = [...values].sort(compare);
  const lowest = sorted[0] ?? fraction(0);
  return subtract(sorted.at(-1) ?? lowest, lowest);
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
