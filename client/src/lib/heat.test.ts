import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deviationStep, heatPaint, heatStep } from './heat.ts';

const css = readFileSync(join(import.meta.dirname, '../styles/tokens.css'), 'utf8');

describe('the colour of disagreement', () => {
  it('[C8] never gives a flagged question the colour of one that is not', () => {
    for (const threshold of [0, 5, 10, 50, 99, 100]) {
      for (let divergence = 0; divergence <= 100; divergence += 0.5) {
        const step = heatStep(divergence, threshold);
        expect(step >= 2, `${divergence} at ${threshold}`).toBe(divergence > threshold);
      }
    }
  });

  it('[C8] darkens with the spread and never back', () => {
    const steps = Array.from({ length: 101 }, (_, divergence) => heatStep(divergence, 10));
    expect(steps).toEqual([...steps].sort());
    expect(new Set(steps).size).toBe(5);
  });

  it('[C8] shows a deviation on the side it lies on', () => {
    expect([-40, -8, -2, 0, 2, 8, 40].map((deviation) => deviationStep(deviation, 10))).toEqual([
      0, 1, 2, 2, 2, 3, 4,
    ]);
  });

  it('[C8] has at least 7:1 contrast between each step and its ink, light and dark', () => {
    for (const ramp of ['heat', 'deviation']) {
      for (let step = 0; step < 5; step++) {
        const [ground, ink] = [coloursOf(`--${ramp}-${step}`), coloursOf(`--on-${ramp}-${step}`)];
        for (const at of [0, 1]) {
          expect(contrast(ground[at] ?? '', ink[at] ?? ''), `${ramp} ${step}`).toBeGreaterThanOrEqual(7);
        }
      }
    }
    expect(heatPaint(3)).toEqual({ background: 'var(--heat-3)', ink: 'var(--on-heat-3)' });
  });

  it('[house 6] reads at 4.5:1 or better in every text colour, on the page and on what floats', () => {
    const inks = ['--ink', '--ink-2', '--ink-3', '--accent-ink', '--success', '--danger'];
    for (const ground of ['--page-bg', '--surface', '--surface-sunken', '--surface-float']) {
      for (const ink of inks) {
        for (const at of [0, 1]) {
          const ratio = contrast(coloursOf(ground)[at] ?? '', coloursOf(ink)[at] ?? '');
          expect(ratio, `${ink} on ${ground} ${at}`).toBeGreaterThanOrEqual(4.5);
        }
      }
      for (const at of [0, 1]) {
        const edge = contrast(coloursOf(ground)[at] ?? '', coloursOf('--line-control')[at] ?? '');
        expect(edge, `control edge on ${ground} ${at}`).toBeGreaterThanOrEqual(3);
      }
    }
    for (const [ink, ground] of [
      ['--on-accent', '--accent'],
      ['--on-accent', '--accent-hover'],
      ['--on-danger', '--danger'],
      ['--on-danger', '--danger-hover'],
      ['--accent-ink', '--accent-soft'],
      ['--success', '--success-soft'],
      ['--danger', '--danger-soft'],
    ] as const) {
      for (const at of [0, 1]) {
        const ratio = contrast(coloursOf(ground)[at] ?? '', coloursOf(ink)[at] ?? '');
        expect(ratio, `${ink} on ${ground} ${at}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});

/** A token's value in light and in dark. */
function coloursOf(token: string): string[] {
  const value = new RegExp(`${token}: ([^;]+);`).exec(css)?.[1] ?? '';
  const found = value.match(/#[0-9a-f]{6}/g) ?? [];
  return found.length === 1 ? [found[0] ?? '', found[0] ?? ''] : found;
}

function luminance(hex: string): number {
  const part = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}
