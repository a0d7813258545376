import { afterAll, describe, expect, it } from 'vitest';
import { countDaysIn, dateText, relativeTime } from './dates.ts';
import {
  hundredths,
  initials,
  isolated,
  list,
  percent,
  percentAsSet,
  percentBeside,
  percents,
  rounded,
  signed,
} from './format.ts';

const inPercent = (...texts: string[]) => texts.map((text) => `${text}\u202f%`);

describe('numbers and names as people read them', () => {
  it('[S4] shows one decimal, half away from zero, and a dash where there is nothing', () => {
    expect([62.5, 62.55, 62.549, 0, 100, 33.333].map(percent)).toEqual(
      inPercent('62.5', '62.6', '62.5', '0', '100', '33.3'),
    );
    expect([percent(null), percentBeside(null, 10), signed(null)]).toEqual(['–', '–', '–']);
    expect([-3.25, 4, 0, 0.04, -0.04].map(signed)).toEqual(inPercent('−3.3', '+4', '0', '0', '0'));
    expect([250, 100, 33, -250].map(hundredths)).toEqual(['2.5', '1', '0.33', '−2.5']);
  });

  it('[C8b] no rounding contradicts a comparison: it takes as many decimals as show the strict order', () => {
    expect(percentBeside(100 / 3, 33.33)).toBe('33.333\u202f%');
    expect(percentBeside(100 / 3, 33.3)).toBe('33.33\u202f%');
    expect(percentBeside(100 / 3, 10)).toBe('33.3\u202f%');
    expect(percentBeside(0.04, 0)).toBe('0.04\u202f%');
    expect(percentBeside(9.96, 10)).toBe('9.96\u202f%');
    expect([33.33, 10, 0].map((limit) => percentBeside(limit, limit))).toEqual(inPercent('33.33', '10', '0'));
    expect(percents(33.26, 33.34)).toEqual(inPercent('33.26', '33.34'));
    expect([percents(70, 0), percents(25, 25)]).toEqual([inPercent('70', '0'), inPercent('25', '25')]);
  });

  it('[C8b] shows a percentage that was set as it was set', () => {
    expect([1_000, 3_333, 5].map(percentAsSet)).toEqual(inPercent('10', '33.33', '0.05'));
  });

  it('[S4] rounds half away from zero for every half there is, and shows no sign on nothing', () => {
    for (let tenths = 0; tenths < 2_000; tenths += 1) {
      const half = (tenths * 10 + 5) / 100;
      const expected = new Intl.NumberFormat('en-GB').format((tenths + 1) / 10);
      expect(rounded(half)).toBe(expected);
      expect(rounded(-half)).toBe(`−${expected}`);
    }
    const values = [66.65, 83.35, 66.6499999999999, 0, 1e-9, 99.95, -0, -0.04];
    expect(values.map((value) => rounded(value))).toEqual([
      '66.7',
      '83.4',
      '66.6',
      '0',
      '0',
      '100',
      '0',
      '0',
    ]);
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

describe('days of the organisation', () => {
  afterAll(() => countDaysIn(Intl.DateTimeFormat().resolvedOptions().timeZone));

  it('[O1] are the same wherever the reader is: what is due at midnight there is due tomorrow', () => {
    const [due, now] = ['2026-03-03T03:00:00Z', Date.parse('2026-03-01T23:00:00Z')];
    const read = (zone: string) => {
      countDaysIn(zone);
      return [dateText(due), relativeTime(due, now), dateText('2026-03-01')];
    };
    expect(read('Asia/Tokyo')).toEqual(['3 Mar 2026', 'tomorrow', '1 Mar 2026']);
    expect(read('Europe/London')).toEqual(['3 Mar 2026', 'in 2 days', '1 Mar 2026']);
    expect(read('America/Los_Angeles')).toEqual(['2 Mar 2026', 'tomorrow', '1 Mar 2026']);
  });

  it('[O1] stay as they were where the browser does not know the time zone', () => {
    countDaysIn('Asia/Tokyo');
    countDaysIn('Mars/Phobos');
    expect(dateText('2026-03-02T20:00:00Z')).toBe('3 Mar 2026');
  });
});
