// Everything that keeps a draft scorecard from being published (S3), each with where it is.
import { answersWithExamples, exampleKey, examplesOf, isBlankExample } from './example.ts';
import {
  isScored,
  mostScaleValues,
  type Option,
  type Question,
  type ScaleQuestion,
  type Scorecard,
  type Section,
} from './scorecard.ts';

export interface PublishProblem {
  /** JSON pointer into the scorecard. */
  readonly pointer: string;
  readonly code:
    | 'name-missing'
    | 'no-sections'
    | 'title-missing'
    | 'no-questions'
    | 'prompt-missing'
    | 'id-repeated'
    | 'id-reserved'
    | 'weight-negative'
    | 'weights-all-zero'
    | 'scale-empty'
    | 'step-does-not-fit'
    | 'too-many-steps'
    | 'anchor-off-scale'
    | 'anchor-repeated'
    | 'too-few-options'
    | 'option-label-missing'
    | 'option-label-repeated'
    | 'points-mixed'
    | 'points-negative'
    | 'points-all-equal'
    | 'example-empty'
    | 'example-of-nothing'
    | 'critical-unscored'
    | 'comment-rule-unscored';
}

type Code = PublishProblem['code'];
type Say = (pointer: string, code: Code) => void;

/** Every problem, in the scorecard's order; empty when it can be published. */
export function publishProblems(scorecard: Scorecard): PublishProblem[] {
  const problems: PublishProblem[] = [];
  const say: Say = (pointer, code) => problems.push({ pointer, code });
  if (scorecard.name.trim() === '') say('/name', 'name-missing');
  if (scorecard.sections.length === 0) say('/sections', 'no-sections');
  else if (scorecard.sections.every(({ weightHundredths }) => weightHundredths === 0)) {
    say('/sections', 'weights-all-zero');
  }
  const ids = new Set<string>();
  scorecard.sections.forEach((section, index) => {
    const pointer = `/sections/${index}`;
    checkId(section.id, ids, pointer, say);
    checkSection(section, pointer, say);
    section.questions.forEach((question, place) => {
      const at = `${pointer}/questions/${place}`;
      checkId(question.id, ids, at, say);
      checkQuestion(question, at, say);
    });
  });
  return problems;
}

function checkId(id: string, seen: Set<string>, pointer: string, say: Say) {
  // Sheets are objects keyed by question: this one key is not like others.
  if (id === '__proto__' || id === '') say(`${pointer}/id`, 'id-reserved');
  else if (seen.has(id)) say(`${pointer}/id`, 'id-repeated');
  seen.add(id);
}

function checkSection(section: Section, pointer: string, say: Say) {
  const { title, weightHundredths, questions } = section;
  if (title.trim() === '') say(`${pointer}/title`, 'title-missing');
  if (weightHundredths < 0) say(`${pointer}/weight`, 'weight-negative');
  if (questions.length === 0) say(`${pointer}/questions`, 'no-questions');
  const scored = questions.filter(isScored);
  // Such a section has a weight that could never count.
  if (
    weightHundredths > 0 &&
    scored.length > 0 &&
    scored.every((question) => question.weightHundredths === 0)
  ) {
    say(`${pointer}/questions`, 'weights-all-zero');
  }
}

function checkQuestion(question: Question, pointer: string, say: Say) {
  if (question.prompt.trim() === '') say(`${pointer}/prompt`, 'prompt-missing');
  if (question.weightHundredths < 0) say(`${pointer}/weight`, 'weight-negative');
  if (question.type === 'scale') checkScale(question, pointer, say);
  if (question.type === 'rubric') checkOptions(question.options, 2, pointer, say);
  if (question.type === 'checklist') checkOptions(question.options, 1, pointer, say);
  if (question.type === 'rubric' || question.type === 'checklist') checkRange(question, pointer, say);
  checkExamples(question, pointer, say);
  if (isScored(question)) return;
  if (question.critical !== 'none') say(`${pointer}/critical`, 'critical-unscored');
  if (question.comment === 'required-when-points-lost') say(`${pointer}/comment`, 'comment-rule-unscored');
}

function checkExamples(question: Question, pointer: string, say: Say) {
  const examples = examplesOf(question);
  if (examples.length === 0) return;
  const answers = new Set(answersWithExamples(question).map(exampleKey));
  const ids = new Set<string>();
  examples.forEach((example, index) => {
    const at = `${pointer}/examples/${index}`;
    checkId(example.id, ids, at, say);
    if (!answers.has(exampleKey(example.of))) say(`${at}/of`, 'example-of-nothing');
    if (isBlankExample(example)) say(`${at}/text`, 'example-empty');
  });
}

function checkScale(question: ScaleQuestion, pointer: string, say: Say) {
  const { minHundredths, maxHundredths, stepHundredths, anchors } = question;
  const width = maxHundredths - minHundredths;
  if (width <= 0) {
    say(`${pointer}/max`, 'scale-empty');
    return;
  }
  const fits = stepHundredths > 0 && width % stepHundredths === 0;
  if (!fits) say(`${pointer}/step`, 'step-does-not-fit');
  else if (width / stepHundredths + 1 > mostScaleValues) say(`${pointer}/step`, 'too-many-steps');
  const seen = new Set<number>();
  anchors.forEach(({ valueHundredths }, index) => {
    const offset = valueHundredths - minHundredths;
    const at = `${pointer}/anchors/${index}/value`;
    if (offset < 0 || offset > width || (fits && offset % stepHundredths !== 0)) say(at, 'anchor-off-scale');
    else if (seen.has(valueHundredths)) say(at, 'anchor-repeated');
    seen.add(valueHundredths);
  });
}

function checkOptions(options: readonly Option[], fewest: number, pointer: string, say: Say) {
  if (options.length < fewest) say(`${pointer}/options`, 'too-few-options');
  const ids = new Set<string>();
  const labels = new Set<string>();
  options.forEach(({ id, label, pointsHundredths }, index) => {
    const at = `${pointer}/options/${index}`;
    const name = label.trim();
    checkId(id, ids, at, say);
    if (name === '') say(`${at}/label`, 'option-label-missing');
    else if (labels.has(name)) say(`${at}/label`, 'option-label-repeated');
    labels.add(name);
    if (pointsHundredths !== null && pointsHundredths < 0) say(`${at}/points`, 'points-negative');
  });
  const withPoints = options.filter(({ pointsHundredths }) => pointsHundredths !== null).length;
  if (withPoints > 0 && withPoints < options.length) say(`${pointer}/options`, 'points-mixed');
}

/** A scored question's largest attainable value must lie above its smallest (scoring.md 1). */
function checkRange(
  question: Extract<Question, { type: 'rubric' | 'checklist' }>,
  pointer: string,
  say: Say,
) {
  const points = question.options.flatMap(({ pointsHundredths }) => pointsHundredths ?? []);
  if (points.length === 0) return;
  const attainable =
    question.type === 'rubric' ? points : [0, points.reduce((total, value) => total + value, 0)];
  if (Math.max(...attainable) <= Math.min(...attainable)) say(`${pointer}/options`, 'points-all-equal');
}
