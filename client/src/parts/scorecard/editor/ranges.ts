// What numbers a draft takes, in hundredths.
import type { NumberRange } from '../../../lib/number-entry.ts';

export const weightRange: NumberRange = { least: 0, most: 100_000_000 };
export const pointsRange: NumberRange = { least: 0, most: 100_000_000 };
export const valueRange: NumberRange = { least: -100_000_000, most: 100_000_000 };
export const stepRange: NumberRange = { least: 1, most: 100_000_000 };
export const percentRange: NumberRange = { least: 0, most: 10_000 };
/** Whole hours. */
export const hoursRange: NumberRange = { least: 0, most: 876_000, step: 100 };
