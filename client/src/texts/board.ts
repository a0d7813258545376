// What the review board says where an answer, a number or a kind of question decides: answers in the question's own words, and
// numbers with their n and unit.
import type { AgreedAnswer, Answer, Board, BoardQuestion, Coefficient, Question } from '@attune/domain';
import { hundredths, list, percent, points } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';

const optionLabel = (question: Question, id: string): string =>
  question.type === 'rubric' || question.type === 'checklist'
    ? (question.options.find((option) => option.id === id)?.label ?? id)
    : id;

/** An answer in the question's own words: `Pass`, `4`, `Asked openly`, `Refund and Tone`, `N/A`. */
function answer(question: Question, given: Answer | null): string {
  if (given === null) return m.board_noAnswer();
  switch (given.kind) {
    case 'na':
      return m.board_na();
    case 'binary':
      return given.pass ? m.question_pass() : m.question_fail();
    case 'scale':
      return hundredths(given.valueHundredths);
    case 'rubric':
      return optionLabel(question, given.optionId);
    case 'checklist':
      return given.optionIds.length === 0
        ? m.board_noneChosen()
        : list(given.optionIds.map((id) => optionLabel(question, id)));
    case 'text':
      return given.text.trim() === '' ? m.board_noAnswer() : given.text;
  }
}

/** `1 point`, `2.5 points`. */
const inPoints = (value: number | null) => m.board_points({ points: points(value) });

/** What a question's divergence is called, with unit and n: `spread 50 points, n = 6`. */
function divergence({ notComparable, measure, divergence: share, spread, n }: BoardQuestion): string {
  if (notComparable) return m.board_notComparable({ why: notComparable });
  if (measure === 'mode-share') return m.board_choseOtherwise({ share: points(share), n });
  if (measure === 'jaccard') return m.board_choicesApart({ share: points(share), n });
  return m.board_spreadOf({ spread: inPoints(spread), n });
}

/** Two decimals with a true minus; what rounds to nothing has no sign. */
const twoDecimals = (value: number): string =>
  value
    .toFixed(2)
    .replace(/^-(?=0\.00$)/, '')
    .replace('-', '−');

function coefficient(value: Coefficient): string {
  switch (value.kind) {
    case 'no-variation':
      return m.board_noVariation();
    case 'no-pairs':
      return m.board_nothingToCompare();
    case 'value':
      return twoDecimals(value.value);
  }
}

function coefficientAbout(value: Coefficient): string {
  if (value.kind === 'no-pairs') return m.board_noPairs();
  if (value.kind === 'no-variation') return m.board_allAlike({ count: value.units });
  const questions = m.board_questionCount({ count: value.units });
  const about = value.interval
    ? m.board_interval({
        low: twoDecimals(value.interval.low),
        high: twoDecimals(value.interval.high),
        questions,
      })
    : questions;
  return value.tooLittleData ? m.board_tooLittleData({ about }) : about;
}

export const board = {
  answer,
  divergence,
  coefficient,
  coefficientAbout,
  agreed: (question: Question, given: AgreedAnswer): string =>
    given.kind === 'scorecard-needs-changing' ? m.board_needsChanging() : answer(question, given),
  summary: (b: Board): string =>
    m.board_summary({
      flagged: b.flaggedCount,
      count: b.questions.length,
      threshold: hundredths(b.thresholdHundredths),
    }),
  /** Where a divergence lies: over the threshold, or within it. */
  verdict: ({ flagged }: BoardQuestion, thresholdHundredths: number): string => {
    const threshold = hundredths(thresholdHundredths);
    return flagged ? m.board_flagLine({ threshold }) : m.board_noFlagLine({ threshold });
  },
  /** `2:05` */
  seconds: (second: number) => `${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}`,
  values: {
    spread: inPoints,
    mean: percent,
    median: percent,
    standardDeviation: inPoints,
    meanPairwiseDifference: inPoints,
    modeShare: (share: number | null) => percent(share === null ? null : share * 100),
  },
  totalsSummary: ({ totals: { n, mean, median, spread } }: Board) =>
    n === 0
      ? m.board_noTotals()
      : m.board_totals({ mean: percent(mean), median: percent(median), spread: points(spread), n }),
  agreementText: ({ agreement: { notFlagged, comparable } }: Board) =>
    comparable === 0 ? m.board_nothingToCompare() : m.board_agreementOf({ agreed: notFlagged, comparable }),
  /** A question of the board as one sentence, for those who listen. */
  sentence: (prompt: string, q: BoardQuestion, question: Question): string => {
    if (question.type === 'text') return m.board_sentenceWritten({ prompt, count: q.n });
    const answers = q.answers.map((one) => answer(question, one.answer)).join(', ');
    const told = { prompt, answers, divergence: divergence(q) };
    return q.flagged ? m.board_sentenceFlagged(told) : m.board_sentence(told);
  },
  divergenceShort: (q: BoardQuestion) =>
    q.measure === 'spread' ? inPoints(q.spread) : q.measure === null ? divergence(q) : percent(q.divergence),
} as const;
