// Opening a personal invite (J2): the first device is in at once, another asks and waits for a yes. What this device asked is
// kept in the tab alone, so that a reload goes on waiting instead of asking twice.
import type { PersonalOpened } from '@attune/contract';
import { ApiProblem, answer, api, asProblem } from '../api.ts';
import { isWholeToken } from '../lib/link-token.ts';
import { forget, recall, remember } from '../lib/tab-memory.ts';

/** Where the device stands. */
export type InviteStep =
  | { readonly kind: 'opening' }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'failed'; readonly problem: ApiProblem }
  | { readonly kind: 'asking'; readonly name: string; readonly isOffline: boolean }
  | { readonly kind: 'refused' }
  | { readonly kind: 'in'; readonly sessionId: string };

type Claim = { readonly state: 'asking' | 'refused' } | { readonly state: 'in'; readonly sessionId: string };
type Asking = Omit<Extract<PersonalOpened, { state: 'asking' }>, 'state'> & { readonly token: string };

const isAsking = (value: unknown): value is Asking =>
  typeof value === 'object' &&
  value !== null &&
  ['requestId', 'secret', 'name', 'token'].every((name) => typeof Reflect.get(value, name) === 'string');

const kept = 'device-request';
const askAgainMs = 2_000;
/** No answer at all, from a server or a network that is away. */
const isPassing = ({ status }: ApiProblem) => status === 0 || status === 429 || status >= 500;

export class Invite {
  readonly #token: string;
  #step = $state.raw<InviteStep>({ kind: 'opening' });
  /** What this tab asked with the same link. */
  #asked: Asking | null = null;

  /** @param token from behind the #; empty, or cut short, where the link is incomplete */
  constructor(token: string) {
    this.#token = isWholeToken(token) ? token : '';
  }

  get step(): InviteStep {
    return this.#step;
  }

  /** Opens the link, unless this tab asked already and still waits. */
  readonly open = async (): Promise<void> => {
    const before = recall(kept, isAsking);
    if (before?.token === this.#token) {
      this.#asked = before;
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
        const { requestId, secret, name } = opened;
        this.#asked = { requestId, secret, name, token: this.#token };
        remember(kept, this.#asked);
        this.#step = { kind: 'asking', name, isOffline: false };
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
    if (!this.#asked || this.#step.kind !== 'asking') return;
    const { requestId, secret, name } = this.#asked;
    try {
      const claim = await answer<Claim>(api.personal.claim.$post({ json: { requestId, secret } }));
      if (this.#step.kind !== 'asking') return;
      if (claim.state === 'asking') {
        this.#step = { kind: 'asking', name, isOffline: false };
        return;
      }
      this.#forget();
      this.#step = claim.state === 'in' ? { kind: 'in', sessionId: claim.sessionId } : { kind: 'refused' };
    } catch (error) {
      const problem = asProblem(error);
      if (isPassing(problem)) this.#step = { kind: 'asking', name, isOffline: true };
      else {
        this.#forget();
        this.#step = { kind: 'failed', problem: new ApiProblem('link-not-valid', problem.status) };
      }
    }
  }

  #forget(): void {
    this.#asked = null;
    forget(kept);
  }
}
