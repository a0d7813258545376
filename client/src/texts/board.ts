// Words of the review board: questions, answers, numbers with their n and unit, and the formulas behind them.
import type {
  AgreedAnswer,
  Answer,
  Board,
  BoardQuestion,
  Cause,
  Coefficient,
  Question,
} from '@attune/domain';
import { count, hundredths, list, percent, plural, points } from '../lib/format.ts';

const causes: Readonly<Record<Cause, string>> = {
  wording: 'Wording of the question',
  'missed-evidence': 'Missed evidence',
  'policy-gap': 'Gap in the policy',
  na: 'Whether it applies (N/A)',
  severity: 'How severe it is',
  other: 'Something else',
};

const optionLabel = (question: Question, id: string): string =>
  question.type === 'rubric' || question.type === 'checklist'
    ? (question.options.find((option) => option.id === id)?.label ?? id)
    : id;

/** An answer in the question's own words: `Pass`, `4`, `Asked openly`, `Refund and Tone`, `N/A`. */
function answer(question: Question, given: Answer | null): string {
  if (given === null) return 'No answer';
  switch (given.kind) {
    case 'na':
      return 'N/A';
    case 'binary':
      return given.pass ? 'Pass' : 'Fail';
    case 'scale':
      return hundredths(given.valueHundredths);
    case 'rubric':
      return optionLabel(question, given.optionId);
    case 'checklist':
      return given.optionIds.length === 0
        ? 'None chosen'
        : list(given.optionIds.map((id) => optionLabel(question, id)));
    case 'text':
      return given.text.trim() === '' ? 'No answer' : given.text;
  }
}

/** Short enough for a cell: `Pass`, `4`, `N/A`, `2 of 4`, else the first words. */
function shortAnswer(question: Question, given: Answer | null): string {
  if (given === null) return '–';
  if (given.kind === 'checklist' && question.type === 'checklist')
    return `${given.optionIds.length}/${question.options.length}`;
  const text = answer(question, given);
  return text.length > 12 ? `${text.slice(0, 11).trimEnd()}…` : text;
}

const n = (of: number) => `n = ${count(of)}`;

/** What a question's divergence is called, with unit and n: `spread 50 points, n = 6`. */
function divergence(q: BoardQuestion): string {
  if (q.notComparable) return notComparable[q.notComparable];
  if (q.measure === 'mode-share') return `${points(q.divergence)} % chose otherwise, ${n(q.n)}`;
  if (q.measure === 'jaccard') return `choices ${points(q.divergence)} % apart, ${n(q.n)}`;
  return `spread ${plural1(q.spread)}, ${n(q.n)}`;
}

const plural1 = (value: number | null) => `${points(value)} ${points(value) === '1' ? 'point' : 'points'}`;

const notComparable = {
  'one-score': 'one score',
  'all-na': 'all N/A',
  'no-answers': 'no answers',
  text: 'text, side by side',
} as const;

/** Two decimals with a true minus; what rounds to nothing has no sign. */
const twoDecimals = (value: number): string =>
  value
    .toFixed(2)
    .replace(/^-(?=0\.00$)/, '')
    .replace('-', '−');

function coefficient(value: Coefficient): string {
  switch (value.kind) {
    case 'no-variation':
      return 'No variation';
    case 'no-pairs':
      return 'Nothing to compare';
    case 'value':
      return twoDecimals(value.value);
  }
}

function coefficientAbout(value: Coefficient): string {
  if (value.kind === 'no-pairs') return 'No question has two scores.';
  const units = plural(value.units, { one: '# question', other: '# questions' });
  if (value.kind === 'no-variation') return `All scores are alike over ${units}.`;
  const interval = value.interval
    ? `95 % interval ${twoDecimals(value.interval.low)} to ${twoDecimals(value.interval.high)}, `
    : '';
  return `${interval}${units}${value.tooLittleData ? '. Too little data to trust' : ''}`;
}

export const board = {
  causes,
  answer,
  shortAnswer,
  divergence,
  notComparable,
  coefficient,
  coefficientAbout,
  agreed: (question: Question, given: AgreedAnswer): string =>
    given.kind === 'scorecard-needs-changing' ? 'Scorecard needs changing' : answer(question, given),
  n,
  loading: 'Loading the board…',
  views: 'View',
  questions: 'Questions',
  overview: 'Overview',
  order: 'Order',
  orderBoard: 'Flagged first',
  orderScorecard: 'Scorecard order',
  summary: (b: Board): string =>
    `${count(b.flaggedCount)} of ${plural(b.questions.length, { one: '# question', other: '# questions' })} flagged · threshold ${hundredths(b.thresholdHundredths)} points`,
  flagged: 'Flagged',
  groups: { flagged: 'Flagged', 'na-mixed': 'N/A mixed', rest: 'Agreed closely enough' },
  naMixed: (q: BoardQuestion) => `N/A ${q.na.count} of ${q.na.of}`,
  resolved: 'Resolved',
  unresolved: 'Not resolved',
  listLabel: 'Questions of this calibration',
  back: 'All questions',
  next: 'Next question',
  previous: 'Previous question',
  nOfM: (at: number, of: number) => `${count(at)} of ${count(of)}`,
  guidance: 'Guidance',
  sameScore: 'Same score, different choices',
  sameScoreAbout: 'The points are equal, but not what was chosen.',
  criticalSplit: 'Critical split',
  criticalSplitAbout: 'Some failed this critical question and some did not.',
  critical: { section: 'Critical for the section', scorecard: 'Critical for the whole score' },
  mean: 'Mean',
  median: 'Median',
  spread: 'Spread',
  flagLine: (thresholdHundredths: number) =>
    `over the threshold of ${hundredths(thresholdHundredths)} points`,
  noFlagLine: (thresholdHundredths: number) =>
    `within the threshold of ${hundredths(thresholdHundredths)} points`,
  why: {
    'one-score': 'Only one score, so there is nothing to compare.',
    'all-na': 'Everyone chose N/A.',
    'no-answers': 'Nobody answered.',
    text: 'Written answers stand side by side and are never flagged.',
  },
  na: 'N/A',
  naCount: (q: BoardQuestion) => `N/A, ${q.na.count} of ${q.na.of}`,
  noAnswer: 'No answer',
  answers: 'Answers',
  distribution: 'Distribution',
  people: (k: number) => plural(k, { one: '# person', other: '# people' }),
  evidenceLine: (line: number) => `line ${line}`,
  inRecording: (moment: string) => `${moment} in the recording`,
  seconds: (second: number) => `${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}`,
  lineGone: 'A line of the transcript',
  formula: (name: string) => `${name}: how it is computed`,
  values: {
    spread: plural1,
    mean: percent,
    median: percent,
    standardDeviation: plural1,
    meanPairwiseDifference: plural1,
    modeShare: (share: number | null) => percent(share === null ? null : share * 100),
  },
  measures: {
    spread: {
      name: 'Spread',
      formula:
        'Highest score − lowest score, in percentage points. Flagged when strictly above the threshold.',
    },
    'mode-share': {
      name: 'Chose otherwise',
      formula: '100 × (1 − share of the most given answer). Flagged when strictly above the threshold.',
    },
    jaccard: {
      name: 'Choices apart',
      formula:
        '100 × (1 − mean similarity over all pairs). Similarity of two people: choices in common ÷ choices of either. Flagged when strictly above the threshold.',
    },
    mean: { name: 'Mean', formula: 'Sum of the scores ÷ n. N/A never counts.' },
    median: { name: 'Median', formula: 'The middle score; of an even n the mean of the middle two.' },
    standardDeviation: {
      name: 'Standard deviation',
      formula: 'Square root of: sum of squared distances from the mean ÷ (n − 1), in points.',
    },
    meanPairwiseDifference: {
      name: 'Mean difference of two',
      formula: 'Mean distance over all pairs of people, in points. It tells one outlier from a split room.',
    },
    modeShare: { name: 'Most given answer', formula: 'Its count ÷ all answers that are not N/A.' },
  },
  overviewCaption: 'Scores by question and person, in percent, with each question’s divergence',
  overviewHint: 'Choose a cell to open its question. Arrow keys move between cells.',
  legend: 'Score against the others’ mean',
  legendBelow: 'Below',
  legendWith: 'With the others',
  legendAbove: 'Above',
  question: 'Question',
  divergenceHead: 'Divergence',
  sectionScore: (title: string) => `${title}, section score`,
  total: 'Total',
  totalAbout: 'Weighted mean of the section scores',
  beforeCritical: (value: number | null) => `${percent(value)} before critical`,
  distance: 'Distance from the group',
  distanceFormula:
    'Mean of |own score − mean of the others’ scores| over the questions with at least two scores, in points.',
  severity: 'Lenient or strict',
  severityFormula:
    'Mean of (own score − mean of the others’ scores), in points. Above 0 is more lenient than the others, below 0 stricter.',
  totalsSummary: (b: Board) =>
    b.totals.n === 0
      ? 'No totals'
      : `Totals: mean ${percent(b.totals.mean)}, median ${percent(b.totals.median)}, spread ${points(b.totals.spread)} points, ${n(b.totals.n)}`,
  cell: (person: string, question: string, given: string) => `${person}, ${question}: ${given}. `,
  agreement: 'Agreement',
  agreementText: (b: Board) =>
    b.agreement.comparable === 0
      ? 'Nothing to compare'
      : `${b.agreement.notFlagged} of ${b.agreement.comparable} questions`,
  agreementFormula: 'Questions not flagged ÷ questions with at least two scores.',
  alpha: 'Krippendorff’s alpha',
  alphaFormula:
    '1 − observed ÷ expected disagreement, squared distances of scores, over all scored questions; N/A counts as missing. 1 is perfect, 0 is chance. The interval is a jackknife over questions.',
  binaryAlpha: 'Alpha, pass/fail only',
  binaryAlphaFormula: 'The same for pass/fail questions alone, where two answers are alike or not.',
  ac1: 'Gwet’s AC1, pass/fail only',
  ac1Formula:
    '(Observed − chance agreement) ÷ (1 − chance agreement). Steadier than alpha where nearly everyone passes.',
  reliability: 'Agreement and reliability',
  sentence: (prompt: string, q: BoardQuestion, question: Question): string => {
    const answers = q.answers.map((one) => answer(question, one.answer)).join(', ');
    const flag = q.flagged ? ', flagged' : '';
    return question.type === 'text'
      ? `${prompt} ${plural(q.n, { one: '# written answer', other: '# written answers' })}.`
      : `${prompt} ${answers}: ${divergence(q)}${flag}.`;
  },
  note: 'Resolution note',
  noteFor: (prompt: string) => `Resolution note: ${prompt}`,
  noteReadOnly: 'Read only',
  noteFailed: 'The note editor could not be loaded. Reload the page to try again.',
  noteLoading: 'Opening the note…',
  agreedTitle: 'Agreed answer',
  agreedNone: 'Not agreed yet',
  noNumber: (choose: string) => `${choose} Until then there is no agreed answer.`,
  needsChanging: 'Scorecard needs changing',
  cause: 'Why we differed',
  causeNone: 'Not said',
  clear: 'Clear',
  undo: 'Undo',
  leftAbout: 'Each flagged question needs a note or an agreed answer before the calibration can be resolved.',
  allResolved: 'Every flagged question is resolved',
  resolve: 'Resolve',
  resolveTitle: (name: string) => `Resolve “${name}”?`,
  resolveBody:
    'Notes and agreed answers become read-only for everyone, and the record is written. This cannot be undone.',
  open: (prompt: string) => `Open: ${prompt}`,
  revealing: 'Everyone’s answers are revealed',
  sealed: 'Sealed',
  divergenceShort: (q: BoardQuestion) =>
    q.measure === 'spread' ? plural1(q.spread) : q.measure === null ? divergence(q) : percent(q.divergence),
} as const;
