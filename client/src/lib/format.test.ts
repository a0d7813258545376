import { describe, expect, it } from 'vitest';
import { dateText, relativeTime } from './dates.ts';
import { hundredths, initials, isolated, list, percent, points, signed } from './format.ts';

describe('numbers and names as people read them', () => {
  it('[S4] shows one decimal, half away from zero, and a dash where there is nothing', () => {
    expect([62.5, 62.55, 62.549, 0, 100, 33.333, null].map(percent)).toEqual(
      ['62.5', '62.6', '62.5', '0', '100', '33.3'].map((text) => `${text}\u202f%`).concat('–'),
    );
    expect([24.96, 0.05, null].map(points)).toEqual(['25', '0.1', '–']);
    expect([-3.25, 4, 0].map(signed)).toEqual(['−3.3', '+4', '0']);
    expect([250, 100, 33].map(hundredths)).toEqual(['2.5', '1', '0.33']);
  });

  it('[S4] rounds half away from zero for every half there is, and shows no sign on nothing', () => {
    for (let tenths = 0; tenths < 2_000; tenths += 1) {
      const half = (tenths * 10 + 5) / 100;
      expect(points(half)).toBe(String((tenths + 1) / 10));
      expect(points(-half)).toBe(`-${(tenths + 1) / 10}`);
    }
    expect([66.65, 83.35, 66.6499999999999, 0, 1e-9, 99.95].map(points)).toEqual([
      '66.7',
      '83.4',
      '66.6',
      '0',
      '0',
      '100',
    ]);
    expect([-0, -0.04].map(points)).toEqual(['0', '0']);
  });

  it('[C1] joins names as people say them', () => {
    expect(list(['Ana', 'Ben', 'Chloé'])).toBe('Ana, Ben and Chloé');
  });

  it('[C1] says how far a moment is in the largest fitting unit', () => {
    const now = Date.parse('2026-03-10T12:00:00');
    const at = (hours: number) => relativeTime(new Date(now + hours * 3_600_000).toISOString(), now);
    expect([0, -0.5, 3, 24, -24, 72, 24 * 21, -24 * 90].map(at)).toEqual([
      'now',
      '30 minutes ago',
      'in 3 hours',
      'tomorrow',
      'yesterday',
      'in 3 days',
      'in 3 weeks',
      '3 months ago',
    ]);
  });

  it('a long date names its year where it is not this one', () => {
    const now = new Date('2026-11-24T10:00');
    expect(dateText('2026-12-01T10:00', 'long', now)).toBe('Tuesday 1 December at 10:00');
    expect(dateText('2020-01-01T10:00', 'long', now)).toBe('Wednesday, 1 January 2020 at 10:00');
  });

  it('[C2] keeps a plain date on its day in every time zone', () => {
    expect(dateText('2026-03-01')).toBe('1 Mar 2026');
  });

  it('[C9] makes initials of any name', () => {
    expect(['Ana Souza', 'Chloé', 'Dr. Maria del Carmen Ortiz', '', '  '].map(initials)).toEqual([
      'AS',
      'C',
      'DO',
      '?',
      '?',
    ]);
  });
});

it('[C8] a name that runs from right to left does not turn the names beside it', () => {
  expect(isolated('Ana')).toBe('Ana');
  expect(list(['Ana', 'דנה', 'Ben'])).toBe('Ana, \u2068דנה\u2069 and Ben');
});
