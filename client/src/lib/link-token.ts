/** How the secret behind the # of a link is written; anything else lost a part on its way. */
export const isWholeToken = (text: string): boolean => /^[\w-]{43}$/.test(text);
