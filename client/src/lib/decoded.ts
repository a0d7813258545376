/** Decodes a part of an address. People can type anything there: what cannot be decoded is taken as it stands. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
