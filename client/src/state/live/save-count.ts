// Whether what was typed is stored, by counting: document messages this connection sent against those the server says it
// has stored. A sync step 2 carries everything typed while apart, so a connection owes an acknowledgement from there on.
import type { CopyState } from './kept-copy.ts';

/**
 * `idle`: nothing typed here yet. `saving`: on its way. `saved`: the server has stored everything. `unkept`: typed while apart, and
 * on this page alone. `refused`: the server will take no more, and something was not stored. With `-kept`: all of it is on this
 * device, too, and outlives the page.
 */
export type SaveState = 'idle' | 'saving' | 'saved' | 'unkept' | 'kept' | 'refused' | 'refused-kept';

/** The state where this device may keep a copy; without one nothing is ever called kept. */
export function withCopy(state: SaveState, copy: CopyState): SaveState {
  if (state === 'unkept') return copy === 'kept' ? 'kept' : copy === 'writing' ? 'saving' : 'unkept';
  return state === 'refused' && copy === 'kept' ? 'refused-kept' : state;
}

export class SaveCount {
  #sent = 0;
  #stored = 0;
  /** This connection's sync step 2 has left. */
  #hasCaughtUp = false;
  #isOpen = false;
  #isOver = false;
  #isRefused = false;
  /** The number of the step 2 that left last since anything was refused; 0 for none. */
  #lastStep2 = 0;
  #hasTyped = false;
  /** Something typed is not known to be stored. */
  #isOwed = false;

  get state(): SaveState {
    if (!this.#hasTyped) return 'idle';
    if (!this.#isOwed) return 'saved';
    if (this.#isOver || this.#isRefused) return 'refused';
    return this.#isOpen ? 'saving' : 'unkept';
  }

  typed(): void {
    this.#hasTyped = true;
    this.#isOwed = true;
  }

  /** The server counts each connection from nothing. */
  opened(): void {
    this.#isOpen = true;
    this.#isOver = false;
    this.#isRefused = false;
    this.#lastStep2 = 0;
    this.#hasCaughtUp = false;
    this.#sent = 0;
    this.#stored = 0;
  }

  /** One document message left on this connection. `isStep2`: the one that carries what was typed while apart. */
  sent(isStep2: boolean): void {
    this.#sent += 1;
    if (!isStep2) return;
    this.#hasCaughtUp = true;
    this.#lastStep2 = this.#sent;
  }

  /** @param count document messages of this connection stored so far */
  stored(count: number): void {
    this.#stored = Math.max(this.#stored, count);
    // A step 2 carries what was refused before it, too: smaller by then, or welcome again.
    if (this.#lastStep2 > 0 && this.#stored >= this.#lastStep2) this.#isRefused = false;
    if (this.#hasCaughtUp && !this.#isRefused && this.#stored >= this.#sent) this.#isOwed = false;
  }

  /** Something of this connection was not taken: it is told before the count goes past it. */
  refused(): void {
    this.#isRefused = true;
    this.#lastStep2 = 0;
  }

  closed(forGood: boolean): void {
    this.#isOpen = false;
    this.#isOver = forGood;
  }
}
