// Whom this tab was opened as. It names that person with every request and socket, so that whoever signs in with this browser
// afterwards, in another tab, does nothing here by mistake; and on the demo it names the sign-in that is its own, so that several
// people can be signed in at once, a tab each (O6). The server decides; nothing here lets anybody in.
import { memberHeader, memberParameter, tabHeader, tabParameter } from '@attune/contract';
import { newCommandId } from './ids.ts';
import { forget, recall, remember } from './tab-memory.ts';

export interface TabPerson {
  readonly id: string;
  readonly name: string;
  /** `null` for whoever has none, or came by a session's link. */
  readonly email: string | null;
  /** Came by a session's link: nobody can sign in as them again. */
  readonly isLimited: boolean;
  /** Of the demo: signed in again by a click. */
  readonly isDemo: boolean;
}

const personKey = 'person';
const signInKey = 'sign-in';
/** Over all tabs: the sign-in of the tab that was used last, which a tab opened from it shares. */
const lastKey = 'attune.sign-in';
const channelName = 'attune.sign-in';

const isPerson = (value: unknown): value is TabPerson =>
  typeof value === 'object' && value !== null && 'id' in value && 'name' in value && 'isDemo' in value;
const isText = (value: unknown): value is string => typeof value === 'string';

function lastUsed(): string {
  try {
    return localStorage.getItem(lastKey) ?? '';
  } catch {
    return '';
  }
}

class OwnTab {
  #person: TabPerson | null = recall(personKey, isPerson);
  /** The empty text for the browser's own, as everywhere but on the demo. */
  #signIn: string = recall(signInKey, isText) ?? (this.#person ? '' : lastUsed());
  readonly #channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(channelName);
  /** Called where this tab's sign-in may be another's by now, or nobody's. */
  #doubted: () => void = () => {};

  constructor() {
    if (!this.#channel) return;
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data === this.#signIn) this.#doubted();
    };
  }

  /** Whom the tab was opened as, through reloads; `null` before anybody is known. */
  get person(): TabPerson | null {
    return this.#person;
  }

  whenDoubted(act: () => void): void {
    this.#doubted = act;
  }

  /** A socket or a reply says that the sign-in is not what it was. */
  doubt(): void {
    this.#doubted();
  }

  /** From here on the tab is this person's. */
  claim(person: TabPerson): void {
    this.#person = person;
    remember(personKey, person);
    // Adopted from the tab it was opened from, perhaps.
    if (this.#signIn) remember(signInKey, this.#signIn);
    this.use();
  }

  /** The tab is whoever's the browser is signed in as: by their own choice, in front of it. */
  release(): void {
    this.#person = null;
    forget(personKey);
  }

  /**
   * Takes a sign-in beside the browser's others, for the demo.
   * @param signIn makes it, with the headers that name it
   */
  async begin(signIn: (headers: Record<string, string>) => Promise<unknown>): Promise<void> {
    const name = newCommandId().replaceAll('-', '');
    await signIn({ [tabHeader]: name });
    this.#signIn = name;
    remember(signInKey, name);
    this.changed();
  }

  /** Somebody signed in or out here: tabs that share the sign-in hear of it at once. */
  changed(): void {
    this.release();
    this.use();
    this.#channel?.postMessage(this.#signIn);
  }

  /** This is the tab in front of the person: what is opened from it shares its sign-in. */
  use(): void {
    try {
      if (this.#signIn) localStorage.setItem(lastKey, this.#signIn);
      else localStorage.removeItem(lastKey);
    } catch {
      // Then a tab opened from it is the browser's.
    }
  }

  /** To go with each request. */
  get headers(): Record<string, string> {
    return {
      ...(this.#person ? { [memberHeader]: this.#person.id } : {}),
      ...(this.#signIn ? { [tabHeader]: this.#signIn } : {}),
    };
  }

  /** To stand behind a socket's path. */
  get parameters(): Record<string, string> {
    return { ...(this.#person ? { [memberParameter]: this.#person.id } : {}), ...this.#ownSignIn };
  }

  /** An address that the browser opens by itself, such as a download. */
  link(path: string): string {
    const asked = new URLSearchParams(this.#ownSignIn).toString();
    return asked ? `${path}?${asked}` : path;
  }

  get #ownSignIn(): Record<string, string> {
    return this.#signIn ? { [tabParameter]: this.#signIn } : {};
  }
}

export const ownTab = new OwnTab();
