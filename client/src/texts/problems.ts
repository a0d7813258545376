// Problems in words for the person in front of the screen: what happened, and what to do. By slug; where a slug has no
// detail here, the server's own is shown. At hand are those that may come without the network, and the commonest; the rest
// is fetched when the first of them comes.
import type { ProblemSlug } from '@attune/contract';

/** Problems that never reached the server. */
export type LocalSlug = 'offline' | 'timeout' | 'unreachable' | 'unknown';

export interface ProblemWords {
  readonly title: string;
  readonly detail?: string;
}

const atHand = {
  offline: { title: 'You are offline', detail: 'Connect to the network, then try again.' },
  timeout: { title: 'The server did not answer in time', detail: 'It may be busy. Try again in a moment.' },
  unreachable: { title: 'The server cannot be reached', detail: 'Check your connection, then try again.' },
  unknown: {
    title: 'Something went wrong',
    detail: 'Try again. If it happens again, tell your administrator.',
  },
  'not-allowed': { title: 'You may not do this', detail: 'Your role does not include it.' },
  'link-not-valid': {
    title: 'This link does not work',
    detail: 'It may have been used, revoked, or have expired. Ask for a new one.',
  },
  'sheet-not-saved': {
    title: 'Some of your typing is still on its way',
    detail: 'Wait until it says Saved, then submit again.',
  },
  'incomplete-sheet': { title: 'The sheet is not complete' },
} satisfies Partial<Record<ProblemSlug | LocalSlug, ProblemWords>>;

/** The slugs whose words are always there. */
export type SlugAtHand = keyof typeof atHand;

let known: Readonly<Record<string, ProblemWords>> = atHand;
let isWhole = false;

/** Fetches the words a slug needs. Never rejects: without them the server's own are shown. */
export async function fetchWords(slug: string): Promise<void> {
  if (isWhole || Object.hasOwn(known, slug)) return;
  try {
    const { moreProblems } = await import('./more-problems.ts');
    known = { ...atHand, ...moreProblems };
    isWhole = true;
  } catch {
    // Offline since the answer came: its own title and detail must do.
  }
}

/** The words of a slug that has some; `null` before they are fetched, and for a slug that is no news to nobody but the server. */
export const wordsOf = (slug: string): ProblemWords | null =>
  Object.hasOwn(known, slug) ? (known[slug] ?? null) : null;

/** The slug, unless it is certain that this page does not know it: then `unknown`. */
export const knownSlug = (slug: string): ProblemSlug | LocalSlug =>
  isWhole && !Object.hasOwn(known, slug) ? 'unknown' : (slug as ProblemSlug | LocalSlug);

/** The words for whatever has no own. */
export const unknownWords: Required<ProblemWords> = atHand.unknown;
