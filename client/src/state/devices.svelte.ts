// Further devices that ask to open a personal invite (J2), as the facilitator and the invite's first device see them.
import type { DeviceRequestView } from '@attune/contract';
import { type ApiProblem, answer, api, asProblem, command } from '../api.ts';

export class Devices {
  readonly #id: string;
  #requests = $state.raw<readonly DeviceRequestView[]>([]);
  #sending = $state.raw<string | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);

  constructor(sessionId: string) {
    this.#id = sessionId;
  }

  /** Those that wait for an answer; empty while they are not known. */
  get requests(): readonly DeviceRequestView[] {
    return this.#requests;
  }

  get problem(): ApiProblem | null {
    return this.#problem;
  }

  isSending(requestId: string): boolean {
    return this.#sending === requestId;
  }

  /** Asks who waits. What cannot be fetched now is fetched at the next event. */
  readonly load = async (): Promise<void> => {
    try {
      const param = { id: this.#id };
      this.#requests = (await answer(api.sessions[':id'].devices.$get({ param }))).requests;
    } catch {
      // Nothing of the page depends on it.
    }
  };

  /** Lets a device in, or refuses it. */
  async answer(requestId: string, allow: boolean): Promise<void> {
    if (this.#sending) return;
    this.#sending = requestId;
    this.#problem = null;
    const param = { id: this.#id, requestId };
    const route = api.sessions[':id'].devices[':requestId'];
    try {
      await answer(route.$post({ param, json: { allow } }, command()));
      this.#requests = this.#requests.filter(({ id }) => id !== requestId);
    } catch (error) {
      this.#problem = asProblem(error);
      await this.load();
    } finally {
      this.#sending = null;
    }
  }
}
