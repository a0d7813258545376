import { expect, it } from 'vitest';
import { nameMatches } from './name-search.ts';
import { offsetText, timeZones } from './time-zones.ts';

const found = (typed: string) => nameMatches(timeZones('UTC'), typed).map(({ id }) => id);

it('[O1] a time zone is found by its place, also where the place has two words', () => {
  expect(found('berlin')).toContain('Europe/Berlin');
  expect(found('new york')).toContain('America/New_York');
  expect(found('utc')).toContain('UTC');
  expect([found('kolkata'), found('ho chi')]).toEqual([['Asia/Kolkata'], ['Asia/Ho_Chi_Minh']]);
});

it('[O1] the one that stands is offered, though the browser calls it otherwise', () => {
  expect(timeZones('Asia/Calcutta').map(({ id }) => id)).toContain('Asia/Calcutta');
});

it('[O1] says how far its clocks are from UTC at the moment', () => {
  expect(offsetText('Europe/Berlin', new Date('2026-07-01T12:00Z'))).toBe('UTC+2');
  expect(offsetText('America/New_York', new Date('2026-01-01T12:00Z'))).toBe('UTC\u22125');
  expect(offsetText('Mars/Phobos')).toBe('');
});
