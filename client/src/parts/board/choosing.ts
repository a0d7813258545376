// What one key each chooses while an answer is being agreed on, or a cause given. Pure: data for the panel and for the keys.
import {
  type AgreedAnswer,
  type Answer,
  answerKey,
  type BoardQuestion,
  type Cause,
  causes,
  type Question,
} from '@attune/domain';
import { answerByDigit } from '../../lib/answer-keys.ts';
import { m } from '../../paraglide/messages.js';
import { board } from '../../texts/board.ts';

/** What is being chosen by key. */
export type Choosing = 'agree' | 'cause';

/** One key and what it chooses. */
export interface Choice<T> {
  readonly key: string;
  readonly label: string;
  readonly value: T;
}

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0];

/** The answer that more people gave than any other, `null` on a tie or where words stand side by side. */
export function mostGiven(
  numbers: BoardQuestion,
): { readonly answer: Answer; readonly count: number } | null {
  if (numbers.notComparable === 'text') return null;
  const sorted = numbers.distribution
    .filter(({ answer }) => answer !== null)
    .map(({ answer, participantIds }) => ({ answer, count: participantIds.length }))
    .sort((one, other) => other.count - one.count);
  const [first, second] = sorted;
  if (!first?.answer || first.count === 0 || first.count === second?.count) return null;
  return { answer: first.answer, count: first.count };
}

/**
 * The keys that agree on an answer: `a` for the most given, a digit as in scoring, `n` for N/A, `s` for a scorecard that needs
 * changing. @param numbers of the latest round. @param agreed what stands, for the ticks of a checklist
 */
export function agreedChoices(
  question: Question,
  numbers: BoardQuestion,
  agreed: AgreedAnswer | null,
): Choice<AgreedAnswer | null>[] {
  const most = mostGiven(numbers);
  const given = agreed && agreed.kind !== 'scorecard-needs-changing' ? agreed : null;
  return [
    ...(most
      ? [
          {
            key: 'a',
            label: m.meeting_keys_mostGiven({
              answer: board.answer(question, most.answer),
              count: most.count,
              of: numbers.answers.length,
            }),
            value: most.answer,
          },
        ]
      : []),
    ...digits.flatMap((digit) => {
      const value = answerByDigit(question, given, digit);
      if (!value) return [];
      const option = value.kind === 'checklist' ? answerByDigit(question, null, digit) : value;
      return [{ key: String(digit), label: board.answer(question, option), value }];
    }),
    ...(given && answerKey(given) === answerKey({ kind: 'na' })
      ? []
      : [{ key: 'n', label: m.meeting_keys_na(), value: { kind: 'na' } as const }]),
    { key: 's', label: m.board_needsChanging(), value: { kind: 'scorecard-needs-changing' } as const },
    ...(agreed ? [{ key: 'Backspace', label: m.meeting_keys_clear(), value: null }] : []),
  ];
}

/** One digit a cause. @param cause what stands */
export function causeChoices(cause: Cause | null): Choice<Cause | null>[] {
  return [
    ...causes.map((value, at) => ({ key: String(at + 1), label: m.board_causes({ cause: value }), value })),
    ...(cause ? [{ key: 'Backspace', label: m.meeting_keys_clear(), value: null }] : []),
  ];
}
