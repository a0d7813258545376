import { describe, expect, it } from 'vitest';
import type { Answer, Sheet } from './answer.ts';
import { buildBoard } from './build-board.ts';
import { passedBy, passes } from './pass-mark.ts';
import { fraction, toPercent } from './points.ts';
import { binary, fail, pass, scale, scorecardOf, value } from './questions.fixture.ts';
import type { Scorecard } from './scorecard.ts';

describe('passing a call', () => {
  it('[C8b] a total at the pass mark passes, one below it does not, however near', () => {
    expect(passes(fraction(4, 5), 8_000)).toBe(true);
    expect(passes(fraction(2, 3), 6_667)).toBe(false);
    expect(passes(fraction(2, 3), 6_666)).toBe(true);
    // As a double it is 80 to the last bit.
    const justBelow = fraction(8n * 10n ** 20n - 1n, 10n ** 21n);
    expect(toPercent(justBelow)).toBe(80);
    expect(passes(justBelow, 8_000)).toBe(false);
  });

  it('[C8b] without a total or a pass mark nobody passes or fails', () => {
    expect(passes(null, 8_000)).toBeNull();
    expect(passes(fraction(1), null)).toBeNull();
    expect(passes(fraction(0), 0)).toBe(true);
  });

  it('[C8b] is asked of each person’s answers; a failed critical question fails the call', () => {
    const card: Scorecard = scorecardOf(scale('a', 0, 10), binary('b', { critical: 'scorecard' }));
    const sheet = (a: Answer, b: Answer): Sheet => ({
      a: { answer: a, comment: '', evidence: [] },
      b: { answer: b, comment: '', evidence: [] },
    });
    const board = buildBoard({
      scorecard: card,
      thresholdHundredths: 1_000,
      participants: [
        { id: 'at', sheet: sheet(value(6), pass) },
        { id: 'below', sheet: sheet(value(5), pass) },
        { id: 'critical', sheet: sheet(value(10), fail) },
        { id: 'none', sheet: sheet({ kind: 'na' }, { kind: 'na' }) },
      ],
    });
    expect([...passedBy(card, board)]).toEqual([
      ['at', true],
      ['below', false],
      ['critical', false],
      ['none', null],
    ]);
    expect([...passedBy({ ...card, passMarkHundredths: null }, board).values()]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
