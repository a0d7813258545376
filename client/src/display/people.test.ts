import { describe, expect, it } from 'vitest';
import { roomPeople, signsOf } from './people.ts';

describe('people on the meeting screen', () => {
  it('[J3] with names hidden are letters on tiles, and “Evaluator A” in sentences', () => {
    const shown = roomPeople([{ participantId: 'p', letter: 'A', name: null, guest: false }]);
    expect(shown.get('p')).toEqual({ id: 'p', name: 'Evaluator A', short: 'A', sign: 'A' });
  });

  it('[J1] say who is a guest, and never of a letter', () => {
    const person = { letter: 'A', guest: true };
    const named = roomPeople([{ ...person, participantId: 'p', name: 'Jo Gast' }]);
    expect(named.get('p')).toEqual({ id: 'p', name: 'Jo (guest)', short: 'Jo (guest)', sign: 'JG' });
    expect(roomPeople([{ ...person, participantId: 'p', name: null }]).get('p')?.short).toBe('A');
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
