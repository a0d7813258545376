// One calibration's meeting in this tab, from the reveal on: the frozen board, the question in view, the notes everyone writes;
// and, each in a file of its own, following, timers, re-votes and agreed answers. Lives as long as the review screen; shares
// the session's one socket and never opens its own.
import type { BoardView, DiscussionView } from '@attune/contract';
import {
  type Alignments,
  alignmentsOf,
  type Board,
  type BoardQuestion,
  naSplitsOf,
  type Question,
  questionsOf,
  readingOrder,
  sweepable,
  whatIsLeft,
} from '@attune/domain';
import { type ApiProblem, answer, api } from '../../api.ts';
import { decoded } from '../../lib/decoded.ts';
import { recall, remember } from '../../lib/tab-memory.ts';
import { prefs } from '../app/prefs.svelte.ts';
import { Loaded } from '../page/loaded.svelte.ts';
import { Follow } from './follow.svelte.ts';
import { InView, type Place } from './in-view.svelte.ts';
import { meetingCommands } from './meeting-commands.ts';
import { discussionOf, type MeetingSession, mayFacilitate } from './meeting-session.ts';
import { Notes } from './notes.svelte.ts';
import { Outcomes } from './outcomes.svelte.ts';
import { Presence } from './presence.svelte.ts';
import { Revotes } from './revotes.svelte.ts';
import { Timers } from './timer.svelte.ts';

/** What the meeting needs of the page around it. */
export interface MeetingPage {
  /** Brings a question into view, or the overview. */
  show(place: Place): void;
  isTyping(): boolean;
  /** The person's own member id. */
  readonly memberId: string;
  /** The view went along with the meeting. */
  followed(place: Place): void;
  timerEnded(questionId: string): void;
}

/** A question with its place on the board. */
export interface Item {
  readonly question: Question;
  readonly sectionTitle: string;
  /** Its place in the scorecard, from 1: the same for everyone, however the list is sorted. */
  readonly number: number;
  readonly numbers: BoardQuestion;
}

export type Order = 'board' | 'scorecard';

export class Meeting {
  readonly session: MeetingSession;
  readonly presence: Presence;
  readonly follow: Follow;
  readonly timers: Timers;
  readonly revotes: Revotes;
  readonly outcomes: Outcomes;
  readonly notes: Notes;
  readonly loaded: Loaded<BoardView>;
  readonly #commands: ReturnType<typeof meetingCommands>;
  #order = $state<Order>('board');
  readonly #view = new InView();
  #problem = $state.raw<ApiProblem | null>(null);
  readonly #items = $derived(this.#itemsOf(this.#order));
  readonly #alignments = $derived.by(() => this.#align());

  constructor(session: MeetingSession, page: MeetingPage) {
    this.session = session;
    this.presence = new Presence(session.room.provider.awareness, (memberId) => memberId === page.memberId);
    this.loaded = new Loaded(() => answer(api.sessions[':id'].board.$get({ param: { id: session.id } })));
    const commands = meetingCommands(session);
    this.#commands = commands;
    this.notes = new Notes(session.room.doc);
    this.follow = new Follow(session, this.#view, {
      show: page.show,
      isTyping: page.isTyping,
      followed: page.followed,
      lead: commands.focus,
      kept: () => recall(`follow.${session.id}`, (value) => typeof value === 'boolean'),
      keep: (isWith) => {
        remember(`follow.${session.id}`, isWith);
        this.presence.tell({ following: isWith });
      },
    });
    this.timers = new Timers(session, prefs, {
      send: (questionId, action) => this.#run(commands.timer(questionId, action)),
      ended: page.timerEnded,
    });
    this.revotes = new Revotes(session, this.loaded, commands.revotes);
    this.outcomes = new Outcomes(session, commands.resolve);
  }

  /** Fetches the board and takes the question in the address. */
  open(): void {
    const address = this.#addressed();
    this.#view.focus(address);
    this.follow.begin(address);
    this.presence.tell({ following: this.follow.isWith, away: document.hidden });
    void this.loaded.load().then(() => this.#tellPlace());
  }

  /** At a desk the first question is in view without being chosen; a phone shows the list. */
  #tellPlace(): void {
    const isPhone = matchMedia('(max-width: 56rem)').matches;
    const questionId =
      this.#view.isOverview || (isPhone && !this.#view.focusedId) ? null : this.focused?.question.id;
    this.presence.tell({ questionId: questionId ?? null });
  }

  close(): void {
    this.follow.end();
    this.revotes.end();
    this.presence.tell({ questionId: null, cursor: null });
  }

  /** The board; `undefined` until it is there. */
  get board(): Board | undefined {
    return this.loaded.value?.board;
  }

  /** What the board depends on beside the reveal: whose names it shows, and which re-votes are revealed. */
  get edition(): string {
    const { names, revotes } = this.session.shared;
    return [names, ...revotes.flatMap(({ id, state }) => (state === 'revealed' ? [id] : []))].join();
  }

  /** How near everyone was to what is agreed so far; `null` until the board is there. */
  get alignments(): Alignments | null {
    return this.#alignments;
  }

  /** Without the question that is voted on again: its agreed answer is folded away, and no figure may tell it (C8c, C13). */
  #align(): Alignments | null {
    const { board } = this;
    if (!board) return null;
    const { scorecard, sectionWeights } = this.session.detail;
    const agreed = new Map(board.order.map((id) => [id, this.outcomes.of(id).agreed]));
    const voted = this.revotes.current?.questionId;
    const leftOut = new Set(voted === undefined ? [] : [voted]);
    return alignmentsOf({ scorecard, weights: sectionWeights, board, agreed, leftOut });
  }

  get discussion(): DiscussionView {
    return discussionOf(this.session);
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
    const { board } = this;
    if (!board) return [];
    const { scorecard } = this.session.detail;
    const sections = new Map(scorecard.sections.map(({ id, title }) => [id, title]));
    const questions = questionsOf(scorecard);
    const places = new Map(questions.map((question, at) => [question.id, { question, number: at + 1 }]));
    const numbers = new Map(board.questions.map((question) => [question.questionId, question]));
    const ids = order === 'board' ? readingOrder(board) : board.questions.map(({ questionId }) => questionId);
    return ids.flatMap((id) => {
      const [place, found] = [places.get(id), numbers.get(id)];
      return place && found
        ? [{ ...place, numbers: found, sectionTitle: sections.get(found.sectionId) ?? '' }]
        : [];
    });
  }

  item(questionId: string | null): Item | null {
    return this.items.find(({ question }) => question.id === questionId) ?? null;
  }

  sortBy(order: Order): void {
    this.#order = order;
  }

  /** The question chosen by hand, by following or by the address; `null` when none was. */
  get focusedId(): string | null {
    return this.#view.focusedId;
  }

  /** What the right pane shows: the chosen question, else the first. */
  get focused(): Item | null {
    return this.item(this.#view.focusedId) ?? this.items[0] ?? null;
  }

  get position(): number {
    const focused = this.focused;
    return focused ? this.items.indexOf(focused) : 0;
  }

  /** Takes a question into view; whether the others come along is `follow`'s to say. */
  focus(questionId: string | null): void {
    this.#view.focus(questionId);
    this.#tellPlace();
  }

  /** Whether the overview is in view. */
  set isOverview(isOverview: boolean) {
    if (this.#view.turn(isOverview)) this.#tellPlace();
  }

  #addressed(): string | null {
    const id = decoded(location.hash.slice(1));
    return id === '' ? null : id;
  }

  /** The person changed the question in the address's fragment. */
  readAddress(): void {
    const id = this.#addressed();
    if (id === this.#view.focusedId) return;
    this.focus(id);
    if (id !== null) this.follow.byHand(id);
    else if (!this.mayFacilitate && this.discussion.focusQuestionId !== null) this.follow.leave();
  }

  /** The id `by` places further in the list, `null` beyond its ends. Who leads begins with the first. */
  neighbour(by: number): string | null {
    const isBeginning = this.#view.focusedId === null && this.mayFacilitate && this.follow.isWith && by > 0;
    return this.items[isBeginning ? 0 : this.position + by]?.question.id ?? null;
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

  get mayWrite(): boolean {
    return this.session.seat.may.includes('notes.write');
  }

  get mayFacilitate(): boolean {
    return mayFacilitate(this.session);
  }

  isResolved(questionId: string): boolean {
    return this.outcomes.of(questionId).agreed !== null || this.notes.isNoted(questionId);
  }

  #resolutions(questionIds: readonly string[]) {
    return questionIds.map((questionId) => ({
      questionId,
      ...this.outcomes.of(questionId),
      noted: this.notes.isNoted(questionId),
    }));
  }

  get #left() {
    const { flaggedQuestionIds } = this.session.shared;
    const naSplitIds = this.board ? naSplitsOf(this.board) : [];
    const resolutions = this.#resolutions([...flaggedQuestionIds, ...naSplitIds]);
    return whatIsLeft({ flaggedQuestionIds, naSplitIds }, resolutions);
  }

  /** Flagged questions without a resolution, in the flags' order: they keep it from being resolved (C11). */
  get leftIds(): readonly string[] {
    return this.#left.mustResolve;
  }

  get mustResolve(): readonly Item[] {
    return this.#left.mustResolve.flatMap((id) => this.item(id) ?? []);
  }

  /** N/A splits without a resolution: named, and left open at will (C11). */
  get mayLeave(): readonly Item[] {
    return this.#left.mayLeave.flatMap((id) => this.item(id) ?? []);
  }

  /** Why the last command was refused; `null` once one succeeds. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  async #run(sent: Promise<ApiProblem | null>): Promise<boolean> {
    this.#problem = await sent;
    return this.#problem === null;
  }

  /** Unanimous questions without an agreed answer: what a sweep would agree on. */
  get sweepCount(): number {
    return this.board ? sweepable(this.board, this.#resolutions(this.board.order)).length : 0;
  }

  sweep(): Promise<boolean> {
    return this.#run(this.#commands.sweep());
  }

  /** Undoes what `discussion.undo` names. */
  async undo(): Promise<boolean> {
    const { undo } = this.discussion;
    return undo === null || this.#run(this.#commands.undo(undo.kind));
  }

  nameSpeakers(on: boolean): Promise<boolean> {
    return this.#run(this.#commands.speakFirst(on));
  }

  /** Ends the review: from here everything is read-only. @returns whether it was done */
  resolve(): Promise<boolean> {
    return this.#run(this.session.advance('review'));
  }
}
