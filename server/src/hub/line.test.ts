import { describe, expect, it } from 'vitest';
import { Line } from './line.ts';

const limits = { pending: 10, pendingPerAddress: 2, inLinePerAddress: 4 };

/** Work that ends when told to, in the order it was begun. */
function station(line: Line) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const come = (address: string, name: string) =>
    line.pass(address, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  return { begun, come, end: () => ends.shift()?.() };
}

describe('the line at the door', () => {
  it('[live 2] of one address so many are signed in at once, the others wait in order, the rest are refused', async () => {
    const line = new Line(limits);
    const { begun, come, end } = station(line);
    const coming = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => come('one', name));
    expect(await coming[6]).toBe(false);
    expect(begun).toEqual(['a', 'b']);
    for (let done = 0; done < 6; done += 1) {
      end();
      await coming[done];
      await Promise.resolve();
      expect(begun.length).toBeLessThanOrEqual(done + 3);
    }
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(line.pending).toBe(0);
  });

  it('[live 2] an address whose line is full leaves room for the others, up to the limit in all', async () => {
    const line = new Line(limits);
    const { begun, come, end } = station(line);
    const coming = Array.from({ length: 9 }, (_, at) => come('flood', `f${at}`));
    coming.push(...['x', 'y', 'z', 'w', 'v'].map((name) => come(`home of ${name}`, name)));
    expect((await Promise.all([coming[6], coming[7], coming[8], coming[13]])).every((let_) => !let_)).toBe(
      true,
    );
    expect(begun).toEqual(['f0', 'f1', 'x', 'y', 'z', 'w']);
    for (let done = 0; done < 10; done += 1) {
      end();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(line.pending).toBe(0);
    expect(begun).toHaveLength(10);
  });

  it('[live 2] work that fails gives its place away, too', async () => {
    const line = new Line({ ...limits, pendingPerAddress: 1 });
    const first = line.pass('one', () => Promise.reject(new Error('failed')));
    const second = line.pass('one', () => Promise.resolve());
    await expect(first).rejects.toThrow('failed');
    expect(await second).toBe(true);
    expect(line.pending).toBe(0);
  });
});
