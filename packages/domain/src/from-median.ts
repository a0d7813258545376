// How far each answer lies from the middle of its question's answers, for the colours of the heat map (look.md).
import type { Answer } from './answer.ts';
import type { BoardQuestion } from './board.ts';

/**
 * How far an answer lies from the middle of its question's answers. `signed`: q − median, in percent [-100, 100]. `unsigned`: of a
 * choice without points, which has no above and below: the median of its distances to all answers, its own among them, in [0, 100].
 */
export interface FromMedian {
  readonly kind: 'signed' | 'unsigned';
  readonly by: number;
}

/** By participant id; whoever has no answer to compare, or nobody to be compared with, is not in it. For colours: doubles. */
export function distancesFromMedian(question: BoardQuestion): ReadonlyMap<string, FromMedian> {
  const { answers, measure, median, n } = question;
  if (measure === null || n < 2) return new Map();
  if (measure === 'spread')
    return new Map(
      answers.flatMap(({ participantId, q }) =>
        q === null || median === null ? [] : [[participantId, { kind: 'signed', by: q - median }] as const],
      ),
    );
  const given = question.distribution.filter(
    ({ answer, participantIds }) => answer !== null && answer.kind !== 'na' && participantIds.length > 0,
  );
  return new Map(
    given.flatMap((own) => {
      const by = medianOfCounted(
        given.map((other) => [distanceBetween(own.answer, other.answer), other.participantIds.length]),
      );
      return own.participantIds.map((id) => [id, { kind: 'unsigned', by }] as const);
    }),
  );
}

/** Of two choices without points, in percent: 0 or 100 of single ones; of several, 100 less what they share of all they name. */
function distanceBetween(one: Answer | null, other: Answer | null): number {
  if (one?.kind === 'checklist' && other?.kind === 'checklist') {
    const union = new Set([...one.optionIds, ...other.optionIds]);
    const shared = one.optionIds.filter((id) => other.optionIds.includes(id)).length;
    return union.size === 0 ? 0 : 100 * (1 - shared / union.size);
  }
  return one?.kind === 'rubric' && other?.kind === 'rubric' && one.optionId === other.optionId ? 0 : 100;
}

function medianOfCounted(values: readonly (readonly [value: number, count: number])[]): number {
  const sorted = values
    .flatMap(([value, count]) => Array.from({ length: count }, () => value))
    .sort((one, other) => one - other);
  const at = (index: number) => sorted[index] ?? 0;
  return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.floor(sorted.length / 2))) / 2;
}
