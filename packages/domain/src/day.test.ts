import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, isTimeZone, nextDay, startOfDay } from './day.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/Havana',
  'Asia/Beirut',
];

describe('days of a time zone', () => {
  it('[O1] begin where the clocks there say midnight', () => {
    expect(startOfDay('2026-03-01', 'UTC')).toBe('2026-03-01T00:00:00.000Z');
    expect(startOfDay('2026-03-01', 'Europe/Berlin')).toBe('2026-02-28T23:00:00.000Z');
    expect(startOfDay('2026-07-01', 'Europe/Berlin')).toBe('2026-06-30T22:00:00.000Z');
    expect(startOfDay('2026-03-01', 'America/New_York')).toBe('2026-03-01T05:00:00.000Z');
    expect(startOfDay('2026-03-01', 'Asia/Kolkata')).toBe('2026-02-28T18:30:00.000Z');
    expect(dayOf('2026-03-01T02:00:00Z', 'America/New_York')).toBe('2026-02-28');
  });

  it('[O1] a day whose midnight is skipped begins with its first minute, one that has two with the earlier', () => {
    expect(startOfDay('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
    expect(startOfDay('2026-11-01', 'America/Havana')).toBe('2026-11-01T04:00:00.000Z');
  });

  it('[O1] follow one another without a gap: an instant is in the day it falls on, and in no other', () => {
    const instants = fc.date({
      min: new Date('1971-01-01'),
      max: new Date('2080-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (date, zone) => {
        const instant = date.toISOString();
        const day = dayOf(instant, zone);
        expect(startOfDay(day, zone) <= instant).toBe(true);
        expect(instant < startOfDay(nextDay(day), zone)).toBe(true);
        expect(dayOf(startOfDay(day, zone), zone)).toBe(day);
      }),
    );
  });

  it('[O1] names of time zones are IANA’s', () => {
    expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
    expect(['', '+01:00', 'Mars/Phobos', 'Europe', "UTC'; drop"].filter(isTimeZone)).toEqual([]);
  });
});
