import { describe, expect, it, vi } from 'vitest';
import { createLog } from '../ops/log.ts';
import { Compaction, compactAboveRows, retryAfterRows } from './compaction.ts';

/** A journal of so many rows, and the compactions begun in it, each ended by hand. */
function journalOf(rows: number) {
  const begun: ((error: Error | null) => void)[] = [];
  const compaction = new Compaction(rows, {
    log: createLog('silent'),
    compact: () =>
      new Promise((resolve, reject) => {
        begun.push((error) => (error ? reject(error) : resolve()));
      }),
  });
  const store = (count: number) => {
    for (let row = 0; row < count; row += 1) compaction.countRow();
  };
  const end = async (outcome: 'done' | 'failed') => {
    begun.at(-1)?.(outcome === 'done' ? null : new Error('failed'));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { compaction, begun, store, end };
}

describe('the compaction of a journal', () => {
  it('[live 2] goes on one at a time, and counts what is stored meanwhile', async () => {
    const { compaction, begun, store, end } = journalOf(compactAboveRows.open);
    expect(begun).toHaveLength(0);
    store(1);
    expect(begun).toHaveLength(1);
    store(50);
    expect(begun).toHaveLength(1);
    await end('done');
    expect(compaction.rows).toBe(51);
  });

  it('[live 2] that failed leaves its rows counted, and is tried again before long, but not at every row', async () => {
    const { compaction, begun, store, end } = journalOf(compactAboveRows.open);
    store(1);
    await end('failed');
    expect(compaction.rows).toBe(compactAboveRows.open + 1);
    store(retryAfterRows);
    expect(begun).toHaveLength(1);
    store(1);
    expect(begun).toHaveLength(2);
    await end('done');
    expect(compaction.rows).toBe(1);
    store(compactAboveRows.open - 1);
    expect(begun).toHaveLength(2);
  });

  it('[live 2] is made when the document is put away, also where one failed while it was open', async () => {
    const { compaction, begun, store, end } = journalOf(compactAboveRows.open);
    store(1);
    await end('failed');
    const closed = compaction.close();
    await vi.waitFor(() => expect(begun).toHaveLength(2));
    await end('done');
    await closed;
    expect(compaction.rows).toBe(1);

    const short = journalOf(compactAboveRows.closed);
    await short.compaction.close();
    expect(short.begun).toHaveLength(0);
  });
});
