// One calibration's meeting in this tab, from the reveal on: the frozen board, the question in focus, the notes everyone
// writes, the agreed answers. Lives as long as the review screen; shares the session's one socket and never opens its own.
import {
  noteKey,
  type ResolutionView,
  type SeatView,
  type SessionShared,
  type SessionView,
} from '@attune/contract';
import {
  type AgreedAnswer,
  type Board,
  type BoardQuestion,
  type Cause,
  type Question,
  questionsOf,
  unresolvedQuestions,
} from '@attune/domain';
import { createSubscriber } from 'svelte/reactivity';
import type { XmlFragment, XmlHook, XmlText } from 'yjs';
import { type ApiProblem, answer, api, asProblem, command } from '../api.ts';
import { Loaded } from './loaded.svelte.ts';
import { Presence } from './presence.svelte.ts';
import type { Room } from './room.svelte.ts';

/** What the meeting needs of the session's state, which owns the socket. */
export interface MeetingSession {
  readonly id: string;
  readonly shared: SessionShared;
  readonly seat: SeatView;
  readonly detail: SessionView['detail'];
  readonly room: Pick<Room, 'doc' | 'provider' | 'saveState' | 'isSynced'>;
  /** Accepts the reply of a command, unless something newer is known. */
  take(view: SessionView): void;
  advance(from: 'review'): Promise<ApiProblem | null>;
}

/** A question with its place on the board. */
export interface Item {
  readonly question: Question;
  readonly sectionTitle: string;
  readonly numbers: BoardQuestion;
}

export type Order = 'board' | 'scorecard';

type Outcome = Pick<ResolutionView, 'agreed' | 'cause'>;
const nothing: Outcome = { agreed: null, cause: null };

export class Meeting {
  readonly session: MeetingSession;
  readonly presence: Presence;
  readonly board: Loaded<Board>;
  #order = $state<Order>('board');
  #focusedId = $state<string | null>(null);
  /** What was pressed and is on its way, by question. */
  #sent = $state.raw<Readonly<Record<string, Outcome>>>({});
  /** What stood before the last change here, by question. */
  #before = $state.raw<Readonly<Record<string, Outcome>>>({});
  #problem = $state.raw<ApiProblem | null>(null);
  readonly #noteReaders = new Map<string, () => void>();
  readonly #items = $derived(this.#itemsOf(this.#order));

  constructor(session: MeetingSession) {
    this.session = session;
    this.presence = new Presence(session.room.provider.awareness);
    this.board = new Loaded(async () => {
      const reply = await answer(api.sessions[':id'].board.$get({ param: { id: session.id } }));
      return reply.board;
    });
  }

  /** Fetches the board and takes the question in the address. */
  open(): void {
    this.readAddress();
    void this.board.load().then(() => this.#tellPlace());
  }

  /** At a desk the first question is in view without being chosen; a phone shows the list. */
  #tellPlace(): void {
    if (this.#focusedId !== null || matchMedia('(max-width: 56rem)').matches) return;
    this.presence.tell({ questionId: this.focused?.question.id ?? null });
  }

  close(): void {
    this.presence.tell({ questionId: null, cursor: null });
  }

  get order(): Order {
    return this.#order;
  }

  /** Every question in the chosen order; empty until the board is there. */
  get items(): readonly Item[] {
    return this.#items;
  }

  /** Every question as the scorecard has them. */
  get inScorecardOrder(): readonly Item[] {
    return this.#itemsOf('scorecard');
  }

  #itemsOf(order: Order): readonly Item[] {
    const board = this.board.value;
    if (!board) return [];
    const { scorecard } = this.session.detail;
    const sections = new Map(scorecard.sections.map(({ id, title }) => [id, title]));
    const byId = new Map(questionsOf(scorecard).map((question) => [question.id, question]));
    const numbers = new Map(board.questions.map((question) => [question.questionId, question]));
    const ids = order === 'board' ? board.order : board.questions.map(({ questionId }) => questionId);
    return ids.flatMap((id) => {
      const [question, found] = [byId.get(id), numbers.get(id)];
      return question && found
        ? [{ question, numbers: found, sectionTitle: sections.get(found.sectionId) ?? '' }]
        : [];
    });
  }

  sortBy(order: Order): void {
    this.#order = order;
  }

  // — the question in focus ————————————————————————————————————————————————————————————————————————————————————————

  /** The question chosen by hand or by the address; `null` when none was. */
  get focusedId(): string | null {
    return this.#focusedId;
  }

  /** What the right pane shows: the chosen question, else the first. */
  get focused(): Item | null {
    return this.items.find(({ question }) => question.id === this.#focusedId) ?? this.items[0] ?? null;
  }

  get position(): number {
    const focused = this.focused;
    return focused ? this.items.indexOf(focused) : 0;
  }

  focus(questionId: string | null): void {
    this.#focusedId = questionId;
    this.presence.tell({ questionId });
  }

  /** The question in the address's fragment. */
  readAddress(): void {
    const id = decodeURIComponent(location.hash.slice(1));
    this.focus(id === '' ? null : id);
  }

  /** The id `by` places further in the list, `null` beyond its ends. */
  neighbour(by: number): string | null {
    return this.items[this.position + by]?.question.id ?? null;
  }

  /** The next flagged question after the one in focus, round the end; unresolved ones before resolved ones. */
  get nextFlaggedId(): string | null {
    const { items, position } = this;
    const after = [...items.slice(position + 1), ...items.slice(0, position + 1)].filter(
      ({ numbers }) => numbers.flagged,
    );
    const left = new Set(this.leftIds);
    return (after.find(({ question }) => left.has(question.id)) ?? after[0])?.question.id ?? null;
  }

  // — notes —————————————————————————————————————————————————————————————————————————————————————————————————————————

  get mayWrite(): boolean {
    return this.session.seat.may.includes('notes.write');
  }

  get mayFacilitate(): boolean {
    return this.session.seat.may.includes('session.facilitate') && this.session.shared.status === 'review';
  }

  /** The question's note in the shared document. */
  fragment(questionId: string): XmlFragment {
    return this.session.room.doc.getXmlFragment(noteKey(questionId));
  }

  /** Whether the note says anything, live. */
  isNoted(questionId: string): boolean {
    const fragment = this.fragment(questionId);
    let subscribe = this.#noteReaders.get(questionId);
    if (!subscribe) {
      subscribe = createSubscriber((update) => {
        const changed = () => update();
        fragment.observeDeep(changed);
        return () => fragment.unobserveDeep(changed);
      });
      this.#noteReaders.set(questionId, subscribe);
    }
    subscribe();
    return saysSomething(fragment);
  }

  // — outcomes ——————————————————————————————————————————————————————————————————————————————————————————————————————

  /** Agreed answer and cause as they stand, with what was pressed here a moment ago. */
  outcome(questionId: string): Outcome {
    return (
      this.#sent[questionId] ??
      this.session.shared.resolutions.find((resolution) => resolution.questionId === questionId) ??
      nothing
    );
  }

  isSending(questionId: string): boolean {
    return questionId in this.#sent;
  }

  isResolved(questionId: string): boolean {
    return this.outcome(questionId).agreed !== null || this.isNoted(questionId);
  }

  /** Flagged questions without a resolution, in the flags' order (C11). */
  get leftIds(): string[] {
    const { flaggedQuestionIds } = this.session.shared;
    const resolutions = flaggedQuestionIds.map((questionId) => ({
      questionId,
      ...this.outcome(questionId),
      noted: this.isNoted(questionId),
    }));
    return unresolvedQuestions({ flaggedQuestionIds, resolutions });
  }

  /** Why the last command was refused; `null` once one succeeds. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  canUndo(questionId: string): boolean {
    return questionId in this.#before;
  }

  agree(questionId: string, agreed: AgreedAnswer | null): Promise<void> {
    return this.#put(questionId, { ...pick(this.outcome(questionId)), agreed });
  }

  giveCause(questionId: string, cause: Cause | null): Promise<void> {
    return this.#put(questionId, { ...pick(this.outcome(questionId)), cause });
  }

  undo(questionId: string): Promise<void> {
    return this.#put(questionId, this.#before[questionId] ?? nothing);
  }

  async #put(questionId: string, outcome: Outcome): Promise<void> {
    const before = pick(this.outcome(questionId));
    this.#sent = { ...this.#sent, [questionId]: outcome };
    try {
      const param = { id: this.session.id, questionId };
      const view = await answer(
        api.sessions[':id'].resolutions[':questionId'].$put({ param, json: outcome }, command()),
      );
      this.session.take(view);
      this.#before = { ...this.#before, [questionId]: before };
      this.#problem = null;
    } catch (error) {
      this.#problem = asProblem(error);
    } finally {
      if (this.#sent[questionId] === outcome) {
        const { [questionId]: _, ...rest } = this.#sent;
        this.#sent = rest;
      }
    }
  }

  /** Ends the review: from here everything is read-only. @returns whether it was done */
  async resolve(): Promise<boolean> {
    this.#problem = await this.session.advance('review');
    return this.#problem === null;
  }
}

const pick = ({ agreed, cause }: Outcome): Outcome => ({ agreed, cause });

/** Whether any text in it is more than blanks. */
function saysSomething(node: XmlFragment): boolean {
  return node
    .toArray()
    .some((child) => ('toArray' in child ? saysSomething(child) : wordsOf(child).trim() !== ''));
}

/** A text's words without its marks; whatever else stands in a fragment has none. */
function wordsOf(node: XmlText | XmlHook): string {
  if (!('toDelta' in node)) return '';
  const parts: { insert?: unknown }[] = node.toDelta();
  return parts.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
}
