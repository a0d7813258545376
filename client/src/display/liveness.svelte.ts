// Whether what the screen shows is true now. A network that dies tells nobody, so the server is asked every second and its silence
// counts. Nothing here may call old what is true, nor true what nobody has confirmed since the connection came back.
import { silentMs } from '../state/live/link.ts';

/** The connection, as far as it matters here. */
export interface Line {
  readonly isOpen: boolean;
  /** When the server was last heard, in milliseconds since 1970. */
  readonly heardAt: number;
  /** Sends what the server answers at once. */
  readonly ask: () => void;
  /** Ends a connection that only seems to be there, so that a new one is made. */
  readonly giveUp: () => void;
}

/** A question unanswered for so long: the connection is dead, whatever it says. */
const deadMs = 6_000;

export class Liveness {
  readonly #line: Line;
  #askedAt: number | null = null;
  #isCaughtUp = false;
  #trueAt: number;
  #staleSince = $state.raw<number | null>(null);

  /** @param now what is shown was true then, in milliseconds since 1970 */
  constructor(line: Line, now: number) {
    this.#line = line;
    this.#trueAt = now;
  }

  /** Since when what is shown may be old, in milliseconds since 1970; `null` while it is live. */
  get staleSince(): number | null {
    return this.#staleSince;
  }

  /** Everything has been told anew on this connection. */
  caughtUp(now: number): void {
    this.#isCaughtUp = true;
    this.tick(now);
  }

  /**
   * To be called every second.
   * @param isWhole whether everything that was announced has also been fetched
   */
  tick(now: number, isWhole = true): void {
    const line = this.#line;
    if (!line.isOpen) {
      this.#isCaughtUp = false;
      this.#askedAt = null;
    } else if (this.#askedAt === null || line.heardAt >= this.#askedAt) {
      this.#askedAt = now;
      line.ask();
    } else if (now - this.#askedAt > deadMs) {
      this.#isCaughtUp = false;
      this.#askedAt = null;
      line.giveUp();
    }
    if (this.#isCaughtUp && isWhole) this.#trueAt = Math.max(this.#trueAt, line.heardAt);
    this.#staleSince = now - this.#trueAt > silentMs ? this.#trueAt : null;
  }
}
