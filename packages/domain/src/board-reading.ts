// What is read off a frozen board while it is discussed (C9): what everyone answered alike, who might speak first, what is left.
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
