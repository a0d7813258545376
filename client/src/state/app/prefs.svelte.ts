// What this device prefers: theme, single-key shortcuts, how much is announced. Kept in this browser, never sent.
import { createSubscriber } from 'svelte/reactivity';

export type Theme = 'light' | 'dark' | 'system';
/** How much of what others do is read out by a screen reader. */
export type Announcements = 'off' | 'brief' | 'full';

interface Values {
  readonly theme: Theme;
  readonly shortcuts: boolean;
  readonly announcements: Announcements;
  /** The discussion timer last started on this device, in milliseconds. */
  readonly timerMs: number | null;
  /** A soft sound when a discussion timer runs out. */
  readonly timerSound: boolean;
}

const key = 'attune.prefs';
const usual: Values = {
  theme: 'system',
  shortcuts: true,
  announcements: 'brief',
  timerMs: null,
  timerSound: false,
};

function read(): Values {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return usual;
    const { theme, shortcuts, announcements, timerMs, timerSound } = stored as Record<string, unknown>;
    return {
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      shortcuts: shortcuts !== false,
      announcements: announcements === 'off' || announcements === 'full' ? announcements : 'brief',
      timerMs: typeof timerMs === 'number' && timerMs > 0 ? timerMs : null,
      timerSound: timerSound === true,
    };
  } catch {
    return usual;
  }
}

class Prefs {
  #values = read();
  #changed = () => {};
  readonly #subscribe = createSubscriber((update) => {
    const onStorage = (event: StorageEvent) => {
      if (event.key === key) this.#take(read());
    };
    this.#changed = update;
    addEventListener('storage', onStorage);
    return () => removeEventListener('storage', onStorage);
  });

  get theme(): Theme {
    this.#subscribe();
    return this.#values.theme;
  }

  /** Whether single-key shortcuts work; those with Ctrl or Cmd always do. */
  get shortcuts(): boolean {
    this.#subscribe();
    return this.#values.shortcuts;
  }

  get announcements(): Announcements {
    this.#subscribe();
    return this.#values.announcements;
  }

  get timerMs(): number | null {
    this.#subscribe();
    return this.#values.timerMs;
  }

  get timerSound(): boolean {
    this.#subscribe();
    return this.#values.timerSound;
  }

  choose(change: Partial<Values>): void {
    this.#take({ ...this.#values, ...change });
    try {
      localStorage.setItem(key, JSON.stringify(this.#values));
    } catch {
      // Storage is blocked: the choice holds until the page is closed.
    }
  }

  #take(values: Values): void {
    this.#values = values;
    if (values.theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = values.theme;
    this.#changed();
  }
}

export const prefs = new Prefs();
