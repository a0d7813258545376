// The Calibrations list in this tab: pages by cursor, read again when the server hints that something in it changed. What is
// shown stays until the newer answer is there, and never gets shorter by a hint.
import type { SessionSummary } from '@attune/contract';
import { type ApiProblem, answer, api, asProblem } from '../../api.ts';

/** Filters and order as they stand in the address. */
export type ListQuery = Readonly<Record<string, string>>;

/** What the address may say; anything else in it is none of the list's business. */
export const filterNames = [
  'status',
  'mine',
  'text',
  'scorecardId',
  'clientId',
  'lobId',
  'facilitatorId',
  'from',
  'to',
] as const;

/** The part of an address that the server is asked for. */
export function queryOf(address: URLSearchParams): ListQuery {
  const names = [...filterNames, 'sort', 'order'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = address.get(name);
      return value ? [[name, value]] : [];
    }),
  );
}

/** One page as the server answers it. */
export interface Page {
  readonly sessions: readonly SessionSummary[];
  readonly nextCursor: string | null;
}
export type Ask = (query: ListQuery) => Promise<Page>;

const pageSize = 50;
const mostAtOnce = 100;
/** Most rows that a hint reads again; further down, what was loaded stays as it was. */
const mostAgain = 500;
/** Hints closer together than this are answered by one reading. */
const pauseMs = 1_000;

const fetchPage: Ask = (query) => answer(api.sessions.$get({ query }));

/** The rows with those of `more` that are not among them yet. */
function joined(rows: readonly SessionSummary[], more: readonly SessionSummary[]): SessionSummary[] {
  const known = new Set(rows.map(({ id }) => id));
  return [...rows, ...more.filter(({ id }) => !known.has(id))];
}

export class CalibrationList {
  readonly #fetch: Ask;
  #rows = $state.raw<readonly SessionSummary[]>();
  #nextCursor = $state.raw<string | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #isLoading = $state(false);
  #query: ListQuery = {};
  /** Counts the questions for other filters: each makes whatever was asked before worthless. */
  #edition = 0;
  /** What was asked last. Reading again and the next page wait for it, so that neither takes the other's rows away. */
  #asked: Promise<void> = Promise.resolve();
  #isAdding = false;
  #hinted: ReturnType<typeof setTimeout> | undefined;

  constructor(fetch: Ask = fetchPage) {
    this.#fetch = fetch;
  }

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
    this.#edition += 1;
    this.#asked = this.#take(() => this.#ask(pageSize));
    return this.#asked;
  }

  /** Reads again as much as is shown. */
  readonly refresh = (): Promise<void> =>
    this.#afterwards(async () => {
      const shown = this.#rows?.length ?? 0;
      if (shown > mostAgain) return null;
      let page = await this.#ask(Math.min(mostAtOnce, Math.max(pageSize, shown)));
      while (page.sessions.length < shown && page.nextCursor !== null) {
        const next = await this.#ask(mostAtOnce, page.nextCursor);
        page = { sessions: joined(page.sessions, next.sessions), nextCursor: next.nextCursor };
      }
      return page;
    });

  /** Something changed: reads again soon, once for many hints. */
  hint(): void {
    this.#hinted ??= setTimeout(() => {
      this.#hinted = undefined;
      void this.refresh();
    }, pauseMs);
  }

  /** Adds the next page. */
  async more(): Promise<void> {
    if (this.#isAdding) return;
    this.#isAdding = true;
    await this.#afterwards(async () => {
      const cursor = this.#nextCursor;
      if (cursor === null) return null;
      const { sessions, nextCursor } = await this.#ask(pageSize, cursor);
      return { sessions: joined(this.#rows ?? [], sessions), nextCursor };
    });
    this.#isAdding = false;
  }

  /** Forgets a hint that is still waiting. */
  close(): void {
    clearTimeout(this.#hinted);
    this.#hinted = undefined;
  }

  #ask(limit: number, cursor?: string): Promise<Page> {
    return this.#fetch({ ...this.#query, limit: String(limit), ...(cursor ? { cursor } : {}) });
  }

  /** Asks once the answers to come are there; not at all when other filters were chosen by then. */
  #afterwards(ask: () => Promise<Page | null>): Promise<void> {
    const mine = this.#edition;
    this.#asked = this.#asked.then(() => (mine === this.#edition ? this.#take(ask) : undefined));
    return this.#asked;
  }

  /** Shows what comes, unless other filters were chosen in the meantime. `null`: there is nothing to ask. */
  async #take(ask: () => Promise<Page | null>): Promise<void> {
    const mine = this.#edition;
    this.#isLoading = true;
    try {
      const page = await ask();
      if (mine !== this.#edition || page === null) return;
      this.#rows = page.sessions;
      this.#nextCursor = page.nextCursor;
      this.#problem = null;
    } catch (error) {
      if (mine === this.#edition) this.#problem = asProblem(error);
    } finally {
      if (mine === this.#edition) this.#isLoading = false;
    }
  }
}
