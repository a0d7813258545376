// What a field for a number says of what it cannot take.

import { hundredths } from '../lib/format.ts';
import type { NumberRange } from '../lib/number-entry.ts';
import { m } from '../paraglide/messages.js';

export const numbers = {
  choose: ({ least, most, step = 1 }: NumberRange): string => {
    const range = { least: hundredths(least), most: hundredths(most) };
    if (step === 1) return m.numbers_choose(range);
    return step === 100
      ? m.numbers_chooseWhole(range)
      : m.numbers_chooseSteps({ ...range, step: hundredths(step) });
  },
} as const;
