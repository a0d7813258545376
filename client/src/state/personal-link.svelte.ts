// One participant's personal invite as the facilitator keeps it (J2).
import type { SessionLinkView } from '@attune/contract';
import { type ApiProblem, answer, api, asProblem, command } from '../api.ts';
import { Loaded } from './loaded.svelte.ts';

export class PersonalLink {
  readonly #param: { readonly id: string; readonly participantId: string };
  /** The living link, `null` where there is none. */
  readonly link: Loaded<SessionLinkView | null>;

  constructor(sessionId: string, participantId: string) {
    const param = { id: sessionId, participantId };
    this.#param = param;
    this.link = new Loaded(() => answer(route.$get({ param })));
  }

  /** Makes the link, or another in its place: the old one and the devices it let in end. */
  make(): Promise<ApiProblem | null> {
    return this.#take(() => answer(route.$post({ param: this.#param }, command())));
  }

  revoke(): Promise<ApiProblem | null> {
    return this.#take(async () => {
      await answer(route.$delete({ param: this.#param }, command()));
      return null;
    });
  }

  async #take(send: () => Promise<SessionLinkView | null>): Promise<ApiProblem | null> {
    try {
      this.link.take(await send());
      return null;
    } catch (error) {
      return asProblem(error);
    }
  }
}

const route = api.sessions[':id'].participants[':participantId'].link;
