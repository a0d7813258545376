// The links of a session as its facilitator keeps them (J1, J3): the join link and the meeting screen's. A new one ends the old.
import type { SessionLinks } from '@attune/contract';
import { type ApiProblem, answer, api, asProblem, command } from '../../api.ts';
import { Loaded } from '../page/loaded.svelte.ts';

export type SharedLink = 'join' | 'display';

/** Days a link can live; the first is the usual. */
export const linkDays = [7, 1, 30] as const;

export class SessionLinksState {
  readonly #id: string;
  readonly links: Loaded<SessionLinks>;

  constructor(sessionId: string) {
    this.#id = sessionId;
    const param = { id: sessionId };
    this.links = new Loaded(() => answer(api.sessions[':id'].links.$get({ param })));
  }

  /** Makes a link where there is none: one made elsewhere in the meantime is shown, and goes on working. */
  async makeFirst(kind: SharedLink): Promise<ApiProblem | null> {
    await this.links.load();
    if (this.links.problem || this.links.value?.[kind]) return this.links.problem;
    return this.make(kind);
  }

  /** Makes a link, or another in its place. @returns the problem, `null` when it is there */
  make(kind: SharedLink, days: number = linkDays[0]): Promise<ApiProblem | null> {
    const param = { id: this.#id, kind };
    return this.#take(() =>
      answer(api.sessions[':id'].links[':kind'].$post({ param, json: { days } }, command())),
    );
  }

  /** Ends a link. @returns the problem, `null` when it no longer works */
  revoke(kind: SharedLink): Promise<ApiProblem | null> {
    const param = { id: this.#id, kind };
    return this.#take(() => answer(api.sessions[':id'].links[':kind'].$delete({ param }, command())));
  }

  async #take(send: () => Promise<SessionLinks>): Promise<ApiProblem | null> {
    try {
      this.links.take(await send());
      return null;
    } catch (error) {
      return asProblem(error);
    }
  }
}
