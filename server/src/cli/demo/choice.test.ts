import { describe, expect, it } from 'vitest';
import { StartError } from '../../start-error.ts';
import { type Choice, chooseDemo } from './choice.ts';

const usual: Choice = { wanted: null, holds: 'nothing', dataDir: '/srv/attune', openedBy: null };
const choose = (over: Partial<Choice>) => chooseDemo({ ...usual, ...over });
function refusal(over: Partial<Choice>): string {
  try {
    return String(choose(over));
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
}

describe('chooseDemo', () => {
  it('[O6] an empty database becomes the demo unless DEMO=0 says otherwise', () => {
    for (const holds of ['nothing', 'part'] as const) {
      expect([choose({ holds }), choose({ holds, wanted: true }), choose({ holds, wanted: false })]).toEqual([
        true,
        true,
        false,
      ]);
    }
  });

  it('[O6] a database begun for real stays so, whoever can reach it, and is never made a demo', () => {
    for (const openedBy of [null, 'HOST is "0.0.0.0"']) {
      expect(choose({ holds: 'own', openedBy })).toBe(false);
      expect(choose({ holds: 'own', wanted: false, openedBy })).toBe(false);
      expect(refusal({ holds: 'own', wanted: true, openedBy })).toBe(
        'DEMO is 1, and the data folder /srv/attune was begun for real use, where nobody signs in by a click: leave DEMO out, or set DATA_DIR to another folder for the demo.',
      );
    }
  });

  it('[O6] the demo is not passed off as an empty database', () => {
    expect(choose({ holds: 'demo' })).toBe(true);
    expect(refusal({ holds: 'demo', wanted: false })).toMatch(/^DEMO is 0, .*holds the demo: set DATA_DIR/);
  });

  it('[O6] where others can open it, the demo wants DEMO=1, and the refusal names both ways on', () => {
    const openedBy = 'HOST is "0.0.0.0"';
    for (const holds of ['nothing', 'part', 'demo'] as const) {
      expect(choose({ holds, openedBy, wanted: true })).toBe(true);
      const told = refusal({ holds, openedBy });
      expect(told).toMatch(/^HOST is "0\.0\.0\.0", .*by a click: set DEMO=1 if they may, or DEMO=0/);
      expect(told.includes('DATA_DIR')).toBe(holds === 'demo');
    }
    expect(choose({ openedBy, wanted: false })).toBe(false);
  });
});
