import { describe, expect, it } from 'vitest';
import { ActiveOption } from './active-option.svelte.ts';

describe('the active option', () => {
  it('is none until the keys reach one, and goes round', () => {
    const active = new ActiveOption(() => ['Ana', 'Ben', 'Cho']);
    const reached = [active.current];
    for (const by of [1, 1, 1, 1, -1] as const) {
      active.move(by);
      reached.push(active.current);
    }
    expect(reached).toEqual([undefined, 'Ana', 'Ben', 'Cho', 'Ana', 'Cho']);
    active.none();
    active.move(-1);
    expect(active.current).toBe('Cho');
  });

  it('stays within a list that became shorter, and is none of an empty one', () => {
    let options = ['Ana', 'Ben', 'Cho'];
    const active = new ActiveOption(() => options);
    active.point('Cho');
    options = ['Ana'];
    expect(active.current).toBe('Ana');
    active.move(1);
    expect(active.current).toBe('Ana');
    options = [];
    active.move(1);
    expect(active.current).toBe(undefined);
    // Pressed before the list had come: then its first.
    options = ['Dara', 'Esra'];
    expect(active.current).toBe('Dara');
  });
});
