// A door where each gets a turn: so many at once, so many of one place, the others in a line. No place can fill it for the rest:
// when it is full, whoever came last from the place with the longest line makes room for one from a shorter. Knows nothing of
// sockets or passwords.

export interface LineLimits {
  /** Inside or waiting, in all. */
  readonly pending: number;
  /** Inside at once, of one place. */
  readonly perPlace: number;
  /** Inside at once, in all; left out, as many as are pending. */
  readonly atOnce?: number;
}

interface Place {
  inside: number;
  /** Told whether it may enter, or has to go. */
  readonly waiting: ((enters: boolean) => void)[];
}

export class Line {
  readonly #limits: Required<LineLimits>;
  /** In the order in which they take turns. */
  readonly #places = new Map<string, Place>();
  #pending = 0;
  #inside = 0;

  constructor(limits: LineLimits) {
    this.#limits = { atOnce: limits.pending, ...limits };
  }

  /** Inside or waiting. */
  get pending(): number {
    return this.#pending;
  }

  /**
   * Does the work when it is its turn: of one place in the order of coming, among places in turns.
   *
   * @returns `false` where there is no room: nothing was done
   */
  async pass(name: string, work: () => Promise<void>): Promise<boolean> {
    const place = this.#places.get(name) ?? { inside: 0, waiting: [] };
    if (this.#pending >= this.#limits.pending && !this.#makeRoomFor(place)) return false;
    this.#places.set(name, place);
    this.#pending += 1;
    if (this.#hasRoom(place)) this.#enter(place);
    else if (!(await new Promise<boolean>((tell) => place.waiting.push(tell)))) {
      this.#pending -= 1;
      this.#forget(name, place);
      return false;
    }
    try {
      await work();
    } finally {
      this.#pending -= 1;
      this.#inside -= 1;
      place.inside -= 1;
      this.#forget(name, place);
      this.#letIn();
    }
    return true;
  }

  #hasRoom({ inside, waiting }: Place): boolean {
    return inside < this.#limits.perPlace && waiting.length === 0 && this.#inside < this.#limits.atOnce;
  }

  #enter(place: Place): void {
    place.inside += 1;
    this.#inside += 1;
  }

  /** Lets in as many as there is room for, each place in its turn. */
  #letIn(): void {
    for (const [name, place] of [...this.#places]) {
      while (this.#inside < this.#limits.atOnce && place.inside < this.#limits.perPlace) {
        const tell = place.waiting.shift();
        if (!tell) break;
        this.#enter(place);
        this.#places.delete(name);
        this.#places.set(name, place);
        tell(true);
      }
    }
  }

  /** Sends away whoever came last of the longest line, where that is longer than this place's. */
  #makeRoomFor(place: Place): boolean {
    const [longest] = [...this.#places.values()].sort((a, b) => b.waiting.length - a.waiting.length);
    if (!longest || longest.waiting.length <= place.waiting.length + 1) return false;
    longest.waiting.pop()?.(false);
    return true;
  }

  #forget(name: string, place: Place): void {
    const isEmpty = place.inside === 0 && place.waiting.length === 0;
    if (isEmpty && this.#places.get(name) === place) this.#places.delete(name);
  }
}
