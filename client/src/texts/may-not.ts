// Why someone cannot take part in a calibration, or facilitate it, in words that follow a name: "Dmitri works for Kestrel Bank only".
import type { Hindrance } from '@attune/domain';
import { list } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';

type Doing = 'take part' | 'facilitate';

/** What follows the name. `works`: what the person works for, as far as the reader may know it. */
export function hindranceText(
  hindrance: Hindrance,
  works: { readonly names: readonly string[]; readonly andOthers: boolean },
  doing: Doing = 'take part',
): string {
  switch (hindrance.why) {
    case 'deactivated':
      return m.mayNot_deactivated();
    case 'no-sign-in':
      return m.mayNot_noSignIn();
    case 'unknown':
      return m.mayNot_unknown();
    case 'guest':
      return m.mayNot_guest();
    case 'role':
      return m.mayNot_role({ doing });
    case 'elsewhere': {
      const { names, andOthers } = works;
      if (names.length === 0) return andOthers ? m.mayNot_othersOnly() : m.mayNot_noClient();
      return m.mayNot_only({ names: list(andOthers ? [...names, m.mayNot_others()] : names) });
    }
  }
}
