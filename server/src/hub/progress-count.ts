// Counts a participant's answers after their sheet was stored, and tells the count: soon, at most once a second, once for many
// keystrokes. Nothing else of the answers passes here.
import type { Logger } from '../ops/log.ts';

const soonMs = 300;
const againMs = 1_000;

export interface Counted {
  readonly answered: number;
  readonly questions: number;
}

export interface ProgressCountDeps {
  readonly log: Logger;
  /** Questions answered now, and how many there are. */
  readonly count: () => Counted;
  /** The count that others know. */
  readonly known: () => number | undefined;
  /** @param count as it is when it is asked */
  readonly record: (count: () => Counted) => Promise<void>;
}

export class ProgressCount {
  readonly #deps: ProgressCountDeps;
  #timer: NodeJS.Timeout | null = null;
  #lastAt = 0;
  /** Since the sheet was last stored. */
  #counted: Counted | null = null;
  #telling: Promise<void> = Promise.resolve();

  constructor(deps: ProgressCountDeps) {
    this.#deps = deps;
  }

  /** Asks for a count; calls made before it is taken make no more. */
  schedule(): void {
    this.#counted = null;
    if (this.#timer) return;
    const wait = Math.max(soonMs, this.#lastAt + againMs - performance.now());
    this.#timer = setTimeout(() => this.#tell(), wait);
  }

  /** Tells what is due at once, and resolves when it is told. */
  async settle(): Promise<void> {
    if (this.#timer) this.#tell();
    await this.#telling;
  }

  #count(): Counted {
    this.#counted ??= this.#deps.count();
    return this.#counted;
  }

  #tell(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#lastAt = performance.now();
    this.#telling = this.#telling.then(async () => {
      try {
        const { known, record } = this.#deps;
        if (known() !== this.#count().answered) await record(() => this.#count());
      } catch (error) {
        this.#deps.log.warn({ error }, 'progress could not be recorded');
      }
    });
  }
}
