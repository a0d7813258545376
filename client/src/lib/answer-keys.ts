// What a digit means on a question, so that a whole sheet can be answered from the keyboard. Pure.
import { type Answer, type Question, type ScaleQuestion, scaleValues } from '@attune/domain';

/** Most values of a scale that are shown as buttons; more become a slider with a number box (S2). */
const mostButtons = 11;

export const hasButtons = (question: ScaleQuestion): boolean => scaleValues(question).length <= mostButtons;

/** The place a digit stands for: 1 is the first, 0 the tenth. */
const placeOf = (digit: number) => (digit === 0 ? 9 : digit - 1);

/**
 * The value of a scale that a digit stands for: the value written with that digit if the scale has one, else the value in that
 * place. On a scale without a zero, 0 means ten. `null` if there is none.
 */
export function scaleValueOf(question: ScaleQuestion, digit: number): number | null {
  if (!hasButtons(question)) return null;
  const values = scaleValues(question);
  const isWritten = (value: number) => values.includes(value * 100);
  const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  if (!digits.some(isWritten)) return values[placeOf(digit)] ?? null;
  if (isWritten(digit)) return digit * 100;
  return digit === 0 && isWritten(10) ? 1_000 : null;
}

/** The checklist's answer with an option turned over, in the scorecard's order. */
export function toggled(question: Question, answer: Answer | null, optionId: string): Answer {
  const options = question.type === 'checklist' ? question.options : [];
  const chosen = new Set(answer?.kind === 'checklist' ? answer.optionIds : []);
  if (!chosen.delete(optionId)) chosen.add(optionId);
  return { kind: 'checklist', optionIds: options.map(({ id }) => id).filter((id) => chosen.has(id)) };
}

/** The answer after a digit was pressed; `null` where the digit stands for nothing. */
export function answerByDigit(question: Question, answer: Answer | null, digit: number): Answer | null {
  const place = placeOf(digit);
  switch (question.type) {
    case 'binary':
      return place < 2 ? { kind: 'binary', pass: place === 0 } : null;
    case 'scale': {
      const valueHundredths = scaleValueOf(question, digit);
      return valueHundredths === null ? null : { kind: 'scale', valueHundredths };
    }
    case 'rubric': {
      const option = question.options[place];
      return option ? { kind: 'rubric', optionId: option.id } : null;
    }
    case 'checklist': {
      const option = question.options[place];
      return option ? toggled(question, answer, option.id) : null;
    }
    case 'text':
      return null;
  }
}

/** The digit shown beside the option in a place, `null` beyond the tenth. */
export const digitOf = (place: number): string | null => (place > 9 ? null : String((place + 1) % 10));

/** Which part of a question should take the focus. A new object asks again. */
export interface FocusWish {
  readonly part: 'question' | 'comment' | 'evidence' | 'text';
}
