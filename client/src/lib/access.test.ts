import { describe, expect, it } from 'vitest';
import { accessParts, hasGrant, toggleGrant } from './access.ts';

const clients = [
  { id: 'n', name: 'Northwind', lobs: [{ id: 'c', name: 'Claims' }] },
  { id: 'f', name: 'Fabrikam', lobs: [] },
];

describe('access in words and choices', () => {
  it('[O3] names the whole organisation, whole clients and single lines', () => {
    expect(accessParts({ kind: 'organisation' }, clients)).toEqual(['Whole organisation']);
    const grants = [
      { clientId: 'f', lobId: null },
      { clientId: 'n', lobId: 'c' },
      { clientId: 'gone', lobId: null },
    ];
    expect(accessParts({ kind: 'grants', grants }, clients)).toEqual([
      'Fabrikam',
      'Northwind, Claims',
      'A removed client',
    ]);
  });

  it('[O3] a whole client takes the place of its single lines', () => {
    const one = toggleGrant([], { clientId: 'n', lobId: 'c' });
    const whole = toggleGrant(one, { clientId: 'n', lobId: null });
    expect(whole).toEqual([{ clientId: 'n', lobId: null }]);
    expect(hasGrant(whole, { clientId: 'n', lobId: 'c' })).toBe(false);
    expect(toggleGrant(whole, { clientId: 'n', lobId: null })).toEqual([]);
  });
});
