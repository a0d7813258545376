// One's own place in a session (J2): other browsers that opened it and what to say of them, and whether it is shut to this sign-in
// after somebody else's reset of the account.
import type { PlaceAnswerBody, PlaceView, SessionReply } from '@attune/contract';
import { type ApiProblem, answer, api, asProblem, command } from '../../api.ts';

export class OwnPlace {
  readonly #id: string;
  #view = $state.raw<PlaceView | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #ended = $state.raw<string | null>(null);

  constructor(sessionId: string) {
    this.#id = sessionId;
  }

  /** Entries to be asked about; empty while they are not known. */
  get asks(): PlaceView['asks'] {
    return this.#view?.asks ?? [];
  }

  get shut(): PlaceView['shut'] {
    return this.#view?.shut ?? null;
  }

  get mayStartAfresh(): boolean {
    return this.#view?.mayStartAfresh ?? false;
  }

  get problem(): ApiProblem | null {
    return this.#problem;
  }

  /** The device whose sign-in was ended here just now, in words. */
  get ended(): string | null {
    return this.#ended;
  }

  /** Asks the server. What cannot be fetched now is fetched at the next event. */
  readonly load = async (): Promise<void> => {
    try {
      this.#view = await answer(api.sessions[':id'].place.$get({ param: { id: this.#id } }));
    } catch {
      // Nothing else of the page depends on it.
    }
  };

  /** @returns the problem, `null` when it was said */
  async say(entryId: string, json: PlaceAnswerBody): Promise<ApiProblem | null> {
    const param = { id: this.#id, entryId };
    const asked = this.asks.find(({ id }) => id === entryId);
    try {
      await answer(api.sessions[':id'].place.entries[':entryId'].$post({ param, json }, command()));
      this.#problem = null;
      if (json.answer === 'not-me') this.#ended = asked?.device ?? '';
    } catch (error) {
      this.#problem = asProblem(error);
    }
    await this.load();
    return this.#problem;
  }

  /** Starts an empty sheet where the old one is shut. @throws {ApiProblem} */
  restart(): Promise<SessionReply> {
    return answer(api.sessions[':id'].place.restart.$post({ param: { id: this.#id } }, command()));
  }
}

/** Lets in the device that shows these words, as the guest one is; returns it in words. @throws {ApiProblem} */
export async function allowDevice(sessionId: string, words: string): Promise<string> {
  const param = { id: sessionId };
  const { device } = await answer(api.sessions[':id'].devices.$post({ param, json: { words } }, command()));
  return device;
}
