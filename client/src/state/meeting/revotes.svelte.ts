// Re-votes as this tab knows them (C13): who has voted, the own vote, and how the revealed rounds stand beside the first. Until
// the reveal nothing here knows anybody else's vote, and the own one is kept by the server alone.
import type { BoardView, RevoteView, SeatView, SessionShared } from '@attune/contract';
import { type Answer, answerKey, type BoardQuestion } from '@attune/domain';
import type { ApiProblem } from '../../api.ts';
import { newCommandId } from '../../lib/ids.ts';
import { named } from '../../texts/guest.ts';

interface VotingSession {
  readonly shared: Pick<SessionShared, 'revotes' | 'participants' | 'names' | 'putOut'>;
  readonly seat: SeatView;
}

/** The board as far as it has come, with the re-votes that are revealed. */
interface RevealedRounds {
  readonly value: Pick<BoardView, 'revotes'> | undefined;
}

export interface RevoteCommands {
  fetchOwn(revoteId: string): Promise<Answer | null>;
  /** @param key of the press: sent again under it, a vote counts once. @returns the problem, `null` when the vote is sealed */
  cast(revoteId: string, answer: Answer, key: string): Promise<ApiProblem | null>;
  open(questionId: string): Promise<ApiProblem | null>;
  reveal(revoteId: string, without: readonly string[]): Promise<ApiProblem | null>;
  callOff(revoteId: string): Promise<ApiProblem | null>;
}

/** A round of a question: the first is the board's. */
export interface Round {
  readonly id: string;
  readonly round: number;
  readonly numbers: BoardQuestion;
  /** The round before it. */
  readonly before: BoardQuestion;
}

/** How far one's own vote is: chosen here, on its way, sealed by the server. */
export type VoteState = 'none' | 'chosen' | 'sending' | 'waiting' | 'sealed';

/** What a lost network looks like: such a vote is sent again by itself. */
const passing: readonly string[] = ['offline', 'unreachable', 'timeout', 'unavailable', 'too-many-requests'];
const againMs = 2_000;

export class Revotes {
  readonly #session: VotingSession;
  readonly #board: RevealedRounds;
  readonly #commands: RevoteCommands;
  /** The open re-vote whose own vote is known. */
  #knownId: string | null = null;
  #chosen = $state.raw<Answer | null>(null);
  #sealed = $state.raw<Answer | null>(null);
  #sending = $state.raw<'no' | 'yes' | 'again'>('no');
  /** What Vote was pressed for. */
  #pressed = $state.raw<Answer | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = $state.raw<string | null>(null);

  constructor(session: VotingSession, board: RevealedRounds, commands: RevoteCommands) {
    this.#session = session;
    this.#board = board;
    this.#commands = commands;
  }

  /** The one that is open now; at most one is. */
  get current(): RevoteView | null {
    return this.#session.shared.revotes.find(({ state }) => state === 'open') ?? null;
  }

  /** Whether the missing are replaced by their first answers: while names are hidden, the numbers would tell who they are. */
  get standsIn(): boolean {
    return this.#session.shared.names === 'hidden';
  }

  /** The question that the facilitator is asked about before its re-vote opens; `null` for none. */
  get asking(): string | null {
    return this.#asking;
  }

  /** Asks, before it interrupts everyone, whether a re-vote is meant; `null` asks no more. */
  ask(questionId: string | null): void {
    this.#asking = questionId;
  }

  /** The revealed rounds of a question after the first, the latest first. */
  rounds(questionId: string, first: BoardQuestion): Round[] {
    const found = (this.#board.value?.revotes ?? []).filter((one) => one.questionId === questionId);
    return found
      .map(({ id, round, numbers }, at) => ({ id, round, numbers, before: found[at - 1]?.numbers ?? first }))
      .reverse();
  }

  /** Participants asked in an open re-vote, with whether they have voted; never how. */
  get asked(): {
    readonly id: string;
    readonly memberId: string;
    readonly name: string;
    readonly voted: boolean;
  }[] {
    const votedIds = this.current?.votedIds ?? [];
    const { participants, putOut } = this.#session.shared;
    // Whoever was put out is not waited for.
    const isOut = (memberId: string) => putOut.some((one) => one.memberId === memberId);
    return participants
      .filter(({ state, memberId }) => state === 'submitted' && !isOut(memberId))
      .map((person) => ({
        id: person.id,
        memberId: person.memberId,
        name: named(person),
        voted: votedIds.includes(person.id),
      }));
  }

  /** Whether this person is asked. */
  get isAsked(): boolean {
    const { may, participantId } = this.#session.seat;
    return may.includes('revote.vote') && this.asked.some(({ id }) => id === participantId);
  }

  /** What the control shows. */
  get chosen(): Answer | null {
    return this.#chosen;
  }

  get voteState(): VoteState {
    if (this.#sending === 'yes') return 'sending';
    if (this.#chosen === null) return 'none';
    const isChosen = (answer: Answer | null) =>
      answer !== null && answerKey(answer) === answerKey(this.#chosen);
    if (this.#sending === 'again' && isChosen(this.#pressed)) return 'waiting';
    return isChosen(this.#sealed) ? 'sealed' : 'chosen';
  }

  /** Whether the server holds a vote of this person's, be it the one shown or an earlier one. */
  get hasSealed(): boolean {
    return this.#sealed !== null;
  }

  get problem(): ApiProblem | null {
    return this.#problem;
  }

  /** Fetches the own vote of the re-vote that is open. Call it when another one is. */
  async follow(revoteId: string | null): Promise<void> {
    if (revoteId === this.#knownId) return;
    this.#forget();
    this.#knownId = revoteId;
    if (revoteId === null || !this.isAsked) return;
    await this.#fetch(revoteId);
  }

  async #fetch(revoteId: string): Promise<void> {
    try {
      const own = await this.#commands.fetchOwn(revoteId);
      if (this.#knownId !== revoteId) return;
      this.#sealed = own;
      this.#chosen ??= own;
    } catch {
      this.#timer = setTimeout(() => {
        if (this.#knownId === revoteId && this.#sealed === null) void this.#fetch(revoteId);
      }, againMs);
    }
  }

  choose(answer: Answer | null): void {
    this.#chosen = answer;
    this.#problem = null;
  }

  /** Seals what is chosen now, whatever is chosen later; goes on trying while the network is away. */
  async vote(): Promise<void> {
    if (this.#chosen === null || this.#sending === 'yes') return;
    this.#pressed = this.#chosen;
    await this.#cast(this.#chosen, newCommandId());
  }

  async #cast(answer: Answer, key: string): Promise<void> {
    const revoteId = this.#knownId;
    if (revoteId === null) return;
    clearTimeout(this.#timer);
    this.#sending = 'yes';
    const problem = await this.#commands.cast(revoteId, answer, key);
    if (this.#knownId !== revoteId) return;
    if (problem && passing.includes(problem.slug)) {
      this.#sending = 'again';
      this.#timer = setTimeout(() => void this.#cast(answer, key), againMs);
      return;
    }
    this.#sending = 'no';
    this.#problem = problem;
    if (!problem) this.#sealed = answer;
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#chosen = null;
    this.#sealed = null;
    this.#pressed = null;
    this.#sending = 'no';
    this.#problem = null;
  }

  /** Stops trying. */
  end(): void {
    clearTimeout(this.#timer);
  }

  /** Opens the one that was asked about. */
  async open(): Promise<void> {
    const questionId = this.#asking;
    if (questionId === null) return;
    this.#problem = await this.#commands.open(questionId);
    this.#asking = null;
  }

  /** @param without those who are missing. @returns whether it was done */
  async reveal(without: readonly string[]): Promise<boolean> {
    return this.#drive((id) => this.#commands.reveal(id, without));
  }

  callOff(): Promise<boolean> {
    return this.#drive((id) => this.#commands.callOff(id));
  }

  async #drive(send: (revoteId: string) => Promise<ApiProblem | null>): Promise<boolean> {
    const { current } = this;
    if (!current) return true;
    this.#problem = await send(current.id);
    return this.#problem === null;
  }
}
