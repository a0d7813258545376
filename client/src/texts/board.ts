// What the review board says where an answer, a number or a kind of question decides: answers in the question's own words, and
// numbers with their n and unit.
import {
  type AgreedAnswer,
  type Answer,
  type Board,
  type BoardQuestion,
  type Coefficient,
  choseNa,
  type Differing,
  intervalToShow,
  type Question,
  questionsOf,
  restsOnFew,
  type Scorecard,
  standingOf,
  thresholdOf,
  toleranceOf,
} from '@attune/domain';
import { hundredths, list, percent } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';
import { figures } from './figures.ts';

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

/** How many questions are flagged by a tolerance of their own. */
const withOwnTolerance = (scorecard: Pick<Scorecard, 'sections'>): number =>
  questionsOf(scorecard).filter((question) => toleranceOf(question) !== null).length;

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

/** What a coefficient rests on, and how far it can be trusted. */
function coefficientAbout(value: Coefficient, differing: Differing): string {
  if (value.kind === 'no-pairs') return m.board_noPairs();
  if (value.kind === 'no-variation') return m.board_allAlike({ count: value.units });
  const questions = m.board_questionCount({ count: value.units });
  const interval = intervalToShow(value);
  const about = interval
    ? m.board_interval({ low: twoDecimals(interval.low), high: twoDecimals(interval.high), questions })
    : questions;
  return [
    value.tooLittleData ? m.board_tooLittleData({ about }) : about,
    ...(restsOnFew(differing) ? [m.board_restsOn(differing)] : []),
  ].join('. ');
}

export const board = {
  answer,
  /** `25 % apart, n = 6`, or why nothing was compared. */
  divergence: figures.apart,
  coefficient,
  coefficientAbout,
  withOwnTolerance,
  agreed: (question: Question, given: AgreedAnswer): string =>
    given.kind === 'scorecard-needs-changing' ? m.board_needsChanging() : answer(question, given),
  /** Who chose N/A where others did not: `N/A: 1 of 3 (Ben)`. */
  choseNa: (q: BoardQuestion, people: ReadonlyMap<string, { readonly name: string }>): string =>
    m.board_choseNa({ ...q.na, names: list(choseNa(q).flatMap((id) => people.get(id)?.name ?? [])) }),
  /** The heading under which a question stands. */
  standing: (q: BoardQuestion): string => m.board_standings({ standing: standingOf(q) }),
  summary: (b: Board, scorecard: Pick<Scorecard, 'sections'>): string => {
    const own = withOwnTolerance(scorecard);
    const summary = m.board_summary({
      flagged: b.flaggedCount,
      count: b.questions.length,
      threshold: figures.threshold(b.thresholdHundredths),
    });
    return own === 0 ? summary : `${summary}, ${m.board_ownTolerances({ count: own })}`;
  },
  /** Where a divergence lies, and by what that is decided: `over the threshold of 25 %`, `within the question’s tolerance of 10 %`. */
  verdict: (question: Question, { flagged }: BoardQuestion, thresholdHundredths: number): string => {
    const by = toleranceOf(question) === null ? 'threshold' : 'tolerance';
    const limit = figures.threshold(thresholdOf(question, thresholdHundredths));
    return flagged ? m.board_flagLine({ by, limit }) : m.board_noFlagLine({ by, limit });
  },
  /** `2:05` */
  seconds: (second: number) => `${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}`,
  totalsSummary: ({ totals: { n, mean, median, spread } }: Board) =>
    n === 0
      ? m.board_noTotals()
      : n === 1
        ? m.board_oneTotal({ total: percent(mean) })
        : m.board_totals({ mean: percent(mean), median: percent(median), spread: percent(spread), n }),
  agreementText: ({ agreement: { notFlagged, comparable } }: Board) =>
    comparable === 0 ? m.board_nothingToCompare() : m.board_agreementOf({ agreed: notFlagged, comparable }),
  /** A question of the board as one sentence, for those who listen. */
  sentence: (prompt: string, q: BoardQuestion, question: Question, thresholdHundredths: number): string => {
    if (question.type === 'text') return m.board_sentenceWritten({ prompt, count: q.n });
    const answers = q.answers.map((one) => answer(question, one.answer)).join(', ');
    const told = { prompt, answers, divergence: figures.apart(question, q, thresholdHundredths) };
    return q.flagged ? m.board_sentenceFlagged(told) : m.board_sentence(told);
  },
  /** For the last cell of a row: `25 %`, or why there is none. */
  divergenceShort: (question: Question, q: BoardQuestion, thresholdHundredths: number) =>
    q.measure === null
      ? figures.apart(question, q, thresholdHundredths)
      : figures.divergence(question, q, thresholdHundredths),
} as const;
