import { expect, it } from 'vitest';
import { likeNames } from './likeness.ts';

const members = ['Ben Whitfield', 'Chloé Martin', 'Ian Illich', 'Ana'].map((name) => ({ name }));
const like = (name: string) => likeNames(name, members).map((one) => one.name);

it('[J1] a name is like one that differs by case, accents, spaces, order or what cannot be seen', () => {
  for (const name of [
    'Ben Whitfield',
    'BEN WHITFIELD',
    'ben  whitfield',
    'BenWhitfield',
    'Ben\u200B Whit\u200Dfield',
    '\u202EBen Whitfield',
    'Whitfield, Ben',
    'Bén Whitfield',
    'Ben Whitfield.',
  ])
    expect([name, like(name)]).toEqual([name, ['Ben Whitfield']]);
  expect(like('Chloe Martin')).toEqual(['Chloé Martin']);
});

it('[J1] a name is like one written with letters that look the same', () => {
  // Cyrillic е, Greek ο, fullwidth, mathematical, and rn for m.
  for (const name of [
    'B\u0435n Whitfi\u0435ld',
    'Ｂｅｎ Whitfield',
    '𝐁𝐞𝐧 Whitfield',
    'Ben Whitfie1d',
    'Ben WhitfieId',
  ])
    expect([name, like(name)]).toEqual([name, ['Ben Whitfield']]);
  expect(like('Chl\u03BFé Martin')).toEqual(['Chloé Martin']);
  expect(like('Chloé Martın')).toEqual(['Chloé Martin']);
  expect(like('lan lllich')).toEqual(['Ian Illich']);
  expect(like('\u0410na')).toEqual(['Ana']);
});

it('[J1] another name is none of them', () => {
  for (const name of ['Ben', 'Ben Whitman', 'Gus', 'Anna', 'Chloé', '李明', '🙂'])
    expect([name, like(name)]).toEqual([name, []]);
});
