import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Meeting, meetingToCalendar } from './calendar.ts';

const meeting: Meeting = {
  sessionId: '0190a000-0000-7000-8000-000000000001',
  name: 'Week 12, cards',
  meetingAt: '2026-03-02T10:00:00.000+02:00',
  url: 'https://attune.example.org/calibrations/0190a000-0000-7000-8000-000000000001',
  number: 7,
};
const now = '2026-02-20T08:30:15.123Z';
const linesOf = (name: string) => meetingToCalendar({ ...meeting, name }, now).split('\r\n');

/** What a calendar reads as the name: unfolded, then unescaped (RFC 5545, 3.1 and 3.3.11). */
function nameOf(file: string): string | undefined {
  const line = file
    .replace(/\r\n /g, '')
    .split('\r\n')
    .find((one) => one.startsWith('SUMMARY:'));
  return line
    ?.slice('SUMMARY:'.length)
    .replace(/\\([\\;,nN])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character));
}

describe('a calendar file', () => {
  it('[O7] says when, what and where, in UTC, for an hour', () => {
    expect(meetingToCalendar(meeting, now).replace(/\r\n /g, '').split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Attune//Calibrations//EN',
      'BEGIN:VEVENT',
      'UID:0190a000-0000-7000-8000-000000000001',
      'SEQUENCE:7',
      'DTSTAMP:20260220T083015Z',
      'DTSTART:20260302T080000Z',
      'DURATION:PT1H',
      'SUMMARY:Week 12\\, cards',
      'DESCRIPTION:https://attune.example.org/calibrations/0190a000-0000-7000-8000-000000000001',
      'URL:https://attune.example.org/calibrations/0190a000-0000-7000-8000-000000000001',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('[O7] no name breaks out of its line', () => {
    const lines = linesOf('Tea; biscuits\\cake\r\nBEGIN:VALARM\nEND:VEVENT\u0007');
    expect(lines).toContain('SUMMARY:Tea\\; biscuits\\\\cake\\nBEGIN:VALARM\\nEND:VEVENT');
  });

  it('[O7] any name is read as it was given, in lines of at most 75 bytes that are whole characters', () => {
    const names = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(names, (name) => {
        const file = meetingToCalendar({ ...meeting, name }, now);
        expect(nameOf(file)).toBe(name);
        for (const line of file.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          // Half a character would not survive being written and read.
          expect(Buffer.from(line).toString()).toBe(line);
        }
      }),
    );
  });
});
