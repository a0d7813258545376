// Where someone is on their way through a sheet: the question in focus, what kept the last submission back, and the verbs of
// the scoring page. The answers themselves are the sealed sheet's.
import type { ParticipantView, SessionReply, SessionShared } from '@attune/contract';
import { type EntryProblem, isAnswered, type Question, questionsOf, type SheetProblem } from '@attune/domain';
import { type ApiProblem, asProblem } from '../../api.ts';
import { answerByDigit, type FocusWish } from '../../lib/answer-keys.ts';
import type { SealedSheet } from './sealed-sheet.svelte.ts';

type Part = FocusWish['part'];

/** The first id after `from` that is wanted, round the end; `null` where none is. */
export function nextOf(
  ids: readonly string[],
  from: string,
  isWanted: (id: string) => boolean,
): string | null {
  const at = ids.indexOf(from);
  return [...ids.slice(at + 1), ...ids.slice(0, at + 1)].find(isWanted) ?? null;
}

/** The problems of a refused submission, `null` where it was refused for another reason. */
export function problemsOf(problem: ApiProblem): SheetProblem[] | null {
  const { refusal } = problem.extensions;
  if (problem.slug !== 'incomplete-sheet' || typeof refusal !== 'object' || refusal === null) return null;
  const { problems } = refusal as { readonly problems?: unknown };
  // As with every reply, the shape is our own server's promise.
  return Array.isArray(problems) ? (problems as SheetProblem[]) : null;
}

/** What there is to do for someone on the scoring page. */
export type Stage = 'draft' | 'scoring' | 'submitted' | 'excused' | 'neutral' | 'revealed' | 'deleted';

/** @param own the reader's own place, `undefined` for whoever does not score */
export function stageOf(
  session: Pick<SessionShared, 'status' | 'deleted'>,
  own: Pick<ParticipantView, 'state'> | undefined,
): Stage {
  if (session.deleted) return 'deleted';
  if (session.status === 'draft') return 'draft';
  if (session.status !== 'scoring') return 'revealed';
  return own ? own.state : 'neutral';
}

export class Scoring {
  readonly content: SealedSheet;
  readonly questions: readonly Question[];
  readonly #ids: readonly string[];
  #currentId = $state.raw('');
  #wish = $state.raw<FocusWish | null>(null);
  #hasTried = $state.raw(false);
  #refused = $state.raw<readonly SheetProblem[]>([]);
  #problem = $state.raw<ApiProblem | null>(null);

  /** Questions whose control holds something that is no possible answer. */
  #held = $state.raw<ReadonlySet<string>>(new Set());

  constructor(content: SealedSheet) {
    this.content = content;
    this.questions = questionsOf(content.scorecard);
    this.#ids = this.questions.map(({ id }) => id);
    this.#currentId = this.#ids[0] ?? '';
  }

  /** The question the keys speak to, and the only one a phone shows. */
  get currentId(): string {
    return this.#currentId;
  }

  get current(): Question | null {
    return this.questions.find(({ id }) => id === this.#currentId) ?? null;
  }

  /** From 1. */
  get place(): number {
    return this.#ids.indexOf(this.#currentId) + 1;
  }

  numberOf(questionId: string): number {
    return this.#ids.indexOf(questionId) + 1;
  }

  /** What is to take the focus in the question; `null` for every question but the current. */
  wish(questionId: string): FocusWish | null {
    return questionId === this.#currentId ? this.#wish : null;
  }

  isAnswered(questionId: string): boolean {
    return isAnswered(this.content.sheet[questionId]);
  }

  /** Notes whether a control holds an impossible entry: it counts as no answer, and blocks submission. */
  hold(questionId: string, isIllegal: boolean): void {
    if (this.#held.has(questionId) === isIllegal) return;
    const held = new Set(this.#held);
    if (isIllegal) held.add(questionId);
    else held.delete(questionId);
    this.#held = held;
  }

  /** What blocks submission as the sheet stands in this tab, impossible entries included. */
  get #found(): readonly SheetProblem[] {
    const held = [...this.#held].map(
      (questionId): SheetProblem => ({ questionId, problem: { code: 'illegal-answer' } }),
    );
    return [...held, ...this.content.problems.filter(({ questionId }) => !this.#held.has(questionId))];
  }

  get isComplete(): boolean {
    return this.#found.length === 0;
  }

  /** What keeps the sheet back, shown from the first try on. Mended questions leave the list by themselves. */
  get problems(): readonly SheetProblem[] {
    if (!this.#hasTried) return [];
    const own = this.#found;
    const known = new Set(own.map(({ questionId }) => questionId));
    return [...own, ...this.#refused.filter(({ questionId }) => !known.has(questionId))].sort(
      (one, other) => this.numberOf(one.questionId) - this.numberOf(other.questionId),
    );
  }

  problemOf(questionId: string): EntryProblem | null {
    return this.problems.find((problem) => problem.questionId === questionId)?.problem ?? null;
  }

  /** Why the last submission failed, other than for what it lacks. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  /** The person has come to the question by pointer or Tab. */
  arrive(questionId: string): void {
    if (questionId === this.#currentId) return;
    this.#wish = null;
    this.#currentId = questionId;
  }

  go(questionId: string, part: Part = 'question'): void {
    this.#currentId = questionId;
    this.#wish = { part };
  }

  /** The question `by` places further, if there is one. */
  step(by: 1 | -1): void {
    const next = this.#ids[this.place - 1 + by];
    if (next) this.go(next);
  }

  get nextUnansweredId(): string | null {
    return nextOf(this.#ids, this.#currentId, (id) => !this.isAnswered(id));
  }

  goUnanswered(): void {
    const next = this.nextUnansweredId;
    if (next) this.go(next);
  }

  /** Starts where the last sitting ended: at the first question without an answer. */
  begin(): void {
    const first = this.#ids.find((id) => !this.isAnswered(id)) ?? this.#ids[0];
    if (first) this.#currentId = first;
  }

  /** Whether the digit stands for something on the question in focus. */
  canPress(digit: number): boolean {
    return this.current !== null && answerByDigit(this.current, null, digit) !== null;
  }

  /** Answers the question in focus by a digit. */
  press(digit: number): void {
    const question = this.current;
    if (!question) return;
    const next = answerByDigit(question, this.content.answer(question), digit);
    if (next) this.content.give(question, next);
  }

  toggleNa(): void {
    const question = this.current;
    if (!question?.naEligible) return;
    this.content.give(question, this.content.answer(question)?.kind === 'na' ? null : { kind: 'na' });
  }

  /** Opens a part of the question in focus. */
  openPart(part: Part): void {
    this.go(this.#currentId, part);
  }

  /**
   * Submits, or goes to the first question that keeps it from being submitted.
   * @returns the reply, `null` when it was not submitted
   */
  async submit(send: () => Promise<SessionReply>): Promise<SessionReply | null> {
    this.#hasTried = true;
    this.#refused = [];
    this.#problem = null;
    if (!this.isComplete) {
      this.#goToFirstProblem();
      return null;
    }
    try {
      return await send();
    } catch (error) {
      const problem = asProblem(error);
      const refused = problemsOf(problem);
      if (refused) {
        this.#refused = refused;
        this.#goToFirstProblem();
      } else this.#problem = problem;
      return null;
    }
  }

  #goToFirstProblem(): void {
    const first = this.problems[0];
    if (first) this.go(first.questionId, first.problem.code === 'comment-required' ? 'comment' : 'question');
  }
}
