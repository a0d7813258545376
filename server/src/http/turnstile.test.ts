import { describe, expect, it } from 'vitest';
import { Turnstile } from './turnstile.ts';

/** Work that ends when told to, in the order it was begun. */
function station(turnstile: Turnstile) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const come = (source: string, name: string) =>
    turnstile.pass(source, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  const end = async () => {
    ends.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, come, end };
}

describe('the turnstile', () => {
  it('[live 2] of one source so many are inside at once; the rest wait in order, and none is refused while there is space', async () => {
    const turnstile = new Turnstile({ pending: 10, perSource: 2 });
    const { begun, come, end } = station(turnstile);
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
    const coming = names.map((name) => come('office', name));
    expect(await come('office', 'k')).toBe(false);
    expect(begun).toEqual(['a', 'b']);
    for (let done = 0; done < names.length; done += 1) {
      await end();
      expect(await coming[done]).toBe(true);
      expect(begun.length).toBeLessThanOrEqual(done + 3);
    }
    expect(begun).toEqual(names);
    expect(turnstile.pending).toBe(0);
  });

  it('[live 2] a source that fills the turnstile makes space for each who comes from elsewhere', async () => {
    const turnstile = new Turnstile({ pending: 10, perSource: 2 });
    const { begun, come, end } = station(turnstile);
    const flood = Array.from({ length: 10 }, (_, at) => come('flood', `f${at}`));
    const others = ['v', 'w', 'x', 'y'].map((name) => come(`home of ${name}`, name));
    expect(begun).toEqual(['f0', 'f1', 'v', 'w', 'x', 'y']);
    expect(await Promise.all(flood.slice(6))).toEqual([false, false, false, false]);
    while (turnstile.pending > 0) await end();
    expect(await Promise.all([...flood.slice(0, 6), ...others])).toEqual(Array(10).fill(true));
    expect(begun).toHaveLength(10);
  });

  it('[live 2] among sources the turns go round, where only so many are inside in all', async () => {
    const turnstile = new Turnstile({ pending: 20, perSource: 2, atOnce: 3 });
    const { begun, come, end } = station(turnstile);
    const coming = Array.from({ length: 6 }, (_, at) => come('flood', `f${at}`));
    coming.push(come('home', 'h0'), come('home', 'h1'), come('away', 'a0'));
    expect(begun).toEqual(['f0', 'f1', 'h0']);
    while (turnstile.pending > 0) await end();
    expect(begun.slice(0, 6).sort()).toEqual(['a0', 'f0', 'f1', 'f2', 'h0', 'h1'].sort());
    expect(begun).toHaveLength(9);
    expect(await Promise.all(coming)).toEqual(Array(9).fill(true));
  });

  it('[live 2] work that fails gives its turn away, too', async () => {
    const turnstile = new Turnstile({ pending: 10, perSource: 1 });
    const first = turnstile.pass('one', () => Promise.reject(new Error('failed')));
    const second = turnstile.pass('one', () => Promise.resolve());
    await expect(first).rejects.toThrow('failed');
    expect(await second).toBe(true);
    expect(turnstile.pending).toBe(0);
  });
});
