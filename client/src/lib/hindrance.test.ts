import { describe, expect, it } from 'vitest';
import { hinderedSentences, hindranceOf } from './hindrance.ts';

const clients = [
  { id: 'k', name: 'Kestrel Bank', lobs: [{ id: 'c', name: 'Cards' }] },
  { id: 'a', name: 'Aurora', lobs: [] },
];
const elsewhere = (...grants: { clientId: string; lobId: string | null }[]) =>
  ({ why: 'elsewhere', access: { kind: 'grants', grants } }) as const;

describe('why someone cannot take part', () => {
  it('[O4] says whom they work for, by the names the reader may know', () => {
    expect(hindranceOf(elsewhere({ clientId: 'k', lobId: null }), clients)).toBe(
      'works for Kestrel Bank only',
    );
    const both = elsewhere({ clientId: 'k', lobId: 'c' }, { clientId: 'a', lobId: null });
    expect(hindranceOf(both, clients)).toBe('works for Kestrel Bank, Cards and Aurora only');
    const secret = elsewhere({ clientId: 'a', lobId: null }, { clientId: 'x', lobId: null });
    expect(hindranceOf(secret, clients)).toBe('works for Aurora and other clients only');
    expect(hindranceOf(elsewhere({ clientId: 'x', lobId: null }), clients)).toBe(
      'works for other clients only',
    );
    expect(hindranceOf(elsewhere(), clients)).toBe('works for no client yet');
  });

  it('[O4] never speaks of clients where the trouble is another', () => {
    for (const why of ['role', 'deactivated', 'unknown'] as const)
      expect([why, hindranceOf({ why }, clients)]).toEqual([why, expect.not.stringMatching(/client|scope/)]);
    expect(hindranceOf({ why: 'role' }, clients, 'facilitate')).toContain('does not facilitate');
  });

  it('[O4] names everyone whom a refusal is about, and reads nothing into another’s', () => {
    const refusal = {
      code: 'may-not-take-part',
      people: [
        { memberId: 'd', ...elsewhere({ clientId: 'a', lobId: null }) },
        { memberId: 'g', why: 'guest' },
        { memberId: 'gone', why: 'unknown' },
      ],
    };
    const names: Record<string, string> = { d: 'Dmitri', g: 'Gus' };
    expect(hinderedSentences({ refusal }, (id) => names[id], clients)).toEqual([
      'Dmitri works for Aurora only.',
      'Gus is a guest, and guests cannot take part for a client.',
      'Someone is not in your organisation any more.',
    ]);
    for (const extensions of [
      {},
      { refusal: { code: 'stale' } },
      { refusal: { people: [{ why: 'odd' }, 3] } },
    ])
      expect(hinderedSentences(extensions, () => undefined, clients)).toEqual([]);
  });
});
