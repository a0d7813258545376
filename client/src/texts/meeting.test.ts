import { describe, expect, it } from 'vitest';
import { meeting } from './meeting.ts';

describe('who might speak first', () => {
  it('[C9] is named while they are few, and counted in a crowd', () => {
    expect(meeting.lowest(['Ana', 'Ben', 'Chloé'], 0)).toBe('Ana, Ben and Chloé (lowest, 0\u202f%)');
    const crowd = Array.from({ length: 15 }, (_, at) => `Guest ${at}`);
    expect(meeting.highest(crowd, 100)).toBe('any of 15 people (highest, 100\u202f%)');
  });
});
