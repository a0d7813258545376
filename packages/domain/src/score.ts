// A question's percentage q, section scores and totals, exactly (scoring.md 1).
import type { Answer } from './answer.ts';
import type { Question } from './scorecard.ts';

/** q as an exact share: q = 100 · part / whole, both integers, whole > 0. */
export interface Share {
  readonly part: number;
  readonly whole: number;
}

/** The answer's share of what the question can earn; `null` for N/A, unscored questions and illegal answers. */
export function shareOf(question: Question, answer: Answer): Share | null {
  if (answer.kind === 'na' || answer.kind !== question.type) return null;
  switch (question.type) {
    case 'binary':
      return answer.kind === 'binary' ? { part: answer.pass ? 1 : 0, whole: 1 } : null;
    case 'scale':
      if (answer.kind !== 'scale') return null;
      return {
        part: answer.valueHundredths - question.minHundredths,
        whole: question.maxHundredths - question.minHundredths,
      };
    case 'rubric': {
      if (answer.kind !== 'rubric') return null;
      const points =
        question.options.find((option) => option.id === answer.optionId)?.pointsHundredths ?? null;
      const largest = Math.max(...question.options.map((option) => option.pointsHundredths ?? 0));
      return points === null ? null : { part: points, whole: largest };
    }
    case 'checklist': {
      if (answer.kind !== 'checklist') return null;
      const pointsOf = (options: typeof question.options) =>
        options.reduce((sum, option) => sum + (option.pointsHundredths ?? 0), 0);
      const whole = pointsOf(question.options);
      const chosen = question.options.filter((option) => answer.optionIds.includes(option.id));
      return whole > 0 ? { part: pointsOf(chosen), whole } : null;
    }
    case 'text':
      return null;
  }
}
