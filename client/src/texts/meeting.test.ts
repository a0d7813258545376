import { describe, expect, it } from 'vitest';
import { meeting } from './meeting.ts';

describe('who might speak first', () => {
  it('[C9] is named while they are few, and counted in a crowd', () => {
    expect(meeting.lowest(['Ana', 'Ben', 'Chloé'], 'Fail')).toBe('Ana, Ben and Chloé (lowest, Fail)');
    const crowd = Array.from({ length: 15 }, (_, at) => `Guest ${at}`);
    expect(meeting.highest(crowd, '4.5')).toBe('any of 15 people (highest, 4.5)');
  });
});
