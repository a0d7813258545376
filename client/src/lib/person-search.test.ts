import { describe, expect, it } from 'vitest';
import { personMatches } from './person-search.ts';

const people = ['Chloé Martin', 'Hana Petrović', 'Ben Whitfield', 'Anne-Marie Benoît'].map((name) => ({
  name,
}));
const found = (typed: string) => personMatches(people, typed).map(({ name }) => name);

describe('finding a person', () => {
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
