// Where a divergence falls on the disagreement ramp, and a deviation on the blue-to-orange one. Colours are tokens; each
// comes with the ink that reads on it at 7:1.

export type HeatStep = 0 | 1 | 2 | 3 | 4;

/**
 * The step of a divergence of 0 to 100 points. Nothing is 0; up to the threshold, 1; what is flagged takes 2 to 4 by its
 * place between the threshold and 100, so that flagged and not flagged never look alike.
 *
 * @param threshold percentage points [0, 100]
 */
export function heatStep(divergence: number, threshold: number): HeatStep {
  if (divergence <= 0) return 0;
  if (divergence <= threshold) return 1;
  const place = (divergence - threshold) / Math.max(1, 100 - threshold);
  return place < 1 / 3 ? 2 : place < 2 / 3 ? 3 : 4;
}

/** The step of a signed deviation in points: 2 is with the group, 0 far below, 4 far above. */
export function deviationStep(deviation: number, threshold: number): HeatStep {
  const size = Math.abs(deviation);
  if (size <= threshold / 2) return 2;
  const far = size > Math.max(threshold, 1);
  if (deviation < 0) return far ? 0 : 1;
  return far ? 4 : 3;
}

/** A ground with the ink that reads on it, as CSS values. */
export interface Paint {
  readonly background: string;
  readonly ink: string;
}

export const heatPaint = (step: HeatStep): Paint => ({
  background: `var(--heat-${step})`,
  ink: `var(--on-heat-${step})`,
});

export const deviationPaint = (step: HeatStep): Paint => ({
  background: `var(--deviation-${step})`,
  ink: `var(--on-deviation-${step})`,
});
