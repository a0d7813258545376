// Why someone cannot take part in a calibration, or facilitate it, in words that follow a name: "Dmitri works for Kestrel Bank only".
import type { Hindrance } from '@attune/domain';
import { list } from '../lib/format.ts';

type Doing = 'take part' | 'facilitate';

/** What follows the name. `works`: what the person works for, as far as the reader may know it. */
export function hindranceText(
  hindrance: Hindrance,
  works: { readonly names: readonly string[]; readonly andOthers: boolean },
  doing: Doing = 'take part',
): string {
  switch (hindrance.why) {
    case 'deactivated':
      return 'is deactivated';
    case 'unknown':
      return 'is not in your organisation any more';
    case 'guest':
      return 'is a guest, and guests cannot take part for a client';
    case 'role':
      return `has a role that does not ${doing === 'take part' ? 'take part in' : 'facilitate'} calibrations`;
    case 'elsewhere': {
      const { names, andOthers } = works;
      if (names.length === 0) return andOthers ? 'works for other clients only' : 'works for no client yet';
      return `works for ${list(andOthers ? [...names, 'other clients'] : names)} only`;
    }
  }
}

export const mayNot = {
  /** Beside Save: what was to be done about it. */
  scopeTitle: 'Not everyone in it can take part with this choice',
  remedy: 'Remove them from the participants first, or choose another client or line of business.',
  more: (n: number) => `and ${n} more who cannot take part`,
} as const;
