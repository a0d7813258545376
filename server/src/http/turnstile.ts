// A door where each gets a turn: so many at once, so many from one source, the others in a queue. No source can fill it for the
// rest: when it is full, whoever came last from the source with the longest queue makes space for one from a shorter. Knows
// nothing of sockets or passwords.

export interface TurnstileLimits {
  /** Inside or waiting, in all. */
  readonly pending: number;
  /** Inside at once, from one source. */
  readonly perSource: number;
  /** Inside at once, in all; left out, as many as are pending. */
  readonly atOnce?: number;
}

interface Source {
  inside: number;
  /** Called with whether the one who waits may enter, or has to go. */
  readonly waiting: ((enters: boolean) => void)[];
}

export class Turnstile {
  readonly #limits: Required<TurnstileLimits>;
  /** In the order in which they take turns. */
  readonly #sources = new Map<string, Source>();
  #pending = 0;
  #inside = 0;

  constructor(limits: TurnstileLimits) {
    this.#limits = { atOnce: limits.pending, ...limits };
  }

  /** Inside or waiting. */
  get pending(): number {
    return this.#pending;
  }

  /** Waiting. */
  get waiting(): number {
    return this.#pending - this.#inside;
  }

  /**
   * Does the work when it is its turn: from one source in the order of coming, among sources in turns.
   *
   * @param name of the source: a browser, a network
   * @returns `false` where there is no space: nothing was done
   */
  async pass(name: string, work: () => Promise<void>): Promise<boolean> {
    const source = this.#sources.get(name) ?? { inside: 0, waiting: [] };
    if (this.#pending >= this.#limits.pending && !this.#makeSpaceFor(source)) return false;
    this.#sources.set(name, source);
    this.#pending += 1;
    if (this.#hasSpace(source)) this.#enter(source);
    else if (!(await new Promise<boolean>((resolve) => source.waiting.push(resolve)))) {
      this.#pending -= 1;
      this.#forget(name, source);
      return false;
    }
    try {
      await work();
    } finally {
      this.#pending -= 1;
      this.#inside -= 1;
      source.inside -= 1;
      this.#forget(name, source);
      this.#letIn();
    }
    return true;
  }

  #hasSpace({ inside, waiting }: Source): boolean {
    return inside < this.#limits.perSource && waiting.length === 0 && this.#inside < this.#limits.atOnce;
  }

  #enter(source: Source): void {
    source.inside += 1;
    this.#inside += 1;
  }

  /** Lets in as many as there is space for, each source in its turn. */
  #letIn(): void {
    for (const [name, source] of [...this.#sources]) {
      while (this.#inside < this.#limits.atOnce && source.inside < this.#limits.perSource) {
        const resolve = source.waiting.shift();
        if (!resolve) break;
        this.#enter(source);
        this.#sources.delete(name);
        this.#sources.set(name, source);
        resolve(true);
      }
    }
  }

  /** Sends away whoever came last of the longest queue, where that is longer than this source's. */
  #makeSpaceFor(source: Source): boolean {
    const [longest] = [...this.#sources.values()].sort((a, b) => b.waiting.length - a.waiting.length);
    if (!longest || longest.waiting.length <= source.waiting.length + 1) return false;
    longest.waiting.pop()?.(false);
    return true;
  }

  #forget(name: string, source: Source): void {
    const isEmpty = source.inside === 0 && source.waiting.length === 0;
    if (isEmpty && this.#sources.get(name) === source) this.#sources.delete(name);
  }
}
