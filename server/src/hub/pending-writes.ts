// What is on its way to the journal: whether anything is, and how it ends.

export class PendingWrites {
  #count = 0;
  #outcome: Promise<boolean> = Promise.resolve(true);

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Settles with everything added so far: whether all of it was stored. */
  get outcome(): Promise<boolean> {
    return this.#outcome;
  }

  /** @param stored whether it was stored in the end; must not reject */
  add(stored: Promise<boolean>): void {
    const before = this.isEmpty ? Promise.resolve(true) : this.#outcome;
    this.#count += 1;
    const done = stored.finally(() => {
      this.#count -= 1;
    });
    this.#outcome = Promise.all([before, done]).then(([earlier, now]) => earlier && now);
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    while (!this.isEmpty) await this.#outcome;
  }
}
