import { describe, expect, it } from 'vitest';
import { binary, checklist, rubric, scale, scorecardOf } from './questions.fixture.ts';
import { type Question, type Scorecard, scaleValues } from './scorecard.ts';
import { publishProblems } from './scorecard-check.ts';

const text: Question = { ...binary('t'), type: 'text' };
const found = (scorecard: Scorecard) =>
  publishProblems(scorecard).map(({ pointer, code }) => `${pointer} ${code}`);
const inQuestion = (question: Question) =>
  found(scorecardOf(question)).map((problem) => problem.replace('/sections/0/questions/0', ''));
const section = (id: string, ...questions: readonly Question[]) => ({
  id,
  title: id,
  weightHundredths: 100,
  questions,
});

describe('what keeps a draft from being published', () => {
  it('[S3] nothing, where every type is as it should be', () => {
    const whole = scorecardOf(
      binary('a', { critical: 'scorecard' }),
      scale('b', -5, 5, { anchors: [{ valueHundredths: 0, label: 'Even' }] }),
      rubric('c', { a: 10, b: 5 }),
      rubric('d', { a: null, b: null }),
      checklist('e', { a: 1, b: 0 }),
      checklist('f', { a: null }),
      { ...text, comment: 'required' },
      binary('free', { weightHundredths: 0 }),
    );
    expect(publishProblems(whole)).toEqual([]);
  });

  it('[S3] a name, sections, titles and questions that are not there', () => {
    const card = scorecardOf();
    expect(found({ ...card, name: ' ', sections: [] })).toEqual([
      '/name name-missing',
      '/sections no-sections',
    ]);
    expect(found({ ...card, sections: [{ ...section('one'), title: '' }] })).toEqual([
      '/sections/0/title title-missing',
      '/sections/0/questions no-questions',
    ]);
    expect(inQuestion(binary('q', { prompt: ' ' }))).toEqual(['/prompt prompt-missing']);
  });

  it('[S3] ids used twice, across sections too, and the one id that no sheet can hold', () => {
    const card: Scorecard = {
      ...scorecardOf(),
      sections: [
        section('one', binary('a'), binary('a')),
        section('two', binary('a')),
        section('one', binary('__proto__')),
      ],
    };
    expect(found(card)).toEqual([
      '/sections/0/questions/1/id id-repeated',
      '/sections/1/questions/0/id id-repeated',
      '/sections/2/id id-repeated',
      '/sections/2/questions/0/id id-reserved',
    ]);
  });

  it('[S3] weights below 0, and weights that leave nothing to count', () => {
    expect(inQuestion(binary('q', { weightHundredths: -1 }))).toEqual(['/weight weight-negative']);
    const card = scorecardOf(binary('a', { weightHundredths: 0 }), text);
    expect(found(card)).toEqual(['/sections/0/questions weights-all-zero']);
    const weightless = (one: Scorecard) => ({
      ...one,
      sections: one.sections.map((part) => ({ ...part, weightHundredths: 0 })),
    });
    expect(found(weightless(card))).toEqual(['/sections weights-all-zero']);
    expect(found({ ...card, sections: [{ ...section('one', text), weightHundredths: -100 }] })).toEqual([
      '/sections/0/weight weight-negative',
    ]);
  });

  it('[S2] a scale that is empty, whose step does not fit, with too many steps, or anchors off its values', () => {
    expect(inQuestion(scale('q', 5, 5))).toEqual(['/max scale-empty']);
    expect(inQuestion(scale('q', 5, 1))).toEqual(['/max scale-empty']);
    expect(inQuestion(scale('q', 0, 10, { stepHundredths: 300 }))).toEqual(['/step step-does-not-fit']);
    expect(inQuestion(scale('q', 0, 10, { stepHundredths: 0 }))).toEqual(['/step step-does-not-fit']);
    expect(inQuestion(scale('q', 0, 10, { stepHundredths: 1 }))).toEqual([]);
    expect(inQuestion(scale('q', 0, 11, { stepHundredths: 1 }))).toEqual(['/step too-many-steps']);
    const anchors = [150, 1_100, 0, 0].map((valueHundredths) => ({ valueHundredths, label: 'x' }));
    expect(inQuestion(scale('q', 0, 10, { anchors }))).toEqual([
      '/anchors/0/value anchor-off-scale',
      '/anchors/1/value anchor-off-scale',
      '/anchors/3/value anchor-repeated',
    ]);
  });

  it('[S2] the values of a scale end, on drafts too that cannot be published', () => {
    expect(scaleValues(scale('q', 0, 1, { stepHundredths: 25 }))).toEqual([0, 25, 50, 75, 100]);
    expect(scaleValues(scale('q', 0, 1, { stepHundredths: 40 }))).toEqual([0, 40, 80]);
    expect(scaleValues(scale('q', 3, 3))).toEqual([300]);
    for (const step of [0, -100, Number.NaN]) {
      expect(scaleValues(scale('q', 0, 1, { stepHundredths: step }))).toEqual([]);
    }
    expect(scaleValues(scale('q', 5, 1))).toEqual([]);
    expect(scaleValues(scale('q', 0, 1_000_000, { stepHundredths: 1 }))).toHaveLength(1_001);
  });

  it('[S2] options too few, alike, without a label, with points on some, or with points that tell nothing apart', () => {
    expect(inQuestion(rubric('q', { a: 10 }))).toEqual([
      '/options too-few-options',
      '/options points-all-equal',
    ]);
    expect(inQuestion(checklist('q', {}))).toEqual(['/options too-few-options']);
    expect(inQuestion(rubric('q', { a: 10, b: null }))).toContain('/options points-mixed');
    expect(inQuestion(rubric('q', { a: 5, b: 5 }))).toEqual(['/options points-all-equal']);
    expect(inQuestion(checklist('q', { a: 0, b: 0 }))).toEqual(['/options points-all-equal']);
    expect(inQuestion(checklist('q', { a: 5, b: -1 }))).toEqual(['/options/1/points points-negative']);
    const option = (id: string, label: string) => ({ id, label, pointsHundredths: null });
    const options = [option('a', 'Yes'), option('a', ' Yes '), option('c', '')];
    expect(inQuestion(rubric('q', {}, { options }))).toEqual([
      '/options/1/id id-repeated',
      '/options/1/label option-label-repeated',
      '/options/2/label option-label-missing',
    ]);
  });

  it('[S3] critical, or a comment when points were lost, on what carries no points', () => {
    for (const question of [text, rubric('q', { a: null, b: null }), checklist('q', { a: null })]) {
      expect(inQuestion({ ...question, critical: 'section', comment: 'required-when-points-lost' })).toEqual([
        '/critical critical-unscored',
        '/comment comment-rule-unscored',
      ]);
    }
  });
});
