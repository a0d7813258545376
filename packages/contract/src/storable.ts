// Text that every reader and PostgreSQL can hold: without NUL characters, and without the halves of characters that no
// encoding can say. Free of the schemas, which the scoring page does without.

/** Matches text that can be kept and sent as it is. */
export const storablePattern = /^[^\0\p{Surrogate}]*$/u;

/** Whether the text can be kept and sent as it is. */
export const isStorable = (text: string): boolean => storablePattern.test(text);

/** The text with U+FFFD, the replacement character, in the place of whatever cannot be kept. */
export const toStorable = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
