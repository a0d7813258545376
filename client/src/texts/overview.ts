// What the overview says (C8b, C8c): the verdict in one line, what stands in a cell of the heat map, who passed, and how near each was
// to the agreed answers.
import {
  type Answer,
  type Board,
  type BoardScore,
  type FromAgreed,
  type FromMedian,
  isScored,
  type PersonAlignment,
  type Question,
  verdictOf,
} from '@attune/domain';
import { hundredths, percent, percentBeside } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';
import { board } from './board.ts';

/** Whom it is told: those in the meeting, or whoever reads the record of it. */
export type Told = 'now' | 'record';

/**
 * `You agreed on 6 of 10; 4 to discuss`, `All 10 agreed; 1 N/A split`. Once some are settled it says when that was so:
 * `You agreed on 6 of 10 before the discussion; 1 of 4 left to discuss`.
 *
 * @param left flagged questions that are not settled yet; `null` where some are, and it is not known here how many
 */
function verdict(of: Board, told: Told, left: number | null = verdictOf(of).flagged): string {
  const { compared, agreed, flagged, naSplits } = verdictOf(of);
  const isNow = told === 'now';
  const isBegun = left === null || left < flagged;
  const agreedOf = !isNow
    ? m.overview_groupAgreedOf
    : isBegun
      ? m.overview_agreedBefore
      : m.overview_agreedOf;
  const open = (left: number) => {
    if (!isNow || left === 0) return m.overview_discussed({ count: flagged });
    return isBegun ? m.overview_leftOf({ left, flagged }) : m.overview_toDiscuss({ count: flagged });
  };
  const head =
    compared === 0
      ? m.overview_nothingCompared()
      : flagged === 0
        ? (isNow ? m.overview_agreedAll : m.overview_groupAgreedAll)({ compared })
        : agreedOf({ agreed, compared });
  const rest = [
    ...(flagged > 0 && left !== null ? [open(left)] : []),
    ...(naSplits > 0 ? [m.overview_naSplits({ count: naSplits })] : []),
  ];
  return rest.length === 0 ? head : `${head}; ${rest.join(', ')}`;
}

/** Points of an option, or of several, of the most there are. */
function pointsOf(question: Question, answer: Answer): { points: number; most: number } | null {
  if (!isScored(question)) return null;
  const points = (chosen: ReadonlySet<string> | null) =>
    'options' in question
      ? question.options
          .filter(({ id }) => !chosen || chosen.has(id))
          .map(({ pointsHundredths }) => pointsHundredths ?? 0)
      : [];
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  if (answer.kind === 'rubric')
    return { points: sum(points(new Set([answer.optionId]))), most: Math.max(...points(null)) };
  return answer.kind === 'checklist'
    ? { points: sum(points(new Set(answer.optionIds))), most: sum(points(null)) }
    : null;
}

/**
 * An answer in its own unit, short enough for a cell: `Pass`, `4`, `7 of 10`, `N/A`, else its first words. For a room it has so many
 * letters at most where it is of points: `7/10` where `10/10` fits, else `7`; no text is told by its first letters there.
 */
function cell(question: Question, answer: Answer | null, most = Number.POSITIVE_INFINITY): string {
  const isForRoom = Number.isFinite(most);
  if (answer === null || (answer.kind === 'text' && isForRoom)) return '–';
  const of = isForRoom ? m.overview_pointsShort : m.overview_points;
  const earned = pointsOf(question, answer);
  if (earned) {
    const points = hundredths(earned.points);
    const largest = hundredths(earned.most);
    // All answers to a question alike, by the longest there is.
    return of({ points: largest, most: largest }).length <= most ? of({ points, most: largest }) : points;
  }
  if (answer.kind === 'checklist' && question.type === 'checklist')
    return of({ points: String(answer.optionIds.length), most: String(question.options.length) });
  return board.answer(question, answer);
}

/** A total beside the pass mark: with as many decimals as it takes not to seem on its other side. */
function total({ score, beforeCritical }: BoardScore, passMarkHundredths: number | null): string {
  const shown = besideMark(score, passMarkHundredths);
  return score === beforeCritical
    ? shown
    : `${shown}, ${m.board_beforeCritical({ score: besideMark(beforeCritical, passMarkHundredths) })}`;
}

/** Percent, on the same side of the mark as it is. */
const besideMark = (score: number | null, passMarkHundredths: number | null): string =>
  passMarkHundredths === null ? percent(score) : percentBeside(score, passMarkHundredths / 100);

const mismatches = ({ naMismatches, criticalMismatches }: PersonAlignment): string[] => [
  ...(naMismatches > 0 ? [m.overview_naMismatches({ count: naMismatches })] : []),
  ...(criticalMismatches > 0 ? [m.overview_criticalMismatches({ count: criticalMismatches })] : []),
];

/** `87.5 % aligned, n = 4; 1 N/A mismatch`; empty where nothing of theirs can be held against an agreed answer. */
function aligned(person: PersonAlignment): string {
  const { alignment, n } = person;
  const share =
    alignment === null
      ? []
      : [m.overview_aligned({ share: besideMark(alignment, 10_000), n: m.board_n({ n }) })];
  return [...share, ...mismatches(person)].join('; ');
}

/** `as agreed`, `25 % off`, `N/A mismatch`. */
function fromAgreed({ kind, off, critical }: FromAgreed): string {
  switch (kind) {
    case 'same':
      return m.overview_asAgreed();
    case 'na-mismatch':
      return m.overview_naMismatch();
    case 'other':
      return m.overview_otherChoice();
    case 'off': {
      const by = off === 0 ? m.overview_sameScore() : m.overview_off({ share: besideMark(off, 0) });
      return critical ? `${by}, ${m.overview_criticalMismatch()}` : by;
    }
  }
}

/** How far from the middle, for those who do not see the colour; empty at the median. */
function fromMedian({ kind, by }: FromMedian): string {
  if (by === 0) return '';
  const share = besideMark(Math.abs(by), 0);
  if (kind === 'unsigned') return m.overview_apart({ share });
  return by < 0 ? m.overview_below({ share }) : m.overview_above({ share });
}

export const overview = { verdict, cell, besideMark, total, aligned, fromAgreed, fromMedian } as const;
