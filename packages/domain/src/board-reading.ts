// What is read off a frozen board, by every screen, the record and the exports alike: the verdict, how each question stands, what is
// left, what everyone answered alike, who might speak first, and what a coefficient rests on. It adds no number and changes none.
import type { Answer } from './answer.ts';
import type { Board, BoardQuestion, Coefficient } from './board.ts';
import { enoughUnits } from './reliability.ts';
import type { Resolution, SweptAnswer } from './session/state.ts';

/**
 * How a question stands: `flagged` must be resolved (C11). Of an `na-split` some called it N/A and some did not, which may be left. What
 * has at least two answers to compare and no flag is `agreed` closely enough; of all else nothing was compared, and the board says why.
 */
export type Standing = 'flagged' | 'na-split' | 'agreed' | 'not-compared';

/** In the order in which they are read. */
export const standings = ['flagged', 'na-split', 'agreed', 'not-compared'] as const satisfies Standing[];

export function standingOf({
  flagged,
  na,
  measure,
}: Pick<BoardQuestion, 'flagged' | 'na' | 'measure'>): Standing {
  if (flagged) return 'flagged';
  if (na.mixed) return 'na-split';
  return measure === null ? 'not-compared' : 'agreed';
}

/** Question ids as they are read: the board's order, in which what was not compared comes last. */
export function readingOrder({ questions, order }: Pick<Board, 'questions' | 'order'>): string[] {
  const standing = new Map(questions.map((question) => [question.questionId, standingOf(question)]));
  return standings.flatMap((wanted) => order.filter((id) => standing.get(id) === wanted));
}

/** Ids of the questions that only some called N/A, in the board's order. */
export const naSplitsOf = (board: Pick<Board, 'questions' | 'order'>): string[] => {
  const split = new Set(
    board.questions.flatMap((question) => (standingOf(question) === 'na-split' ? [question.questionId] : [])),
  );
  return board.order.filter((id) => split.has(id));
};

/** Ids of the participants who chose N/A. */
export const choseNa = ({ answers }: Pick<BoardQuestion, 'answers'>): string[] =>
  answers.flatMap(({ participantId, answer }) => (answer?.kind === 'na' ? [participantId] : []));

/** What is left to discuss, in the board's order: what keeps the session from being resolved, and what may be left open (C11). */
export interface Left {
  readonly mustResolve: readonly string[];
  readonly mayLeave: readonly string[];
}

/**
 * The one rule of what is left: a question is settled by a note that is not blank, or by an agreed answer.
 *
 * @param naSplitIds may be left out where only what must be resolved is asked
 */
export function whatIsLeft(
  of: { readonly flaggedQuestionIds: readonly string[]; readonly naSplitIds?: readonly string[] },
  resolutions: readonly Resolution[],
): Left {
  const settled = new Set(
    resolutions.filter(({ agreed, noted }) => agreed !== null || noted).map(({ questionId }) => questionId),
  );
  const open = (ids: readonly string[]) => ids.filter((id) => !settled.has(id));
  return { mustResolve: open(of.flaggedQuestionIds), mayLeave: open(of.naSplitIds ?? []) };
}

/** The answer that all gave who answered, at least two, none of them N/A (scoring.md 3); `null` otherwise, and for texts. */
export function unanimousAnswer(question: BoardQuestion): Answer | null {
  if (question.flagged || question.notComparable === 'text') return null;
  const given = question.distribution.filter(
    ({ answer, participantIds }) => answer !== null && participantIds.length > 0,
  );
  const [only] = given;
  if (given.length !== 1 || !only?.answer || only.answer.kind === 'na') return null;
  return only.participantIds.length >= 2 ? only.answer : null;
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

/**
 * A coefficient's interval as it may be shown: none under five units, where it looks exact and is not (C8b). Boards hold one from three
 * units on, and stay as they were frozen.
 */
export const intervalToShow = (coefficient: Coefficient): { low: number; high: number } | null =>
  coefficient.kind === 'value' && coefficient.units >= enoughUnits ? coefficient.interval : null;

/** What a coefficient's disagreement comes from: ratings that are not their question's most given one, and questions with such. */
export interface Differing {
  readonly ratings: number;
  readonly questions: number;
}

/** Of all scored questions, or of those with pass or fail alone; questions with fewer than two ratings form no pair. */
export function differingRatings(
  { questions }: Pick<Board, 'questions'>,
  of: 'scored' | 'binary',
): Differing {
  const apart = questions.map(({ answers }) => {
    const counts = new Map<number, number>();
    for (const { q, answer } of answers) {
      if (q !== null && (of === 'scored' || answer?.kind === 'binary'))
        counts.set(q, (counts.get(q) ?? 0) + 1);
    }
    const ratings = [...counts.values()].reduce((total, count) => total + count, 0);
    return ratings < 2 ? 0 : ratings - Math.max(...counts.values());
  });
  return {
    ratings: apart.reduce((total, one) => total + one, 0),
    questions: apart.filter((one) => one > 0).length,
  };
}

/** Whether so little differs that a single slip would move the coefficient far: two ratings at most, or one question. */
export const restsOnFew = ({ ratings, questions }: Differing): boolean =>
  ratings > 0 && (ratings <= 2 || questions === 1);

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
  naSplits: questions.filter((question) => standingOf(question) === 'na-split').length,
});
