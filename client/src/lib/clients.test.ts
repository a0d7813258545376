import { describe, expect, it } from 'vitest';
import { livingClients } from './clients.ts';

const lob = (id: string, archived = false) => ({ id, name: id, archived });
const clients = [
  { id: 'bank', name: 'Bank', archived: false, lobs: [lob('cards'), lob('loans', true)] },
  { id: 'old', name: 'Old', archived: true, lobs: [lob('billing')] },
];
const ids = (of: ReturnType<typeof livingClients>) =>
  of.map(({ id, lobs }) => [id, lobs.map((one) => one.id)]);

describe('clients that are offered', () => {
  it('[O3] are those that are not archived, with lines that are not', () => {
    expect(ids(livingClients(clients))).toEqual([['bank', ['cards']]]);
  });

  it('[O3] and what is chosen already, so that it can be taken away', () => {
    expect(
      ids(livingClients(clients, (clientId, lobId) => clientId === 'old' && lobId === 'billing')),
    ).toEqual([
      ['bank', ['cards']],
      ['old', ['billing']],
    ]);
  });
});
