// Which colour says how far: a divergence on the ramp of one hue, an answer's distance from the median on the blue-to-orange one. Both
// grow with the distance alone, and neither knows of the threshold: what is flagged has its shape. Colours are tokens (heat.css).
import type { FromMedian } from '@attune/domain';

/** Steps of a ramp beside 0: one for each tenth of the range. */
export const steps = 10;
/** The last step on which the ink of the near ones reads. */
const lastNear = 5;

/** The step of a distance of 0 to 100 percent, either side: only nothing at all is 0. */
export const heatStep = (distance: number): number =>
  Math.max(0, Math.min(steps, Math.ceil(Math.abs(distance) / (100 / steps) - 1e-9)));

/** A ground with the ink that reads on it, as CSS values. */
export interface Paint {
  readonly background: string;
  readonly ink: string;
}

/** A ramp of `heat.css` by the name of its tokens. */
export type Ramp = 'heat' | 'below' | 'above';

export const paintOf = (ramp: Ramp, step: number): Paint => ({
  background: `var(--${ramp}-${step})`,
  ink: `var(--on-${step > lastNear ? 'far' : 'near'})`,
});

/** Of a divergence in percent; nothing to compare is painted like none. */
export const heatPaint = (divergence: number | null): Paint => paintOf('heat', heatStep(divergence ?? 0));

/** Of an answer's distance from the median; `null` at the median. A choice without points has no side, and the one hue. */
export function distancePaint({ kind, by }: FromMedian): Paint | null {
  const step = heatStep(by);
  if (step === 0) return null;
  return paintOf(kind === 'unsigned' ? 'heat' : by < 0 ? 'below' : 'above', step);
}
