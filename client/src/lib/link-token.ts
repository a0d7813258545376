/** The form of the secret behind a link's #. Anything else has lost a part on its way. */
export const isWholeToken = (text: string): boolean => /^[\w-]{43}$/.test(text);
