import { expect, it } from 'vitest';
import { personColour, personColoursOf } from './person-colour.ts';

const people = (count: number) => Array.from({ length: count }, (_, at) => `member-${at * 7}`);

it('[C9] people side by side have different colours while there are enough, and then each as often', () => {
  for (const count of [1, 5, 8]) expect(new Set(personColoursOf(people(count)).values()).size).toBe(count);
  const uses = new Map<string, number>();
  for (const colour of personColoursOf(people(24)).values()) uses.set(colour, (uses.get(colour) ?? 0) + 1);
  expect([...uses.values()]).toEqual(Array(8).fill(3));
});

it('[C9] the first keeps the colour they have alone, and nobody’s changes with who comes after', () => {
  const all = people(12);
  const colours = personColoursOf(all);
  expect(colours.get(all[0] ?? '')).toBe(personColour(all[0] ?? ''));
  for (let count = 1; count < all.length; count += 1)
    expect([...personColoursOf(all.slice(0, count))]).toEqual([...colours].slice(0, count));
});
