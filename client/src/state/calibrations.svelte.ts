// The Calibrations list in this tab: pages by cursor, read again when the server hints that something in it changed. What is
// shown stays until the newer answer is there.
import type { SessionSummary } from '@attune/contract';
import { type ApiProblem, answer, api, asProblem } from '../api.ts';

/** Filters and order as they stand in the address. */
export type ListQuery = Readonly<Record<string, string>>;

const pageSize = 50;
const mostAtOnce = 100;

export class CalibrationList {
  #rows = $state.raw<readonly SessionSummary[]>();
  #nextCursor = $state.raw<string | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #isLoading = $state(false);
  #query: ListQuery = {};
  #latest = 0;

  /** `undefined` before the first answer. */
  get rows(): readonly SessionSummary[] | undefined {
    return this.#rows;
  }

  get hasMore(): boolean {
    return this.#nextCursor !== null;
  }

  get problem(): ApiProblem | null {
    return this.#problem;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Asks for the first page of these filters. */
  load(query: ListQuery): Promise<void> {
    this.#query = query;
    return this.#ask(pageSize);
  }

  /** Reads again what is shown, after a hint. */
  readonly refresh = (): Promise<void> =>
    this.#ask(Math.min(mostAtOnce, Math.max(pageSize, this.#rows?.length ?? 0)));

  /** Adds the next page. */
  async more(): Promise<void> {
    const cursor = this.#nextCursor;
    if (cursor === null) return;
    const before = this.#rows ?? [];
    await this.#ask(pageSize, cursor, before);
  }

  async #ask(limit: number, cursor?: string, before: readonly SessionSummary[] = []): Promise<void> {
    const mine = ++this.#latest;
    this.#isLoading = true;
    try {
      const query = { ...this.#query, limit: String(limit), ...(cursor ? { cursor } : {}) };
      const page = await answer(api.sessions.$get({ query }));
      if (mine !== this.#latest) return;
      const known = new Set(before.map(({ id }) => id));
      this.#rows = [...before, ...page.sessions.filter(({ id }) => !known.has(id))];
      this.#nextCursor = page.nextCursor;
      this.#problem = null;
    } catch (error) {
      if (mine === this.#latest) this.#problem = asProblem(error);
    } finally {
      if (mine === this.#latest) this.#isLoading = false;
    }
  }
}
