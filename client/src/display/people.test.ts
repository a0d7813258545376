import { describe, expect, it } from 'vitest';
import { roomPeople, signsOf } from './people.ts';

describe('people on the meeting screen', () => {
  it('[J3] with names hidden are letters on tiles, and “Evaluator A” in sentences', () => {
    const shown = roomPeople([{ participantId: 'p', letter: 'A', name: null, own: false }]);
    expect(shown.get('p')).toEqual({ id: 'p', name: 'Evaluator A', short: 'A', sign: 'A' });
  });

  it('[J4] have signs that tell them apart', () => {
    const names = [
      'Ana Arnold',
      'Alf Ames',
      'Ali Abel',
      'Alma Aal',
      'Ben Okafor',
      'Cher',
      ...Array(30).fill('Ana Arnold'),
    ];
    const signs = signsOf(names);
    expect(signs.slice(0, 6)).toEqual(['AA', 'Al', 'Ab', 'Aa', 'BO', 'C']);
    expect(new Set(signs).size).toBe(names.length);
  });
});
