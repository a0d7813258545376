// Everything that keeps a draft scorecard from being published (S3), each with where it is.
import type { Question, Scorecard, Section } from './scorecard.ts';

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
    | 'weight-negative'
    | 'weights-all-zero'
    | 'scale-empty'
    | 'step-does-not-fit'
    | 'too-many-steps'
    | 'anchor-off-scale'
    | 'too-few-options'
    | 'option-label-missing'
    | 'option-label-repeated'
    | 'points-mixed'
    | 'points-negative'
    | 'points-all-equal'
    | 'critical-unscored';
}

const mostSteps = 1_001;

/** Every problem, in the scorecard's order; empty when it can be published. */
export function publishProblems(scorecard: Scorecard): PublishProblem[] {
  const problems: PublishProblem[] = [];
  const say = (pointer: string, code: PublishProblem['code']) => problems.push({ pointer, code });
  if (scorecard.name.trim() === '') say('/name', 'name-missing');
  if (scorecard.sections.length === 0) say('/sections', 'no-sections');
  else if (scorecard.sections.every(({ weightHundredths }) => weightHundredths === 0)) {
    say('/sections', 'weights-all-zero');
  }
  const seen = new Set<string>();
  const once = (id: string, pointer: string) => {
    if (seen.has(id)) say(`${pointer}/id`, 'id-repeated');
    seen.add(id);
  };
  scorecard.sections.forEach((section, index) => {
    const pointer = `/sections/${index}`;
    once(section.id, pointer);
    problems.push(...sectionProblems(section, pointer));
    section.questions.forEach((question, place) => {
      once(question.id, `${pointer}/questions/${place}`);
      problems.push(...questionProblems(question, `${pointer}/questions/${place}`));
    });
  });
  return problems;
}

function sectionProblems(section: Section, pointer: string): PublishProblem[] {
  const problems: PublishProblem[] = [];
  if (section.title.trim() === '') problems.push({ pointer: `${pointer}/title`, code: 'title-missing' });
  if (section.weightHundredths < 0) problems.push({ pointer: `${pointer}/weight`, code: 'weight-negative' });
  if (section.questions.length === 0)
    problems.push({ pointer: `${pointer}/questions`, code: 'no-questions' });
  return problems;
}

function questionProblems(question: Question, pointer: string): PublishProblem[] {
  const problems: PublishProblem[] = [];
  const say = (where: string, code: PublishProblem['code']) =>
    problems.push({ pointer: `${pointer}${where}`, code });
  if (question.prompt.trim() === '') say('/prompt', 'prompt-missing');
  if (question.weightHundredths < 0) say('/weight', 'weight-negative');
  switch (question.type) {
    case 'binary':
      break;
    case 'text':
      if (question.critical !== 'none') say('/critical', 'critical-unscored');
      break;
    case 'scale': {
      const { minHundredths, maxHundredths, stepHundredths, anchors } = question;
      const width = maxHundredths - minHundredths;
      if (width <= 0) {
        say('/max', 'scale-empty');
        break;
      }
      if (stepHundredths <= 0 || width % stepHundredths !== 0) say('/step', 'step-does-not-fit');
      else if (width / stepHundredths + 1 > mostSteps) say('/step', 'too-many-steps');
      anchors.forEach(({ valueHundredths }, index) => {
        const offset = valueHundredths - minHundredths;
        if (offset < 0 || offset > width || (stepHundredths > 0 && offset % stepHundredths !== 0)) {
          say(`/anchors/${index}/value`, 'anchor-off-scale');
        }
      });
      break;
    }
    case 'rubric':
    case 'checklist': {
      const { options } = question;
      if (options.length < (question.type === 'rubric' ? 2 : 1)) say('/options', 'too-few-options');
      const ids = new Set<string>();
      const labels = new Set<string>();
      options.forEach(({ id, label, pointsHundredths }, index) => {
        if (ids.has(id)) say(`/options/${index}/id`, 'id-repeated');
        if (label.trim() === '') say(`/options/${index}/label`, 'option-label-missing');
        else if (labels.has(label.trim())) say(`/options/${index}/label`, 'option-label-repeated');
        if (pointsHundredths !== null && pointsHundredths < 0)
          say(`/options/${index}/points`, 'points-negative');
        ids.add(id);
        labels.add(label.trim());
      });
      const points = options.flatMap(({ pointsHundredths }) => pointsHundredths ?? []);
      if (points.length > 0 && points.length < options.length) say('/options', 'points-mixed');
      const largest =
        question.type === 'rubric' ? Math.max(...points) : points.reduce((sum, value) => sum + value, 0);
      const smallest = question.type === 'rubric' ? Math.min(...points) : 0;
      if (points.length > 0 && largest <= smallest) say('/options', 'points-all-equal');
      if (points.length === 0 && question.critical !== 'none') say('/critical', 'critical-unscored');
      break;
    }
  }
  return problems;
}
