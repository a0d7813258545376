// What a field for a number says of what it cannot take.

import { hundredths } from '../lib/format.ts';
import type { NumberRange } from '../lib/number-entry.ts';

export const numbers = {
  choose: ({ least, most, step = 1 }: NumberRange) =>
    `Choose ${hundredths(least)} to ${hundredths(most)}${
      step === 1
        ? ', with at most two decimals'
        : step === 100
          ? ', in whole numbers'
          : `, in steps of ${hundredths(step)}`
    }.`,
} as const;
