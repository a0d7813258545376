import { describe, expect, it } from 'vitest';
import { nameMatches } from './name-search.ts';

const people = ['Chloé Martin', 'Hana Petrović', 'Ben Whitfield', 'Anne-Marie Benoît'].map((name) => ({
  name,
}));
const found = (typed: string) => nameMatches(people, typed).map(({ name }) => name);

describe('finding by name', () => {
  it('[C4] shows everyone while nothing is typed', () => {
    expect(found('  ')).toHaveLength(4);
  });

  it('[C4] takes names without their accents, in any case', () => {
    expect(found('chloe')).toEqual(['Chloé Martin']);
    expect(found('PETROVIC')).toEqual(['Hana Petrović']);
  });

  it('[C4] looks at the beginnings of all words, in any order', () => {
    expect(found('ben')).toEqual(['Ben Whitfield', 'Anne-Marie Benoît']);
    expect(found('mar an')).toEqual(['Anne-Marie Benoît']);
    expect(found('enoit')).toEqual([]);
  });
});
