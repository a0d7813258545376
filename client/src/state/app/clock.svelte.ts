// The server's clock as this tab knows it: shared timers run by it, whatever this device's clock says. Each message brings an
// instant that is at most as late as it took to travel, so that the latest of them is the nearest to the truth.
import { createSubscriber } from 'svelte/reactivity';

const tickMs = 250;

export class ServerClock {
  /** What to add to the monotonic clock of the page. */
  #offsetMs = Date.now() - performance.now();
  #isHeard = false;
  readonly #ticks: () => void;

  constructor() {
    this.#ticks = createSubscriber((update) => {
      const timer = setInterval(update, tickMs);
      return () => clearInterval(timer);
    });
  }

  /**
   * Takes the server's word.
   * @param at ISO 8601 instant, UTC
   * @param anew what was heard before counts no more: this device may have slept
   */
  hear(at: string, anew = false): void {
    const offsetMs = Date.parse(at) - performance.now();
    if (Number.isNaN(offsetMs)) return;
    this.#offsetMs = this.#isHeard && !anew ? Math.max(this.#offsetMs, offsetMs) : offsetMs;
    this.#isHeard = true;
  }

  /** Now, in milliseconds since 1970; whoever reads it while drawing is drawn again four times a second. */
  get nowMs(): number {
    this.#ticks();
    return performance.now() + this.#offsetMs;
  }
}
