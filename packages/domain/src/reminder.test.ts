import { expect, it } from 'vitest';
import { decideReminder, remindersCountSince } from './reminder.ts';

const now = '2026-03-02T10:00:00.000Z';
const ana = { memberId: 'ana' };
const ben = { memberId: 'ben' };

it('[O7] whoever was reminded less than a quarter of an hour ago is left alone', () => {
  const last = new Map([['ana', '2026-03-02T09:45:00.001Z']]);
  expect(decideReminder([ana, ben], last, now)).toEqual({ ok: true, due: [ben] });
});

it('[O7] after a quarter of an hour one may be reminded again', () => {
  const last = new Map([['ana', '2026-03-02T09:45:00.000Z']]);
  expect(remindersCountSince(now)).toBe('2026-03-02T09:45:00.000Z');
  expect(decideReminder([ana], last, now)).toEqual({ ok: true, due: [ana] });
});

it('[O7] where everyone was reminded lately, says when the first may be again', () => {
  const last = new Map([
    ['ana', '2026-03-02T09:58:00.000Z'],
    ['ben', '2026-03-02T09:50:00.000Z'],
  ]);
  const refusal = { code: 'reminded-recently', againAt: '2026-03-02T10:05:00.000Z' };
  expect(decideReminder([ana, ben], last, now)).toEqual({ ok: false, refusal });
});

it('[O7] there is nobody to remind where nobody is missing', () => {
  expect(decideReminder([], new Map(), now)).toEqual({ ok: false, refusal: { code: 'not-a-participant' } });
});
