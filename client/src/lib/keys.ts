// Hears the keys of the actions. Loaded once the page stands: nothing waits for it.
import { createKeybindingsHandler } from 'tinykeys';
import { actions } from './actions.svelte.ts';
import { isTextField } from './typing.ts';

const hasModifier = (event: KeyboardEvent) => event.metaKey || event.ctrlKey;

/**
 * Listens for the keys of all possible actions. Single keys only where no text is typed, no dialog is open, and the
 * person has left them on.
 */
export function listenForKeys(singleKeysOn: () => boolean): () => void {
  const ignore = (event: KeyboardEvent) =>
    // What has the focus took it for itself: in a note, Ctrl K makes a link.
    event.defaultPrevented ||
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
