// A person's colour. Apart from presence, so that a page which only shows people carries no schemas.
const personColours = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#CC79A7',
  '#56B4E9',
  '#E69F00',
  '#6B4FA0',
  '#7A5C3E',
] as const;

/** The colour of a person's caret and avatar, the same everywhere; never the only sign of who it is. */
export function personColour(memberId: string): string {
  let sum = 0;
  for (const character of memberId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return personColours[sum % personColours.length] ?? personColours[0];
}
