// Names of people as they come in: without anything that cannot be seen, so that two that look the same are the same.

/** Control characters, what shows nothing by itself (zero-width, bidirectional, fillers, variation selectors), and braille's blank. */
const unseen = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Co}\u2800]/gu;
/** More marks on one letter than any script needs, which would run over the lines above and below. */
const heaped = /(\p{M}{4})\p{M}+/gu;

/** The name as it is kept: composed, one space between words and none around; empty where there was nothing to be seen. */
export const toPersonName = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(unseen, '')
    .normalize('NFC')
    .replace(heaped, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
