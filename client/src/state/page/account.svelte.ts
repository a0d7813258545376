// One's own account: whether it has a password, and where it is signed in. After each change the list is fetched again, so that it is true.
import type { AccountView } from '@attune/contract';
import { type ApiProblem, answer, api, asProblem } from '../../api.ts';
import { Loaded } from './loaded.svelte.ts';

export class Account {
  readonly view = new Loaded<AccountView>(() => answer(api.account.$get()));
  /** Why the last end of a sign-in failed. */
  #problem = $state.raw<ApiProblem | null>(null);

  get problem(): ApiProblem | null {
    return this.#problem;
  }

  /** @throws {ApiProblem} */
  async changePassword(json: { present: string; password: string; keepOthers: boolean }): Promise<void> {
    await answer(api.account.password.$put({ json }));
    await this.view.load();
  }

  readonly end = (id: string): Promise<void> =>
    this.#ending(() => answer(api.account['sign-ins'][':id'].$delete({ param: { id } })));

  readonly endOthers = (): Promise<void> =>
    this.#ending(() => answer(api.account['sign-ins'].$delete({ query: { keep: 'this' } })));

  /** Ends this sign-in, too. @throws {ApiProblem} when the server could not be told */
  async endAll(): Promise<void> {
    await answer(api.account['sign-ins'].$delete({ query: { keep: 'none' } }));
  }

  async #ending(end: () => Promise<unknown>): Promise<void> {
    this.#problem = null;
    try {
      await end();
    } catch (error) {
      this.#problem = asProblem(error);
    }
    await this.view.load();
  }
}
