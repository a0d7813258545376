import type { Grant } from '@attune/domain';
import { describe, expect, it } from 'vitest';
import { offeredClients } from './clients.ts';

const lob = (id: string, archived = false) => ({ id, name: id, archived });
const clients = [
  { id: 'bank', name: 'Bank', archived: false, lobs: [lob('cards'), lob('loans', true)] },
  { id: 'old', name: 'Old', archived: true, lobs: [lob('billing')] },
];
const names = (of: ReturnType<typeof offeredClients>) =>
  of.map(({ clientName, lobName }) => (lobName === null ? clientName : `${clientName}, ${lobName}`));

describe('clients that are offered', () => {
  it('[O3] are those that are not archived, each followed by its lines that are not', () => {
    expect(names(offeredClients(clients))).toEqual(['Bank', 'Bank, cards']);
  });

  it('[O3] and what is chosen already, so that it can be taken away', () => {
    const isKept = ({ clientId, lobId }: Grant) => clientId === 'old' && lobId === 'billing';
    expect(names(offeredClients(clients, isKept))).toEqual(['Bank', 'Bank, cards', 'Old', 'Old, billing']);
  });
});
