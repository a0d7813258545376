// The security log, a page after the other, by kind and by person.
import type { SecurityEntry, SecurityKind } from '@attune/contract';
import { type ApiProblem, answer, api, asProblem } from '../../api.ts';

export interface LogFilter {
  readonly kind: SecurityKind | null;
  readonly member: string | null;
}

export class SecurityLog {
  #entries = $state.raw<readonly SecurityEntry[] | null>(null);
  #next = $state.raw<string | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #isLoading = $state(false);
  #filter: LogFilter = { kind: null, member: null };
  #latest = 0;

  /** `null` before the first page. */
  get entries(): readonly SecurityEntry[] | null {
    return this.#entries;
  }

  get problem(): ApiProblem | null {
    return this.#problem;
  }

  get isLoading(): boolean {
    return this.#isLoading;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** The newest page of what is asked for. Never rejects. */
  async load(filter: LogFilter = this.#filter): Promise<void> {
    this.#filter = filter;
    await this.#ask(null);
  }

  readonly more = (): Promise<void> => this.#ask(this.#next);

  async #ask(cursor: string | null): Promise<void> {
    const mine = ++this.#latest;
    this.#isLoading = true;
    const { kind, member } = this.#filter;
    const query = { ...(kind && { kind }), ...(member && { member }), ...(cursor && { cursor }) };
    try {
      const page = await answer(api['security-log'].$get({ query }));
      if (mine !== this.#latest) return;
      this.#entries = cursor ? [...(this.#entries ?? []), ...page.entries] : page.entries;
      this.#next = page.next;
      this.#problem = null;
    } catch (error) {
      if (mine === this.#latest) this.#problem = asProblem(error);
    } finally {
      if (mine === this.#latest) this.#isLoading = false;
    }
  }
}
