// Where this tab looks in the meeting: at a question, or at the overview.

/** A question's id; `null` is the overview. */
export type Place = string | null;

export class InView {
  #focusedId = $state<string | null>(null);
  /** Known from the address alone; nothing is drawn by it. */
  #isOverview = false;

  /** The question chosen by hand, by following or by the address; `null` when none was. */
  get focusedId(): string | null {
    return this.#focusedId;
  }

  get isOverview(): boolean {
    return this.#isOverview;
  }

  get place(): Place {
    return this.#isOverview ? null : this.#focusedId;
  }

  focus(questionId: string | null): void {
    this.#focusedId = questionId;
  }

  /** @returns whether that is a change */
  turn(isOverview: boolean): boolean {
    const isChange = isOverview !== this.#isOverview;
    this.#isOverview = isOverview;
    return isChange;
  }
}
