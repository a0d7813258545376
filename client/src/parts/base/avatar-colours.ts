// The colours of people who are seen side by side, given by the page that shows them to every avatar on it.
import { getContext, setContext } from 'svelte';

type Colours = () => ReadonlyMap<string, string>;
const key = Symbol('colours');

export const giveColours = (colours: Colours): void => {
  setContext(key, colours);
};

/** `undefined` on a page that gives none. */
export const givenColours = (): Colours | undefined => getContext<Colours | undefined>(key);
