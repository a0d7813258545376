// What one can do here and now, as one list: the palette, the shortcut sheet and the keys all read it. Screens add theirs
// with `useActions`; a button runs the same action.
import { untrack } from 'svelte';

export interface Action {
  readonly id: string;
  /** A verb phrase, as on a button. */
  readonly title: string;
  readonly group: 'here' | 'go' | 'help';
  /** A tinykeys pattern such as `j`, `g c`, `$mod+k`, `[Shift]+?`; none means palette only. */
  readonly key?: string;
  /** Whether it is possible now; absent means always. */
  readonly when?: () => boolean;
  readonly run: () => void;
}

class Actions {
  #lists = $state.raw<readonly (() => readonly Action[])[]>([]);

  /** Those possible now, the latest screen's first. */
  get possible(): Action[] {
    return this.#lists.flatMap((list) => list()).filter((action) => action.when?.() ?? true);
  }

  add(list: () => readonly Action[]): () => void {
    this.#lists = [list, ...untrack(() => this.#lists)];
    return () => {
      this.#lists = untrack(() => this.#lists).filter((other) => other !== list);
    };
  }
}

export const actions = new Actions();

/** Offers actions while the component lives. Call it while the component is set up. */
export function useActions(list: () => readonly Action[]): void {
  $effect(() => actions.add(list));
}

/** A key pattern as keycaps: `$mod+k` is Ctrl K, on Apple's keyboards ⌘ K. */
export function keycaps(key: string): string[] {
  const apple = /Mac|iPhone|iPad/.test(navigator.platform);
  return key.split(' ').flatMap((press) =>
    press
      .replace('[Shift]+', '')
      .split('+')
      .map((part) =>
        part === '$mod' ? (apple ? '⌘' : 'Ctrl') : part.length === 1 ? part.toUpperCase() : part,
      ),
  );
}
