// What is read off a frozen board while it is discussed (C8b, C9): the verdict, how far each answer lies from the middle, what everyone
// answered alike, who might speak first, what is left.
import type { Answer } from './answer.ts';
import type { Board, BoardQuestion } from './board.ts';
import type { Resolution, Revealed, SweptAnswer } from './session/state.ts';

/** The answer everyone gave, where everyone gave the same and nobody left it blank; `null` otherwise, and for texts. */
export function unanimousAnswer(question: BoardQuestion): Answer | null {
  if (question.answers.length === 0 || question.flagged || question.notComparable === 'text') return null;
  const given = question.distribution.filter(({ participantIds }) => participantIds.length > 0);
  const [only] = given;
  return given.length === 1 && only?.participantIds.length === question.answers.length ? only.answer : null;
}

/** What a sweep would agree on: every unanimous question without an agreed answer, in scorecard order. */
export function sweepable(board: Board, resolutions: readonly Resolution[]): SweptAnswer[] {
  const settled = new Set(
    resolutions.filter(({ agreed }) => agreed !== null).map(({ questionId }) => questionId),
  );
  return board.questions.flatMap((question) => {
    const agreed = settled.has(question.questionId) ? null : unanimousAnswer(question);
    return agreed ? [{ questionId: question.questionId, agreed }] : [];
  });
}

/** Who might speak first about a flagged question: whoever scored it highest and lowest (C9). */
export interface SpeakFirst {
  readonly highest: readonly string[];
  readonly lowest: readonly string[];
}

/** `null` where the question is not flagged, or has no two different scores. Ids are the participants'. */
export function speakFirst(question: BoardQuestion): SpeakFirst | null {
  const scored = question.answers.flatMap(({ participantId, q }) =>
    q === null ? [] : [{ participantId, q }],
  );
  if (!question.flagged || scored.length < 2) return null;
  const shares = scored.map(({ q }) => q);
  const [high, low] = [Math.max(...shares), Math.min(...shares)];
  if (high === low) return null;
  const at = (share: number) =>
    scored.filter(({ q }) => q === share).map(({ participantId }) => participantId);
  return { highest: at(high), lowest: at(low) };
}

/** Questions left to talk about, in the board's order: flagged without a resolution, then N/A splits without one. */
export function leftToDiscuss(board: Board, { resolutions }: Pick<Revealed, 'resolutions'>): string[] {
  const settled = new Set(
    resolutions.filter(({ agreed, noted }) => agreed !== null || noted).map(({ questionId }) => questionId),
  );
  const groups = new Map(board.questions.map(({ questionId, group }) => [questionId, group]));
  return board.order.filter((id) => groups.get(id) !== 'rest' && !settled.has(id));
}

/** A board in one line: questions compared, and agreed on; what is to discuss; splits of N/A alone, which enter no numbers. */
export interface Verdict {
  readonly compared: number;
  readonly agreed: number;
  readonly flagged: number;
  /** Not flagged, but some chose N/A and some did not. */
  readonly naSplits: number;
}

export const verdictOf = ({ agreement, flaggedCount, questions }: Board): Verdict => ({
  compared: agreement.comparable,
  agreed: agreement.notFlagged,
  flagged: flaggedCount,
  naSplits: questions.filter(({ group }) => group === 'na-mixed').length,
});

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
