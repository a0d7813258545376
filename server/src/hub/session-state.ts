// One session as the hub holds it while somebody is connected: the shared state with its number, brought forward by numbered
// changes read from PostgreSQL, never by what a message says (live.md 1).
import { applyPatch, personColour, type SessionShared, sessionColours } from '@attune/contract';
import { isRevealed, type Scorecard, type SessionSubject } from '@attune/domain';
import type { Logger } from '../ops/log.ts';
import type { ChangeRead, ChangesRead } from '../sessions/change.store.ts';
import type { SharedRead } from '../sessions/feed-read.ts';
import { sharedToSubject } from '../sessions/views.ts';

export interface SessionReads {
  readShared(organisationId: string, sessionId: string): Promise<SharedRead | null>;
  readChanges(organisationId: string, sessionId: string, after: number): Promise<ChangesRead | null>;
}

export interface SessionStateDeps {
  readonly reads: SessionReads;
  readonly log: Logger;
  /** Called after the state has moved; with an empty list where the session is gone, or was read after a gap. */
  readonly onChanges: (changes: readonly ChangeRead[]) => void;
  /** Whether somebody still holds it; nobody's state is not brought forward. */
  readonly isOpen: () => boolean;
}

const shortestRetryMs = 50;
const longestRetryMs = 1_000;

export class SessionState {
  readonly organisationId: string;
  readonly sessionId: string;
  readonly #deps: SessionStateDeps;
  #number: number;
  #shared: SessionShared;
  #subject: SessionSubject | null;
  #scorecard: Scorecard;
  #colours: { readonly of: SessionShared; readonly by: ReadonlyMap<string, string> } | null = null;
  #catchingUp: Promise<void> | null = null;
  #again = false;

  constructor(organisationId: string, read: SharedRead, deps: SessionStateDeps) {
    this.organisationId = organisationId;
    this.sessionId = read.shared.id;
    this.#deps = deps;
    this.#number = read.number;
    this.#shared = read.shared;
    this.#subject = sharedToSubject(organisationId, read.shared);
    this.#scorecard = read.scorecard;
  }

  get number(): number {
    return this.#number;
  }

  get shared(): SessionShared {
    return this.#shared;
  }

  get scorecard(): Scorecard {
    return this.#scorecard;
  }

  /** Whether the answers are known to all: in review and later. */
  get isRevealed(): boolean {
    return isRevealed(this.#shared.status);
  }

  /**
   * What the permission table needs; `null` once the draft was deleted. One value for all seats, the same for as long as nothing in
   * it changes: who has judged by it need not judge again.
   */
  get subject(): SessionSubject | null {
    return this.#subject;
  }

  /** The colour of a member beside the session's others; computed once for each state of it. */
  colourOf(memberId: string): string {
    if (this.#colours?.of !== this.#shared)
      this.#colours = { of: this.#shared, by: sessionColours(this.#shared) };
    return this.#colours.by.get(memberId) ?? personColour(memberId);
  }

  /** A member of the session by the name they go by now; `null` for whoever has no part in it. */
  personOf(memberId: string): { readonly name: string; readonly guest: boolean } | null {
    const { participants, observers } = this.#shared;
    return [...participants, ...observers].find((person) => person.memberId === memberId) ?? null;
  }

  /**
   * Reads every change not applied yet, in order; resolves when the state is at least as of now, or nobody holds it any more.
   * Calls made meanwhile make one more read, not many. A failed read is tried again: a right that ended must end here, too.
   */
  catchUp(): Promise<void> {
    this.#again = true;
    this.#catchingUp ??= this.#run().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  async #run(): Promise<void> {
    let retryMs = shortestRetryMs;
    while (this.#again && this.#deps.isOpen()) {
      this.#again = false;
      try {
        await this.#read();
        retryMs = shortestRetryMs;
      } catch (error) {
        this.#deps.log.warn({ error }, 'a session could not be read; trying again');
        this.#again = true;
        const wait = retryMs;
        await new Promise((resolve) => setTimeout(resolve, wait).unref());
        retryMs = Math.min(retryMs * 2, longestRetryMs);
      }
    }
  }

  async #read(): Promise<void> {
    const { reads, onChanges } = this.#deps;
    const read = await reads.readChanges(this.organisationId, this.sessionId, this.#number);
    if (!read) {
      this.#end();
      return;
    }
    if (read.number === this.#number) return;
    const isWhole = read.changes.every(({ number }, index) => number === this.#number + index + 1);
    const isScorecardKept = read.changes.every(({ patch }) => patch.detailRevision === undefined);
    if (!isWhole || !isScorecardKept || read.changes.at(-1)?.number !== read.number) {
      await this.#readWhole(read.changes);
      return;
    }
    for (const { number, patch } of read.changes) this.#accept(number, applyPatch(this.#shared, patch));
    onChanges(read.changes);
  }

  /** Reads the session as a whole: after a gap, and where settings or scorecard are others. */
  async #readWhole(changes: readonly ChangeRead[]): Promise<void> {
    const read = await this.#deps.reads.readShared(this.organisationId, this.sessionId);
    if (!read) {
      this.#end();
      return;
    }
    this.#accept(read.number, read.shared);
    this.#scorecard = read.scorecard;
    this.#deps.onChanges(changes.filter(({ number }) => number <= read.number));
  }

  /** The draft was deleted. */
  #end(): void {
    this.#subject = null;
    this.#deps.onChanges([]);
  }

  #accept(number: number, shared: SessionShared): void {
    this.#number = number;
    this.#shared = shared;
    const subject = sharedToSubject(this.organisationId, shared);
    // Progress and the focus move often, and touch nobody's rights.
    if (JSON.stringify(subject) !== JSON.stringify(this.#subject)) this.#subject = subject;
  }
}
