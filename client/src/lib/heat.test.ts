import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { distancePaint, heatPaint, heatStep, paintOf, steps } from './heat.ts';

const css = ['tokens', 'heat']
  .map((name) => readFileSync(join(import.meta.dirname, `../styles/${name}.css`), 'utf8'))
  .join('\n');

const ramps = ['heat', 'below', 'above'] as const;
const themes = [0, 1] as const;
const all = Array.from({ length: steps }, (_, at) => at + 1);

describe('the colour of disagreement', () => {
  it('[C8] grows with the distance, and is cut off nowhere', () => {
    const found = Array.from({ length: 101 }, (_, distance) => heatStep(distance));
    expect(found).toEqual([...found].sort((one, other) => one - other));
    expect(new Set(found).size).toBe(steps + 1);
    expect([0, 0.1, 10, 10.1, 100].map(heatStep)).toEqual([0, 1, 1, 2, 10]);
    // 4 of 1 to 5 beside 3: a quarter of the range, either side.
    expect([heatStep(25), heatStep(-25)]).toEqual([3, 3]);
    // What is ten percent but for how doubles are kept.
    expect(heatStep(30.000000000000004)).toBe(3);
  });

  it('[C8] is blue below the median, orange above, of one hue for choices without points, and none at the median', () => {
    const paint = (by: number, kind: 'signed' | 'unsigned' = 'signed') =>
      distancePaint({ kind, by })?.background;
    expect([paint(-100), paint(-1), paint(0), paint(1), paint(100)]).toEqual([
      'var(--below-10)',
      'var(--below-1)',
      undefined,
      'var(--above-1)',
      'var(--above-10)',
    ]);
    expect([paint(50, 'unsigned'), paint(0, 'unsigned')]).toEqual(['var(--heat-5)', undefined]);
    expect(heatPaint(null)).toEqual(paintOf('heat', 0));
  });

  it('[house 6] is stronger with every step in both themes: darker in light, lighter in dark', () => {
    for (const ramp of ramps) {
      for (const theme of themes) {
        const lights = all.map((step) => luminance(coloursOf(`--${ramp}-${step}`)[theme] ?? ''));
        const growing = theme === 0 ? [...lights].reverse() : lights;
        for (const [at, light] of growing.entries())
          expect(light, `${ramp} ${at} ${theme}`).toBeGreaterThan((growing[at - 1] ?? 0) + 0.005);
      }
    }
  });

  it('[C8] reads at 7.3:1 or better on every step, light and dark', () => {
    for (const ramp of ramps) {
      for (const step of [0, ...all]) {
        const { background, ink } = paintOf(ramp === 'heat' || step > 0 ? ramp : 'heat', step);
        const [ground, on] = [coloursOf(tokenIn(background)), coloursOf(tokenIn(ink))];
        for (const theme of themes)
          expect(
            contrast(ground[theme] ?? '', on[theme] ?? ''),
            `${background} ${theme}`,
          ).toBeGreaterThanOrEqual(7.3);
      }
    }
  });

  it('[C8] keeps below and above apart for eyes that tell no red from green', () => {
    for (const step of all) {
      for (const theme of themes) {
        const [below, above] = [
          coloursOf(`--below-${step}`)[theme] ?? '',
          coloursOf(`--above-${step}`)[theme] ?? '',
        ];
        for (const see of [protanope, deuteranope])
          expect(apart(see(rgb(below)), see(rgb(above))), `${step} ${theme}`).toBeGreaterThan(0.04);
      }
    }
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

const tokenIn = (value: string): string => /--[a-z0-9-]+/.exec(value)?.[0] ?? '';

type Rgb = readonly [number, number, number];

/** Linear light. */
const rgb = (hex: string): Rgb => {
  const part = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
};

const seenBy =
  (...[r, g, b]: readonly [Rgb, Rgb, Rgb]) =>
  (colour: Rgb): Rgb => {
    const row = (weights: Rgb) => weights.reduce((sum, weight, at) => sum + weight * (colour[at] ?? 0), 0);
    return [row(r), row(g), row(b)];
  };
/** Machado, Oliveira and Fernandes 2009, severity 1. */
const protanope = seenBy(
  [0.152286, 1.052583, -0.204868],
  [0.114503, 0.786281, 0.099216],
  [-0.003882, -0.048116, 1.051998],
);
const deuteranope = seenBy(
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
);

/** The distance of hue and chroma in OKLab, whatever the lightness. */
function apart(one: Rgb, other: Rgb): number {
  const [a, b] = [chromaOf(one), chromaOf(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function chromaOf([r, g, b]: Rgb): readonly [number, number] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
