// Who is being signed in at the door, and who waits for that: so many in all, so many of one address at once, the others of it
// in a line that never fills the room of everyone else. Knows nothing of sockets.

export interface LineLimits {
  /** Being signed in or waiting, in all. */
  readonly pending: number;
  /** Being signed in at once, of one address. */
  readonly pendingPerAddress: number;
  /** Waiting behind those, of one address. */
  readonly inLinePerAddress: number;
}

interface Address {
  inside: number;
  readonly waiting: (() => void)[];
}

export class Line {
  readonly #limits: LineLimits;
  readonly #addresses = new Map<string, Address>();
  #pending = 0;

  constructor(limits: LineLimits) {
    this.#limits = limits;
  }

  /** Being signed in or waiting. */
  get pending(): number {
    return this.#pending;
  }

  /**
   * Does the work when it is its turn, in the order of coming.
   *
   * @returns `false` where there is no room: nothing was done
   */
  async pass(address: string, work: () => Promise<void>): Promise<boolean> {
    const of = this.#addresses.get(address) ?? { inside: 0, waiting: [] };
    if (this.#pending >= this.#limits.pending || of.waiting.length >= this.#limits.inLinePerAddress)
      return false;
    this.#addresses.set(address, of);
    this.#pending += 1;
    if (of.inside < this.#limits.pendingPerAddress) of.inside += 1;
    // Whoever leaves hands the place over.
    else await new Promise<void>((enter) => of.waiting.push(enter));
    try {
      await work();
    } finally {
      this.#pending -= 1;
      const next = of.waiting.shift();
      if (next) next();
      else of.inside -= 1;
      if (of.inside === 0) this.#addresses.delete(address);
    }
    return true;
  }
}
