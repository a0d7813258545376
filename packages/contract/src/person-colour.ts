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

const first = (memberId: string): number => {
  let sum = 0;
  for (const character of memberId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return sum % personColours.length;
};

/** The colour of a person's caret and avatar where nobody else is; never the only sign of who it is. */
export const personColour = (memberId: string): string => personColours[first(memberId)] ?? personColours[0];

/**
 * The colours of people who are seen side by side, by member id: all different while there are enough, then repeated evenly.
 * Whoever comes earlier keeps the colour they would have alone.
 */
export function personColoursOf(memberIds: readonly string[]): ReadonlyMap<string, string> {
  const uses = personColours.map(() => 0);
  const colours = new Map<string, string>();
  for (const id of memberIds) {
    if (colours.has(id)) continue;
    const least = Math.min(...uses);
    let at = first(id);
    while (uses[at] !== least) at = (at + 1) % personColours.length;
    uses[at] = least + 1;
    colours.set(id, personColours[at] ?? personColours[0]);
  }
  return colours;
}

interface People {
  readonly participants: readonly { readonly memberId: string }[];
  readonly facilitator: { readonly memberId: string };
  readonly observers: readonly { readonly memberId: string }[];
}

/** The colours of a session's people: the same on every device, and in the carets that the server names. */
export const sessionColours = ({ participants, facilitator, observers }: People) =>
  personColoursOf([...participants, facilitator, ...observers].map(({ memberId }) => memberId));
