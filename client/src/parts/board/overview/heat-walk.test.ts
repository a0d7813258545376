import { describe, expect, it } from 'vitest';
import { walk } from './heat-walk.ts';

const size = { rows: 3, columns: 4 };

describe('walking the heat map with the keys', () => {
  it('[C8] goes a cell at a time and stops at the edges', () => {
    expect(walk({ row: 0, column: 0 }, 'ArrowDown', size)).toEqual({ row: 1, column: 0 });
    expect(walk({ row: 2, column: 3 }, 'ArrowRight', size)).toEqual({ row: 2, column: 3 });
    expect(walk({ row: 0, column: 0 }, 'ArrowUp', size)).toEqual({ row: 0, column: 0 });
    expect(walk({ row: 1, column: 1 }, 'End', size)).toEqual({ row: 1, column: 3 });
  });

  it('[C8] leaves other keys alone', () => {
    expect(walk({ row: 1, column: 1 }, 'Tab', size)).toBeNull();
  });
});
