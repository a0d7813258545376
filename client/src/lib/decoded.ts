/** What a part of an address says. Whoever types an address may type anything: what is no such code is taken as it stands. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
