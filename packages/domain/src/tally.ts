// The answers to one question, counted: each different answer is looked at and scored once, however many gave it.
import type { Answer } from './answer.ts';
import { type Fraction, fraction, multiply, toNumber } from './points.ts';
import { fractionOf } from './score.ts';
import type { Question } from './scorecard.ts';

/** One participant's answer to the question; `null`: left unanswered. */
export interface Given {
  readonly participantId: string;
  readonly answer: Answer | null;
}

/** One answer, and who gave it. */
export interface TalliedAnswer {
  /** As `answerKey` names it. */
  readonly key: string;
  readonly answer: Answer | null;
  /** q as a share in [0, 1], and the same in percent; `null` where there is none. */
  readonly q: Fraction | null;
  readonly percent: Fraction | null;
  /** `percent` as the nearest double. */
  readonly shown: number | null;
  /** In the order given; at least one. */
  readonly participantIds: readonly string[];
}

export interface Tally {
  readonly question: Question;
  readonly answers: readonly TalliedAnswer[];
  /** What each participant answered, in the order given. */
  readonly given: readonly TalliedAnswer[];
}

const hundred = fraction(100);

/** Counts the answers, in any order. */
export function tallyOf(question: Question, given: readonly Given[]): Tally {
  const known = new Map<string, TalliedAnswer & { readonly participantIds: string[] }>();
  const each = given.map(({ participantId, answer }) => {
    const key = answerKey(answer);
    let tallied = known.get(key);
    if (!tallied) {
      const q = fractionOf(question, answer);
      const percent = q && multiply(q, hundred);
      tallied = { key, answer, q, percent, shown: percent && toNumber(percent), participantIds: [] };
      known.set(key, tallied);
    }
    tallied.participantIds.push(participantId);
    return tallied;
  });
  return { question, answers: [...known.values()], given: each };
}

/**
 * A canonical name of an answer: equal answers to a question have equal keys, different ones different keys. What people
 * name themselves is prefixed, so that an option called `na` is not taken for N/A.
 */
export function answerKey(answer: Answer | null): string {
  if (answer === null) return 'none';
  switch (answer.kind) {
    case 'na':
      return 'na';
    case 'binary':
      return answer.pass ? 'pass' : 'fail';
    case 'scale':
      return String(answer.valueHundredths);
    case 'rubric':
      return `option:${answer.optionId}`;
    case 'checklist':
      return `options:${answer.optionIds.join('+')}`;
    case 'text':
      return `text:${answer.text}`;
  }
}
