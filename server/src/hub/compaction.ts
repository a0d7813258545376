// When a document's journal is compacted: while it is open above so many rows, and when it is put away above fewer. A failure
// costs nothing but the try: the rows are still there, still counted, and tried again.
import type { Logger } from '../ops/log.ts';

/** Rows in the journal above which a document is compacted when nobody has it open, and while someone has. */
export const compactAboveRows = { closed: 30, open: 2_000 } as const;
/** Rows to come after a failure before the next try. */
export const retryAfterRows = 200;

export interface CompactionDeps {
  readonly log: Logger;
  compact(): Promise<void>;
}

export class Compaction {
  readonly #deps: CompactionDeps;
  #rows: number;
  #tryAbove: number = compactAboveRows.open;
  #running: Promise<void> | null = null;

  /** @param rows in the journal now */
  constructor(rows: number, deps: CompactionDeps) {
    this.#rows = rows;
    this.#deps = deps;
  }

  /** Rows in the journal, as far as is known. */
  get rows(): number {
    return this.#rows;
  }

  /** Counts a stored row, and begins to compact when there are too many. */
  countRow(): void {
    this.#rows += 1;
    if (this.#rows <= this.#tryAbove || this.#running) return;
    this.#running = this.#run().finally(() => {
      this.#running = null;
    });
  }

  /** Sets the count by a new read of the journal. */
  recount(rows: number): void {
    this.#rows = rows;
  }

  /** Compacts for the last time, where it is worth it. */
  async close(): Promise<void> {
    await this.#running;
    if (this.#rows > compactAboveRows.closed) await this.#run();
  }

  async #run(): Promise<void> {
    const before = this.#rows;
    try {
      await this.#deps.compact();
      // One snapshot for all there were; what was stored meanwhile comes after it.
      this.#rows = Math.max(1, this.#rows - before + 1);
      this.#tryAbove = compactAboveRows.open;
    } catch (error) {
      this.#tryAbove = this.#rows + retryAfterRows;
      this.#deps.log.warn({ error }, 'a journal could not be compacted');
    }
  }
}
