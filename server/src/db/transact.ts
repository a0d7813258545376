// One transaction, passed by hand to whoever takes part in it, with what must wait for its commit.
import type { Database, Tx } from './client.ts';

export interface Unit {
  readonly tx: Tx;
  /** Acts once the transaction is committed, in the order of asking; never where it is undone. `act` must not throw. */
  whenCommitted(act: () => void): void;
}

/** Does all of the work, or none of it where it throws; then acts. */
export async function transact<T>(db: Database, work: (unit: Unit) => Promise<T>): Promise<T> {
  const acts: (() => void)[] = [];
  const result = await db.transaction((tx) => work({ tx, whenCommitted: (act) => acts.push(act) }));
  for (const act of acts) act();
  return result;
}

/** Reads all of one moment: a reader takes no lock, and must not see half a command. */
export const inSnapshot = <T>(db: Database, read: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction(read, { isolationLevel: 'repeatable read', accessMode: 'read only' });
