// What one can do here and now, as one list: the palette, the shortcut sheet and the keys all read it. Screens add theirs
// with `useActions`; a button runs the same action.
import { createKeybindingsHandler } from 'tinykeys';

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
    this.#lists = [list, ...this.#lists];
    return () => {
      this.#lists = this.#lists.filter((other) => other !== list);
    };
  }
}

export const actions = new Actions();

/** Offers actions while the component lives. Call it while the component is set up. */
export function useActions(list: () => readonly Action[]): void {
  $effect(() => actions.add(list));
}

const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches(
      'textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=range])',
    ));

const hasModifier = (event: KeyboardEvent) => event.metaKey || event.ctrlKey;

/**
 * Listens for the keys of all possible actions. Single keys only where no text is typed, no dialog is open, and the
 * person has left them on.
 */
export function listenForKeys(singleKeysOn: () => boolean): () => void {
  const ignore = (event: KeyboardEvent) =>
    event.isComposing ||
    document.querySelector('dialog[open]') !== null ||
    (isTextField(event.target) && !hasModifier(event)) ||
    (!hasModifier(event) && !singleKeysOn());
  // Rebuilt only when the list's keys change, so that a sequence such as `g c` survives between its two keys.
  let known = '';
  let handle = createKeybindingsHandler({}, { ignore });
  const onKey = (event: KeyboardEvent) => {
    const withKey = actions.possible.filter((action) => action.key);
    const signature = withKey.map((action) => action.key).join('\n');
    if (signature !== known) {
      known = signature;
      const runByKey = (key: string) => (pressed: KeyboardEvent) => {
        pressed.preventDefault();
        actions.possible.find((action) => action.key === key)?.run();
      };
      const keys = withKey.flatMap((action) => (action.key ? [action.key] : []));
      handle = createKeybindingsHandler(Object.fromEntries(keys.map((key) => [key, runByKey(key)])), {
        ignore,
      });
    }
    handle(event);
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
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
