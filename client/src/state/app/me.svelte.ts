// Who is signed in, and what they may do. Loaded once; the server decides again at every request.
import type { MeView } from '@attune/contract';
import type { GeneralAction } from '@attune/domain';
import { type ApiProblem, answer, api, asProblem, post } from '../../api.ts';
import { forgetDrafts } from '../../lib/drafts.ts';
import { m } from '../../paraglide/messages.js';

type State =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'signed-in'; readonly view: MeView }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'failed'; readonly problem: ApiProblem };

class Me {
  #state = $state.raw<State>({ kind: 'unknown' });
  #isLeaving = false;

  get kind(): State['kind'] {
    return this.#state.kind;
  }

  /** `null` unless signed in. */
  get view(): MeView | null {
    return this.#state.kind === 'signed-in' ? this.#state.view : null;
  }

  get problem(): ApiProblem | null {
    return this.#state.kind === 'failed' ? this.#state.problem : null;
  }

  /** The signed-in member's id, the empty text for nobody. */
  get id(): string {
    return this.view?.member.id ?? '';
  }

  /** Whether the server would let them, as it said; for what depends on a session, ask the session's seat. */
  may(action: GeneralAction): boolean {
    return this.view?.may.includes(action) ?? false;
  }

  /** The one session that a sign-in by its link sees; `null` for everyone else. */
  get limitedTo(): string | null {
    return this.view?.limitedTo ?? null;
  }

  /** Whether the sign-in came by a session's link: it sees that session and nothing else. */
  get isLimited(): boolean {
    return this.limitedTo !== null;
  }

  /** Why the padlock's promise does not hold here, a sentence a line; the empty text where it does. */
  get doubt(): string {
    const view = this.view;
    return [
      view?.organisation.demo ? m.shell_doubts_demo() : '',
      view?.reach.kind === 'plain' ? m.shell_doubts_plain() : '',
    ]
      .join('\n')
      .trim();
  }

  async load(): Promise<void> {
    try {
      this.#state = { kind: 'signed-in', view: await answer(api.me.$get()) };
    } catch (error) {
      const problem = asProblem(error);
      this.#state = problem.status === 401 ? { kind: 'signed-out' } : { kind: 'failed', problem };
    }
  }

  /**
   * Signs out, forgets what was typed on this device, and loads the sign-in page afresh, so that nothing lingers.
   * @throws {ApiProblem} when the server could not be told: one is still signed in
   */
  async signOut(): Promise<void> {
    this.#isLeaving = true;
    try {
      await post('/api/auth/sign-out', {});
      await forgetDrafts();
      location.assign('/sign-in');
    } catch (error) {
      this.#isLeaving = false;
      throw error;
    }
  }

  /** The server said that the sign-in has ended. Whoever came by a link has none to renew: their page says what happened. */
  ended(): void {
    // Whoever signs out is on their way: the next page comes once this device has forgotten what was typed.
    if (!this.isLimited && !this.#isLeaving) this.#state = { kind: 'signed-out' };
  }
}

export const me = new Me();
