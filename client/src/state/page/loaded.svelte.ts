// Something asked of the server, with the states every screen must show: loading, there, failed. A reload keeps what is
// shown until the new answer is there; an answer that comes late, after a newer question, is dropped.
import { type ApiProblem, asProblem } from '../../api.ts';

export class Loaded<T> {
  readonly #ask: () => Promise<T>;
  #value = $state.raw<T>();
  #problem = $state.raw<ApiProblem | null>(null);
  #isLoading = $state(false);
  #latest = 0;

  /** Asks nothing yet: call `load`, usually in an `$effect`, whose reads in `ask` make it ask again. */
  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
  }

  /** The last answer; `undefined` before the first. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Why the last try failed; `null` once one succeeds. */
  get problem(): ApiProblem | null {
    return this.#problem;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Asks, or asks again. Never rejects. */
  readonly load = async (): Promise<void> => {
    const mine = ++this.#latest;
    this.#isLoading = true;
    try {
      const value = await this.#ask();
      if (mine !== this.#latest) return;
      this.#value = value;
      this.#problem = null;
    } catch (error) {
      if (mine === this.#latest) this.#problem = asProblem(error);
    } finally {
      if (mine === this.#latest) this.#isLoading = false;
    }
  };

  /** Takes a newer answer that came another way, such as a command's reply. */
  take(value: T): void {
    this.#latest += 1;
    this.#value = value;
    this.#problem = null;
    this.#isLoading = false;
  }
}
