import { describe, expect, it } from 'vitest';
import { examplesByAnswer, examplesOf, withExamples } from './example.ts';
import { binary, rubric, scale, scorecardOf } from './questions.fixture.ts';
import type { Example, ExampleOf } from './scorecard.ts';
import { publishProblems } from './scorecard-check.ts';
import { asType, copyOfQuestion, withoutExamples } from './scorecard-edit.ts';

const example = (id: string, of: ExampleOf, more: Partial<Example> = {}): Example => ({
  id,
  of,
  text: `Words of ${id}`,
  lines: [],
  ...more,
});
const option = (optionId: string): ExampleOf => ({ kind: 'option', optionId });
const pass: ExampleOf = { kind: 'binary', pass: true };
const fail: ExampleOf = { kind: 'binary', pass: false };
const problemsOf = (...examples: Example[]) =>
  publishProblems(scorecardOf(rubric('q', { a: 10, b: 0 }, { examples })));

describe('examples of an answer', () => {
  it('[E14] stand under their answer, in the control’s order, several in their own', () => {
    const question = binary('q', { examples: [example('1', fail), example('2', pass), example('3', fail)] });
    const shown = examplesByAnswer(question).map(({ answer, examples }) => [
      answer,
      examples.map(({ id }) => id),
    ]);
    expect(shown).toEqual([
      [pass, ['2']],
      [fail, ['1', '3']],
    ]);
    const values = [example('1', { kind: 'scale', valueHundredths: 300 }), example('2', pass)];
    expect(examplesByAnswer(scale('q', 1, 3, { examples: values }))).toHaveLength(1);
    expect(examplesByAnswer(binary('q'))).toEqual([]);
  });

  it('[E14 S3] one without words, or of an answer that is not there, keeps a draft from being published', () => {
    expect(problemsOf(example('1', option('a')))).toEqual([]);
    const spoken = [{ speaker: 'Agent', second: 4, text: 'Hello' }];
    expect(problemsOf(example('1', option('a'), { text: '', lines: spoken }))).toEqual([]);
    const at = '/sections/0/questions/0/examples';
    expect(problemsOf(example('1', option('a')), example('1', option('gone'), { text: ' ' }))).toEqual([
      { pointer: `${at}/1/id`, code: 'id-repeated' },
      { pointer: `${at}/1/of`, code: 'example-of-nothing' },
      { pointer: `${at}/1/text`, code: 'example-empty' },
    ]);
  });

  it('[E14 E13] none is no field at all, also once the last was taken away', () => {
    const question = binary('q', { examples: [example('1', pass)] });
    expect(withExamples(question, [])).toEqual(binary('q'));
    expect(withExamples(binary('q'), [])).not.toHaveProperty('examples');
    expect(withoutExamples(scorecardOf(question))).toEqual(scorecardOf(binary('q')));
  });

  it('[E14] as another type a question keeps them, unless that is text; a copy’s are of its own options', () => {
    let last = 0;
    const newId = () => {
      last += 1;
      return `new ${last}`;
    };
    const question = rubric('q', { a: 10, b: 0 }, { examples: [example('1', option('b'))] });
    expect(examplesOf(asType(question, 'checklist', newId))).toEqual(question.examples);
    expect(asType(question, 'text', newId)).not.toHaveProperty('examples');
    const copy = copyOfQuestion(question, newId);
    const [copied] = examplesOf(copy);
    expect(copied?.id).not.toBe('1');
    expect(copied?.of).toEqual(option(copy.type === 'rubric' ? (copy.options[1]?.id ?? '') : ''));
    expect(copied?.of).not.toEqual(option('b'));
  });
});
