// Which option of a list the keys have reached while the focus stays in a text field, as `aria-activedescendant` says it.

/** What can be chosen. The name is what people type, and what stands in the field. */
export interface Choice {
  readonly id: string;
  readonly name: string;
}

/** Shows none, one, or the next; the owner draws it and does what Enter means. */
export class ActiveOption<T> {
  readonly #options: () => readonly T[];
  #at = $state(-1);

  /** @param options what can be reached now, in its order */
  constructor(options: () => readonly T[]) {
    this.#options = options;
  }

  get current(): T | undefined {
    return this.#at < 0 ? undefined : this.#options()[Math.min(this.#at, this.#options().length - 1)];
  }

  first(): void {
    this.#at = 0;
  }

  none(): void {
    this.#at = -1;
  }

  point(option: T): void {
    this.#at = this.#options().indexOf(option);
  }

  /**
   * One on or back, from the last to the first and the other way; from none to the first, or back to the last. Where the options are
   * still to come, the first of them will be reached.
   */
  move(by: 1 | -1): void {
    const { length } = this.#options();
    const from = this.#at < 0 && by < 0 ? length : Math.min(this.#at, length - 1);
    this.#at = length === 0 ? 0 : (from + by + length) % length;
  }
}
