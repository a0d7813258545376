// The organisation's members as administrators look for them: the server searches, and gives them in pages.
import type { MemberQuery, MemberView } from '@attune/contract';
import { type ApiProblem, answer, api, asProblem } from '../../api.ts';

/** Everyone who can sign in: a choice of them, as a filter offers it. @throws an API problem */
export async function everyoneWithSignIn(): Promise<MemberView[]> {
  const all: MemberView[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query: MemberQuery = { signIn: 'with', ...(cursor ? { cursor } : {}) };
    const page: { members: MemberView[]; next: string | null } = await answer(api.members.$get({ query }));
    all.push(...page.members);
    cursor = page.next;
  }
  return all;
}

export class Members {
  #shown = $state.raw<readonly MemberView[] | null>(null);
  #next = $state.raw<string | null>(null);
  #problem = $state.raw<ApiProblem | null>(null);
  #isLoading = $state(false);
  #asked: MemberQuery = {};
  #latest = 0;

  /** `null` before the first answer. */
  get shown(): readonly MemberView[] | null {
    return this.#shown;
  }
  get hasMore(): boolean {
    return this.#next !== null;
  }
  get problem(): ApiProblem | null {
    return this.#problem;
  }
  get isLoading(): boolean {
    return this.#isLoading;
  }

  /** Asks for the first page of what is looked for; the same again where nothing is given. Never rejects. */
  readonly load = (query: MemberQuery = this.#asked): Promise<void> => {
    this.#asked = query;
    return this.#ask(query, []);
  };

  readonly more = (): Promise<void> =>
    this.#next === null
      ? Promise.resolve()
      : this.#ask({ ...this.#asked, cursor: this.#next }, this.#shown ?? []);

  async #ask(query: MemberQuery, before: readonly MemberView[]): Promise<void> {
    const mine = ++this.#latest;
    this.#isLoading = true;
    try {
      const page = await answer(api.members.$get({ query }));
      if (mine !== this.#latest) return;
      this.#shown = [...before, ...page.members];
      this.#next = page.next;
      this.#problem = null;
    } catch (error) {
      if (mine === this.#latest) this.#problem = asProblem(error);
    } finally {
      if (mine === this.#latest) this.#isLoading = false;
    }
  }
}
