// Opening a personal invite (J2): the first device is in at once, another asks and waits for a yes. What this device asked is
// kept in the tab alone, so that a reload goes on waiting instead of asking twice.
import type { PersonalOpened } from '@attune/contract';
import { ApiProblem, answer, api, asProblem } from '../api.ts';
import { isWholeToken } from '../lib/link-token.ts';

/** Where the device stands. */
export type InviteStep =
  | { readonly kind: 'opening' }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'failed'; readonly problem: ApiProblem }
  | { readonly kind: 'asking'; readonly name: string; readonly isOffline: boolean }
  | { readonly kind: 'refused' }
  | { readonly kind: 'in'; readonly sessionId: string };

type Claim = { readonly state: 'asking' | 'refused' } | { readonly state: 'in'; readonly sessionId: string };
type Asking = Extract<PersonalOpened, { state: 'asking' }>;

const kept = 'attune:device-request';
const askAgainMs = 2_000;
/** No answer at all, from a server or a network that is away. */
const isPassing = ({ status }: ApiProblem) => status === 0 || status === 429 || status >= 500;

export class Invite {
  readonly #token: string;
  #step = $state.raw<InviteStep>({ kind: 'opening' });

  /** @param token from behind the #; empty, or cut short, where the link is incomplete */
  constructor(token: string) {
    this.#token = isWholeToken(token) ? token : '';
  }

  get step(): InviteStep {
    return this.#step;
  }

  /** Opens the link, unless this tab asked already and still waits. */
  readonly open = async (): Promise<void> => {
    const before = readKept(this.#token);
    if (before) {
      this.#step = { kind: 'asking', name: before.name, isOffline: false };
      return;
    }
    if (!this.#token) {
      this.#step = { kind: 'incomplete' };
      return;
    }
    this.#step = { kind: 'opening' };
    try {
      const opened = await answer(api.personal.$post({ json: { token: this.#token } }));
      if (opened.state === 'asking') {
        sessionStorage.setItem(kept, JSON.stringify({ ...opened, token: this.#token }));
        this.#step = { kind: 'asking', name: opened.name, isOffline: false };
      } else this.#step = { kind: 'in', sessionId: opened.sessionId };
    } catch (error) {
      this.#step = { kind: 'failed', problem: asProblem(error) };
    }
  };

  /** Asks again, until the device is allowed or refused. Returns what stops it. */
  wait(): () => void {
    const timer = setInterval(() => void this.#claim(), askAgainMs);
    return () => clearInterval(timer);
  }

  async #claim(): Promise<void> {
    const asked = readKept(this.#token);
    if (!asked || this.#step.kind !== 'asking') return;
    const { requestId, secret, name } = asked;
    try {
      const claim = await answer<Claim>(api.personal.claim.$post({ json: { requestId, secret } }));
      if (this.#step.kind !== 'asking') return;
      if (claim.state === 'asking') {
        this.#step = { kind: 'asking', name, isOffline: false };
        return;
      }
      sessionStorage.removeItem(kept);
      this.#step = claim.state === 'in' ? { kind: 'in', sessionId: claim.sessionId } : { kind: 'refused' };
    } catch (error) {
      const problem = asProblem(error);
      if (isPassing(problem)) this.#step = { kind: 'asking', name, isOffline: true };
      else {
        sessionStorage.removeItem(kept);
        this.#step = { kind: 'failed', problem: new ApiProblem('link-not-valid', problem.status) };
      }
    }
  }
}

/** What this tab asked with the same link; `null` where it has not, or where it cannot be read. */
function readKept(token: string): Asking | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(kept) ?? 'null');
    const isOurs = typeof value === 'object' && value !== null && 'token' in value && value.token === token;
    // Written by this file alone, in this tab.
    return isOurs ? (value as unknown as Asking) : null;
  } catch {
    return null;
  }
}
