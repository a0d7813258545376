// How a guest is told from a member wherever a name stands: whoever has no account gave that name themselves (J1).
import { m } from '../paraglide/messages.js';

const mark = m.guest_mark();

/** The name as it is shown. Where names are hidden, nobody under a letter is marked. */
export const named = ({ name, guest }: { readonly name: string; readonly guest: boolean }): string =>
  guest ? name + mark : name;

/** The name itself, of one that is shown: for initials. */
export const unmarked = (shown: string): string =>
  shown.endsWith(mark) ? shown.slice(0, -mark.length) : shown;

/** How someone is called in passing, by the name that is shown; a guest stays one. */
export const inPassing = (shown: string): string => {
  const name = unmarked(shown);
  return named({ name: name.split(' ')[0] ?? name, guest: name !== shown });
};
