// What the facilitator decides about people: who comes in from the lobby, who watches, whose names are shown, who facilitates.
// Each waits for the server's word.
import type { SessionView } from '@attune/contract';
import type { NamesMode } from '@attune/domain';
import { type ApiProblem, answer, api, command } from '../api.ts';

/** What is needed of the session: its id, and a way to send a command and take its reply. */
export interface CommandedSession {
  readonly id: string;
  run(send: () => Promise<SessionView>): Promise<ApiProblem | null>;
}

export class Admission {
  readonly #session: CommandedSession;
  #sending = $state.raw<readonly string[]>([]);
  #problem = $state.raw<ApiProblem | null>(null);

  constructor(session: CommandedSession) {
    this.#session = session;
  }

  /** Why the last answer to the lobby failed; `null` once one succeeds. */
  get problem(): ApiProblem | null {
    return this.#problem;
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

  async #answer(entryId: string, send: () => Promise<SessionView>): Promise<void> {
    if (this.isSending(entryId)) return;
    this.#sending = [...this.#sending, entryId];
    this.#problem = await this.#session.run(send);
    this.#sending = this.#sending.filter((id) => id !== entryId);
  }

  removeObserver(memberId: string): Promise<ApiProblem | null> {
    const param = { id: this.#session.id, memberId };
    const observer = api.sessions[':id'].observers[':memberId'];
    return this.#session.run(() => answer(observer.$delete({ param }, command())));
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
