import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Access,
  admitsGuests,
  type Grant,
  mayChangeIn,
  mayListIn,
  mayReadIn,
  mayTakePartIn,
  type Scope,
} from './access.ts';

const organisation: Scope = { kind: 'organisation' };
const acme: Scope = { kind: 'client', clientId: 'acme' };
const acmeSales: Scope = { kind: 'lob', clientId: 'acme', lobId: 'sales' };
const acmeCare: Scope = { kind: 'lob', clientId: 'acme', lobId: 'care' };
const bolt: Scope = { kind: 'client', clientId: 'bolt' };
const scopes = [organisation, acme, acmeSales, acmeCare, bolt];

const granted = (...grants: Grant[]): Access => ({ kind: 'grants', grants });

describe('the four questions asked of access and scope', () => {
  /** Over: organisation, client acme, its LOB sales, its LOB care, client bolt. */
  const table: readonly [string, Access, { takePart: string; change: string; list: string }][] = [
    [
      'the whole organisation',
      { kind: 'organisation' },
      { takePart: 'yyyyy', change: 'yyyyy', list: 'yyyyy' },
    ],
    [
      'all of acme',
      granted({ clientId: 'acme', lobId: null }),
      { takePart: 'yyyyn', change: 'nyyyn', list: 'yyyyn' },
    ],
    [
      'sales of acme',
      granted({ clientId: 'acme', lobId: 'sales' }),
      { takePart: 'ynynn', change: 'nnynn', list: 'yyynn' },
    ],
    [
      'every known LOB of acme, one by one',
      granted({ clientId: 'acme', lobId: 'sales' }, { clientId: 'acme', lobId: 'care' }),
      { takePart: 'ynyyn', change: 'nnyyn', list: 'yyyyn' },
    ],
    ['nothing', granted(), { takePart: 'ynnnn', change: 'nnnnn', list: 'ynnnn' }],
  ];
  const over = (may: (scope: Scope) => boolean) => scopes.map((scope) => (may(scope) ? 'y' : 'n')).join('');

  for (const [name, access, { takePart, change, list }] of table) {
    it(`[O4] who works for ${name} takes part in, reads, changes and finds in lists what O4 says`, () => {
      expect(over((scope) => mayTakePartIn(access, scope))).toBe(takePart);
      expect(over((scope) => mayReadIn(access, scope))).toBe(takePart);
      expect(over((scope) => mayChangeIn(access, scope))).toBe(change);
      expect(over((scope) => mayListIn(access, scope))).toBe(list);
    });
  }

  const anyClient = fc.constantFrom('acme', 'bolt');
  const anyLob = fc.constantFrom('sales', 'care');
  const anyScope: fc.Arbitrary<Scope> = fc.oneof(
    fc.constant(organisation),
    anyClient.map((clientId): Scope => ({ kind: 'client', clientId })),
    fc.tuple(anyClient, anyLob).map(([clientId, lobId]): Scope => ({ kind: 'lob', clientId, lobId })),
  );
  const anyGrants = fc.array(fc.record({ clientId: anyClient, lobId: fc.option(anyLob) }), { maxLength: 3 });
  const anyAccess: fc.Arbitrary<Access> = fc.oneof(
    fc.constant<Access>({ kind: 'organisation' }),
    anyGrants.map((grants) => granted(...grants)),
  );
  const questions = { mayTakePartIn, mayReadIn, mayChangeIn, mayListIn };

  it('[O4] nobody is shut out of what is organisation-wide, and only all access changes it', () => {
    fc.assert(
      fc.property(anyAccess, (access) => {
        expect(mayTakePartIn(access, organisation)).toBe(true);
        expect(mayReadIn(access, organisation)).toBe(true);
        expect(mayListIn(access, organisation)).toBe(true);
        expect(mayChangeIn(access, organisation)).toBe(access.kind === 'organisation');
      }),
    );
  });

  it('[O4] what one may change one may take part in, and what one may take part in one finds in lists', () => {
    fc.assert(
      fc.property(anyAccess, anyScope, (access, scope) => {
        if (mayChangeIn(access, scope)) expect(mayTakePartIn(access, scope)).toBe(true);
        if (mayTakePartIn(access, scope)) expect(mayListIn(access, scope)).toBe(true);
        if (scope.kind !== 'organisation')
          expect(mayTakePartIn(access, scope)).toBe(mayChangeIn(access, scope));
      }),
    );
  });

  it('[O4] one grant more never takes anything away', () => {
    fc.assert(
      fc.property(anyScope, anyGrants, anyGrants, (scope, some, more) => {
        for (const may of Object.values(questions))
          if (may(granted(...some), scope)) expect(may(granted(...some, ...more), scope)).toBe(true);
      }),
    );
  });

  it('[O4] a client granted whole is as good as each of its lines, and a line of another client is nothing', () => {
    fc.assert(
      fc.property(anyClient, anyLob, anyLob, (clientId, lobId, other) => {
        const scope: Scope = { kind: 'lob', clientId, lobId };
        expect(mayTakePartIn(granted({ clientId, lobId: null }), scope)).toBe(true);
        expect(mayListIn(granted({ clientId: `not ${clientId}`, lobId: other }), scope)).toBe(false);
        expect(mayTakePartIn(granted({ clientId, lobId: other }), scope)).toBe(other === lobId);
      }),
    );
  });

  it('[J1] guests come to what is organisation-wide alone', () => {
    expect(scopes.map(admitsGuests)).toEqual([true, false, false, false, false]);
  });
});
