// What the facilitator decides about people: who comes in from the lobby, who watches, whose names are shown, who facilitates.
// Each waits for the server's word.
import type { LikeName, SessionReply } from '@attune/contract';
import type { NamesMode } from '@attune/domain';
import { type ApiProblem, answer, api, command } from '../../api.ts';
import type { CommandedSession } from './commanded-session.ts';

export class Admission {
  readonly #session: CommandedSession;
  #sending = $state.raw<readonly string[]>([]);
  #problem = $state.raw<ApiProblem | null>(null);
  #like = $state.raw<ReadonlyMap<string, readonly LikeName[]>>(new Map());
  #isUnknown = $state(false);

  constructor(session: CommandedSession) {
    this.#session = session;
  }

  /** Why the last answer to the lobby failed; `null` once one succeeds. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  /** Names that a waiting guest's name resembles; `null` until that is known. */
  likeOf(entryId: string): readonly LikeName[] | null {
    return this.#like.get(entryId) ?? null;
  }

  /** Whether this guest's name has been compared with others', or cannot be. */
  isLookedAt(entryId: string): boolean {
    return this.#isUnknown || this.#like.has(entryId);
  }

  /** Fetches whose names the waiting guests' names resemble. A failure keeps nobody waiting: they can be let in without it. */
  async loadLikeness(): Promise<void> {
    try {
      const { waiting } = await answer(api.sessions[':id'].lobby.$get({ param: { id: this.#session.id } }));
      this.#like = new Map(waiting.map(({ id, like }) => [id, like]));
      this.#isUnknown = false;
    } catch {
      this.#isUnknown = true;
    }
  }

  /** Whether an answer for this entry is on its way. */
  isSending(entryId: string): boolean {
    return this.#sending.includes(entryId);
  }

  admit(entryId: string): Promise<void> {
    const param = { id: this.#session.id, entryId };
    const lobby = api.sessions[':id'].lobby[':entryId'];
    return this.#answer(entryId, () => answer(lobby.admit.$post({ param }, command())));
  }

  /** One after the other: each is a command of its own, and one that fails must not keep the others out. */
  async admitAll(entryIds: readonly string[]): Promise<void> {
    for (const entryId of entryIds) await this.admit(entryId);
  }

  turnAway(entryId: string): Promise<void> {
    const param = { id: this.#session.id, entryId };
    const lobby = api.sessions[':id'].lobby[':entryId'];
    return this.#answer(entryId, () => answer(lobby.$delete({ param }, command())));
  }

  async turnAllAway(): Promise<void> {
    const param = { id: this.#session.id };
    this.#problem = await this.#session.run(() =>
      answer(api.sessions[':id'].lobby.$delete({ param }, command())),
    );
  }

  async #answer(entryId: string, send: () => Promise<SessionReply>): Promise<void> {
    if (this.isSending(entryId)) return;
    this.#sending = [...this.#sending, entryId];
    this.#problem = await this.#session.run(send);
    this.#sending = this.#sending.filter((id) => id !== entryId);
  }

  setNames(names: NamesMode): Promise<ApiProblem | null> {
    const param = { id: this.#session.id };
    return this.#session.run(() =>
      answer(api.sessions[':id'].names.$put({ param, json: { names } }, command())),
    );
  }

  handOver(memberId: string): Promise<ApiProblem | null> {
    const param = { id: this.#session.id };
    return this.#session.run(() =>
      answer(api.sessions[':id']['hand-over'].$post({ param, json: { memberId } }, command())),
    );
  }
}
