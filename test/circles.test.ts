// What finds circles finds all of them and nothing else.
import { describe, expect, it } from 'vitest';
import { betweenGroups, circlesOf } from './support/circles.ts';

const imports = (of: Record<string, string>) =>
  new Map(Object.entries(of).map(([name, targets]) => [name, targets.split(' ').filter(Boolean)]));

describe('circles of imports', () => {
  it('[house 2] are none where every way leads down, however many ways there are', () => {
    expect(circlesOf(imports({ a: 'b c d', b: 'd', c: 'b d', d: '' }))).toEqual([]);
    expect(circlesOf(imports({ a: 'nowhere' }))).toEqual([]);
    expect(circlesOf(new Map())).toEqual([]);
  });

  it('[house 2] are found, of two and of many, each once and whole', () => {
    const found = circlesOf(imports({ a: 'b', b: 'a c', c: 'd', d: 'e', e: 'c f', f: 'g', g: '' }));
    expect(found).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
  });

  it('[house 2] that share a file are one', () => {
    expect(circlesOf(imports({ a: 'b', b: 'a c', c: 'b' }))).toEqual([['a', 'b', 'c']]);
  });

  it('[house 2] are found from wherever one starts, and in a line of thousands', () => {
    expect(circlesOf(imports({ x: 'a', y: 'c', a: 'b', b: 'c', c: 'a' }))).toEqual([['a', 'b', 'c']]);
    const line = new Map(Array.from({ length: 20_000 }, (_, at) => [`${at}`, [`${(at + 1) % 20_000}`]]));
    expect(circlesOf(line).map(({ length }) => length)).toEqual([20_000]);
  });

  it('[house 2] of folders are found where no two files make one', () => {
    const files = imports({ 'one/a': 'two/a', 'two/a': '', 'two/b': 'one/b', 'one/b': 'one/a' });
    expect(circlesOf(files)).toEqual([]);
    const folders = betweenGroups(files, (name) => name.split('/')[0] ?? name);
    expect(circlesOf(folders)).toEqual([['one', 'two']]);
  });
});
