import { describe, expect, it } from 'vitest';
import { board, scorecard } from '../../../../test/support/review-fixture.ts';
import { agreedChoices, causeChoices, mostGiven } from './choosing.ts';

const find = (id: string) => {
  const question = scorecard.sections.flatMap(({ questions }) => questions).find((one) => one.id === id);
  const numbers = board.questions.find(({ questionId }) => questionId === id);
  if (!question || !numbers) throw new Error(`the fixture has no ${id}`);
  return { question, numbers };
};
const keysOf = (choices: readonly { key: string }[]) => choices.map(({ key }) => key);

describe('an answer agreed on by key', () => {
  it('[C9] is the most given one, where one is', () => {
    const { numbers } = find('verification');
    expect(mostGiven(numbers)).toEqual({ answer: { kind: 'binary', pass: true }, count: 4 });
    const { question, numbers: scale } = find('empathy');
    expect(mostGiven(scale)).toEqual({ answer: { kind: 'scale', valueHundredths: 400 }, count: 3 });
    expect(agreedChoices(question, scale, null)[0]?.label).toBe('4, given by 3 of 6');
  });

  it('[C9] is offered without a most given one on a tie, and never for words', () => {
    const { question, numbers } = find('tags');
    const tied = {
      ...numbers,
      distribution: numbers.distribution.map((entry) => ({
        ...entry,
        participantIds: entry.participantIds.slice(0, 1),
      })),
    };
    expect(mostGiven(tied)).toBeNull();
    expect(keysOf(agreedChoices(question, tied, null))).not.toContain('a');
    expect(mostGiven(find('coaching').numbers)).toBeNull();
  });

  it('[C9] takes the digits of scoring, N/A, a scorecard that needs changing, and can be cleared', () => {
    const { question, numbers } = find('probing');
    expect(keysOf(agreedChoices(question, numbers, null))).toEqual(['a', '1', '2', '3', 'n', 's']);
    const agreed = { kind: 'rubric', optionId: 'part' } as const;
    expect(agreedChoices(question, numbers, agreed).at(-1)).toMatchObject({ key: 'Backspace', value: null });
  });

  it('[C9] is ticked one by one for a checklist, from what is agreed so far', () => {
    const { question, numbers } = find('steps');
    const agreed = { kind: 'checklist', optionIds: ['reason'] } as const;
    const first = agreedChoices(question, numbers, agreed).find(({ key }) => key === '1');
    expect(first).toMatchObject({
      label: 'Opened the invoice',
      value: { kind: 'checklist', optionIds: ['invoice', 'reason'] },
    });
  });

  it('[C10] has one digit for each cause', () => {
    expect(keysOf(causeChoices(null))).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(keysOf(causeChoices('wording'))).toContain('Backspace');
  });
});
