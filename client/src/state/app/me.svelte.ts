// Who is signed in, and what they may do. Loaded once; the server decides again at every request.
import type { MeView } from '@attune/contract';
import type { GeneralAction } from '@attune/domain';
import { type ApiProblem, answer, api, asProblem, post } from '../../api.ts';
import { countDaysIn } from '../../lib/dates.ts';
import { forgetDrafts } from '../../lib/drafts.ts';
import { ownTab, type TabPerson } from '../../lib/own-tab.ts';
import { m } from '../../paraglide/messages.js';
import { enter } from './sign-in.ts';

type State =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'signed-in'; readonly view: MeView }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'failed'; readonly problem: ApiProblem };

/** Whom the tab was opened as, and who this browser is signed in as by now: by name, `null` for nobody. */
export interface Estranged {
  readonly person: TabPerson;
  readonly by: string | null;
}

const personOf = ({ member, organisation, limitedTo }: MeView): TabPerson => ({
  id: member.id,
  name: member.name,
  email: member.email ?? null,
  isLimited: limitedTo !== null,
  isDemo: organisation.demo,
});

class Me {
  #state = $state.raw<State>({ kind: 'unknown' });
  #estranged = $state.raw<Estranged | null>(null);
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

  /** Set where this tab's sign-in is another's by now, or nobody's: whoever it was opened as must say how to go on. */
  get estranged(): Estranged | null {
    return this.#estranged;
  }

  async load(): Promise<void> {
    try {
      const view = await answer(api.me.$get());
      ownTab.claim(personOf(view));
      countDaysIn(view.organisation.timeZone);
      this.#state = { kind: 'signed-in', view };
    } catch (error) {
      const problem = asProblem(error);
      // Told over the page, whatever is on it.
      if (this.#estranged) return;
      this.#state = problem.status === 401 ? { kind: 'signed-out' } : { kind: 'failed', problem };
    }
  }

  /**
   * Signs out, forgets what they typed on this device, and loads the sign-in page afresh, so that nothing lingers.
   * @throws {ApiProblem} when the server could not be told: one is still signed in
   */
  async signOut(): Promise<void> {
    this.#isLeaving = true;
    try {
      await post('/api/auth/sign-out', {});
      await forgetDrafts(this.id);
      enter('/sign-in');
    } catch (error) {
      this.#isLeaving = false;
      throw error;
    }
  }

  /** The server said that the sign-in has ended. Whoever came by a link has none to renew: their page says what happened. */
  ended(): void {
    // Whoever signs out is on their way: the next page comes once this device has forgotten what was typed.
    if (this.isLimited || this.#isLeaving) return;
    if (this.#state.kind === 'signed-in') this.#estrange(null);
    else if (!this.#estranged) this.#state = { kind: 'signed-out' };
  }

  /** The server said that this browser is signed in as another than the tab was opened as. */
  isOther(name: string): void {
    if (!this.#isLeaving) this.#estrange(name);
  }

  /** Asks whether the tab is still whose it was; where it is again, its page begins anew. Never rejects. */
  async check(): Promise<void> {
    if (this.#isLeaving || !ownTab.person || (this.#state.kind !== 'signed-in' && !this.#estranged)) return;
    try {
      await answer(api.me.$get());
      if (this.#estranged) location.reload();
    } catch {
      // What it means is told above; without an answer nothing is known.
    }
  }

  #estrange(by: string | null): void {
    const { person } = ownTab;
    if (person) this.#estranged = { person, by };
  }
}

export const me = new Me();
