// One session as the hub holds it while somebody is connected: the shared state with its number, brought forward by numbered
// changes read from PostgreSQL, never by what a message says (live.md 1).
import { applyPatch, type SessionShared } from '@attune/contract';
import type { Scorecard, SessionSubject } from '@attune/domain';
import type { ChangeRead, SharedRead } from '../sessions/feed-read.ts';

export interface SessionReads {
  readShared(organisationId: string, sessionId: string): Promise<SharedRead | null>;
  readChanges(organisationId: string, sessionId: string, after: number): Promise<ChangeRead[]>;
}

type ChangeHandler = (changes: readonly ChangeRead[]) => void;

export class SessionState {
  readonly organisationId: string;
  readonly sessionId: string;
  readonly #reads: SessionReads;
  readonly #onChanges: ChangeHandler;
  #number: number;
  #shared: SessionShared;
  #scorecard: Scorecard;
  #deleted = false;
  #catchingUp: Promise<void> | null = null;
  #again = false;

  constructor(organisationId: string, read: SharedRead, reads: SessionReads, onChanges: ChangeHandler) {
    this.organisationId = organisationId;
    this.sessionId = read.shared.id;
    this.#reads = reads;
    this.#onChanges = onChanges;
    this.#number = read.number;
    this.#shared = read.shared;
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

  /** What the permission table needs; `null` once the draft was deleted. */
  get subject(): SessionSubject | null {
    if (this.#deleted) return null;
    const { status, scope, facilitator, participants } = this.#shared;
    return {
      organisationId: this.organisationId,
      status,
      scope,
      facilitatorId: facilitator.memberId,
      participants: participants.map(({ id, memberId, state }) => ({ id, memberId, state })),
    };
  }

  /** Reads every change not applied yet, in order. Calls made meanwhile make one more read, not many. */
  catchUp(): Promise<void> {
    if (this.#catchingUp) {
      this.#again = true;
      return this.#catchingUp;
    }
    this.#catchingUp = this.#read().finally(() => {
      this.#catchingUp = null;
      if (this.#again) {
        this.#again = false;
        void this.catchUp().catch(() => {});
      }
    });
    return this.#catchingUp;
  }

  async #read(): Promise<void> {
    const changes = await this.#reads.readChanges(this.organisationId, this.sessionId, this.#number);
    const inOrder = changes.every((change, index) => change.number === this.#number + index + 1);
    if (changes.length > 0 && inOrder && !changes.some(({ patch }) => patch.detailRevision !== undefined)) {
      for (const { number, patch } of changes) {
        this.#number = number;
        this.#shared = applyPatch(this.#shared, patch);
      }
      this.#onChanges(changes);
      return;
    }
    // Nothing to apply, a gap, or another scorecard: the whole state says it.
    const read = await this.#reads.readShared(this.organisationId, this.sessionId);
    if (!read) {
      this.#deleted = true;
      this.#onChanges([]);
      return;
    }
    const missed = changes.filter(({ number }) => number <= read.number);
    this.#number = read.number;
    this.#shared = read.shared;
    this.#scorecard = read.scorecard;
    this.#onChanges(missed);
  }
}
