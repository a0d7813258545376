// Which answer an example is of, in the question's own words.
import type { ExampleOf, Question } from '@attune/domain';
import { hundredths, isolated } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';

/** `Pass`, `4: Warm`, `Asked openly`; `null` for an answer that the question does not have. */
export function exampleAnswer(question: Question, of: ExampleOf): string | null {
  switch (of.kind) {
    case 'binary':
      return question.type !== 'binary' ? null : of.pass ? m.question_pass() : m.question_fail();
    case 'scale': {
      if (question.type !== 'scale') return null;
      const value = hundredths(of.valueHundredths);
      const label = question.anchors.find((one) => one.valueHundredths === of.valueHundredths)?.label;
      return label ? `${value}: ${isolated(label)}` : value;
    }
    case 'option': {
      if (question.type !== 'rubric' && question.type !== 'checklist') return null;
      return question.options.find(({ id }) => id === of.optionId)?.label ?? null;
    }
  }
}
