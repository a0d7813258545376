// A guest's further device (J2): this one asks by the join link, shows two words, and waits until they are typed on the device that
// is in. What it asked is kept in the tab alone, so that a reload goes on waiting instead of asking twice.
import type { DeviceAsked } from '@attune/contract';
import { ApiProblem, answer, api, asProblem } from '../../api.ts';
import { ownTab } from '../../lib/own-tab.ts';
import { forget, recall, remember } from '../../lib/tab-memory.ts';

export type DeviceStep =
  | { readonly kind: 'asking' }
  | { readonly kind: 'failed'; readonly problem: ApiProblem }
  | { readonly kind: 'showing'; readonly words: readonly [string, string]; readonly isOffline: boolean }
  | { readonly kind: 'in'; readonly sessionId: string };

type Asked = DeviceAsked & { readonly token: string };
type Claim = { readonly state: 'asking' } | { readonly state: 'in'; readonly sessionId: string };

const kept = 'further-device';
const askAgainMs = 2_000;

const isAsked = (value: unknown): value is Asked =>
  typeof value === 'object' &&
  value !== null &&
  ['requestId', 'secret', 'token', 'expiresAt'].every(
    (name) => typeof Reflect.get(value, name) === 'string',
  ) &&
  Array.isArray(Reflect.get(value, 'words'));
/** The server or the network is away, or busy: worth another try. */
const isPassing = ({ status }: ApiProblem) => status === 0 || status === 429 || status >= 500;

export class FurtherDevice {
  readonly #token: string;
  #step = $state.raw<DeviceStep>({ kind: 'asking' });
  #asked: Asked | null = null;

  /** @param token of the join link */
  constructor(token: string) {
    this.#token = token;
  }

  get step(): DeviceStep {
    return this.#step;
  }

  /** Whether this tab asked before its reload, and still may wait. */
  static waits(token: string): boolean {
    const before = recall(kept, isAsked);
    return before?.token === token && Date.parse(before.expiresAt) > Date.now();
  }

  /** Asks, unless this tab asked already and still waits. */
  readonly ask = async (): Promise<void> => {
    const before = recall(kept, isAsked);
    if (before && FurtherDevice.waits(this.#token)) {
      this.#show(before);
      return;
    }
    this.#step = { kind: 'asking' };
    try {
      const asked = await answer(api.join.device.$post({ json: { token: this.#token } }));
      const mine = { ...asked, token: this.#token };
      remember(kept, mine);
      this.#show(mine);
    } catch (error) {
      this.#step = { kind: 'failed', problem: asProblem(error) };
    }
  };

  /** Hears again and again whether it was let in. Returns what stops it. */
  wait(): () => void {
    const timer = setInterval(() => void this.#claim(), askAgainMs);
    return () => clearInterval(timer);
  }

  /** No longer wants to come in. */
  giveUp(): void {
    this.#asked = null;
    forget(kept);
  }

  #show(asked: Asked, isOffline = false): void {
    this.#asked = asked;
    this.#step = { kind: 'showing', words: asked.words, isOffline };
  }

  async #claim(): Promise<void> {
    const asked = this.#asked;
    if (!asked || this.#step.kind !== 'showing') return;
    const { requestId, secret } = asked;
    try {
      const claim = await answer<Claim>(api.join.device.claim.$post({ json: { requestId, secret } }));
      if (this.#asked !== asked) return;
      if (claim.state === 'asking') {
        this.#show(asked);
        return;
      }
      this.giveUp();
      ownTab.changed();
      this.#step = { kind: 'in', sessionId: claim.sessionId };
    } catch (error) {
      const problem = asProblem(error);
      if (isPassing(problem)) this.#show(asked, true);
      else {
        this.giveUp();
        this.#step = { kind: 'failed', problem: new ApiProblem('link-not-valid', problem.status) };
      }
    }
  }
}
