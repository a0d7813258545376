import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { qrPath } from './qr-path.ts';

/** Fills the path's rectangles again. */
function modulesOf(path: string, size: number): boolean[][] {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  }
  return rows;
}

describe('a QR code as a path', () => {
  it('[J1] runs of dark modules become one rectangle each', () => {
    expect(qrPath([[true, true, false, true]])).toBe('M0 0h2v1h-2zM3 0h1v1h-1z');
  });

  it('[J1] draws exactly the modules of the code', () => {
    const { data, size } = encode('https://attune.example/join#0123456789abcdefghijklmnopqrstuvwxyzABCDEFG', {
      border: 0,
    });
    expect(modulesOf(qrPath(data), size)).toEqual(data);
  });
});
