// Coming in by a session's join link (J1): looking at what it leads to, joining or asking to be let in, waiting in the lobby.
// The token lives in this object alone once the page has read it. It never decides who may come in: the server tells.
import type { JoinPeek, JoinState } from '@attune/contract';
import { isRevealed } from '@attune/domain';
import { type ApiProblem, answer, api, asProblem } from '../../api.ts';
import { isWholeToken } from '../../lib/link-token.ts';
import { ownTab } from '../../lib/own-tab.ts';
import { feed } from '../app/feed.svelte.ts';

/** Where someone who opened a join link stands. */
export type JoinStep =
  | { readonly kind: 'looking' }
  /** The address carries no token, and this browser waits nowhere. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'failed'; readonly problem: ApiProblem }
  /** The link works: one may join, or learn why not. */
  | { readonly kind: 'deciding'; readonly peek: JoinPeek }
  | { readonly kind: 'waiting' | 'turned-away' | 'in'; readonly own: JoinState }
  /** Waiting came to nothing: the session is over, or was deleted. */
  | { readonly kind: 'gone' };

/** A hint may be lost with the network; asking this often is what a wait may cost at most. */
const askAgainMs = 15_000;

/** What the lobby's answer means on this page. */
export function stepOf(own: JoinState): JoinStep {
  switch (own.place) {
    case 'waiting':
      return own.status === 'resolved' || own.status === 'closed'
        ? { kind: 'gone' }
        : { kind: 'waiting', own };
    case 'turned-away':
      return { kind: 'turned-away', own };
    case 'participant':
    case 'excused':
    case 'observer':
      return { kind: 'in', own };
  }
}

/** Whether scoring is what comes next for them; the board, or its record, otherwise. */
export const scores = ({ place, status }: Pick<JoinState, 'place' | 'status'>): boolean =>
  (place === 'participant' || place === 'excused') && !isRevealed(status);

export class Joining {
  readonly #token: string;
  #step = $state.raw<JoinStep>({ kind: 'looking' });
  #problem = $state.raw<ApiProblem | null>(null);
  #isBusy = $state(false);
  #facilitator = $state.raw<string | null>(null);

  /** @param token from behind the #; empty, or cut short, where the link is incomplete */
  constructor(token: string) {
    this.#token = isWholeToken(token) ? token : '';
  }

  get step(): JoinStep {
    return this.#step;
  }

  /** Why joining failed; `null` before the first try. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Who lets people in; `null` where the link no longer tells. */
  get facilitator(): string | null {
    return this.#facilitator;
  }

  /** Looks at the link, and at where this browser already stands. Uses nothing up. */
  readonly look = async (): Promise<void> => {
    if (this.#step.kind === 'failed') this.#step = { kind: 'looking' };
    const peeked = await this.#peek();
    // To this link a sign-in limited to another session is nobody: then nobody of this browser stands anywhere in it.
    const mayStand = !peeked || 'slug' in peeked || peeked.member !== null;
    const own = mayStand ? await this.#own() : null;
    if (own) this.#step = stepOf(own);
    else if (!peeked) this.#step = { kind: 'incomplete' };
    else if ('slug' in peeked) this.#step = { kind: 'failed', problem: peeked };
    else this.#step = { kind: 'deciding', peek: peeked };
  };

  async #peek(): Promise<JoinPeek | ApiProblem | null> {
    if (!this.#token) return null;
    try {
      const peek = await answer(api.join.peek.$post({ json: { token: this.#token } }));
      this.#facilitator = peek.facilitator;
      return peek;
    } catch (error) {
      return asProblem(error);
    }
  }

  async #own(): Promise<JoinState | null> {
    try {
      return await answer(api.join.state.$get());
    } catch {
      // Nobody who came by a link, or no network: the link itself says which.
      return null;
    }
  }

  /** Joins as the signed-in member, or asks to be let in under a name. */
  async join(name?: string): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#problem = null;
    try {
      const json = name === undefined ? { token: this.#token } : { token: this.#token, name };
      const own = await answer(api.join.$post({ json }));
      // A guest's sign-in takes the place of what was there.
      if (name !== undefined) ownTab.changed();
      this.#step = stepOf(own);
    } catch (error) {
      this.#problem = asProblem(error);
    } finally {
      this.#isBusy = false;
    }
  }

  /** Follows the lobby until the facilitator has answered. Returns what stops it. */
  wait(memberId: string): () => void {
    const ask = () => void this.#ask();
    const stop = feed.listen(memberId, ask);
    const timer = setInterval(ask, askAgainMs);
    return () => {
      stop();
      clearInterval(timer);
    };
  }

  async #ask(): Promise<void> {
    try {
      const own = await answer(api.join.state.$get());
      if (this.#step.kind === 'waiting') this.#step = stepOf(own);
    } catch (error) {
      // No answer is no news; "nobody" and "nothing here" are the end of the wait.
      const { status } = asProblem(error);
      if (status !== 401 && status !== 404) return;
      // Whoever is turned away has no sign-in any more; a session that is gone is not found.
      this.#step =
        status === 401 && this.#step.kind === 'waiting'
          ? { kind: 'turned-away', own: this.#step.own }
          : { kind: 'gone' };
    }
  }
}
