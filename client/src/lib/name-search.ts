// Finding someone or something by part of a name, as people type it: accents and case do not count, every word must begin one of
// the name's.

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = (text: string) =>
  plain(text)
    .split(/[\s\-’']+/)
    .filter(Boolean);

/** Those whose name has, for each typed word, a word that begins with it; all of them while nothing is typed. */
export function nameMatches<T extends { readonly name: string }>(named: readonly T[], typed: string): T[] {
  const wanted = wordsOf(typed);
  return named.filter(({ name }) => {
    const parts = wordsOf(name);
    return wanted.every((word) => parts.some((part) => part.startsWith(word)));
  });
}
