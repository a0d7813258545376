// One transaction around everything a session's command does: whoever works inside it through `joinUnits(db)` takes part without
// knowing, and what must wait for the commit says so by `whenCommitted`. Only work that is awaited belongs to it. Everything else
// is handed its transaction (`transact.ts`).
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database, Tx } from './client.ts';
import { transact, type Unit } from './transact.ts';

interface OpenUnit extends Unit {
  /** Over once the work has ended: what it left running is on its own. */
  isOpen: boolean;
}

const units = new AsyncLocalStorage<OpenUnit>();
const pools = new WeakMap<Database, Database>();

const openUnit = (): Unit | undefined => {
  const unit = units.getStore();
  return unit?.isOpen ? unit : undefined;
};

/** Does the work as part of the transaction. */
export async function inUnit<T>(of: Unit, work: () => Promise<T>): Promise<T> {
  const unit: OpenUnit = { ...of, isOpen: true };
  try {
    return await units.run(unit, work);
  } finally {
    unit.isOpen = false;
  }
}

/** Does all of the work or none, as part of the unit around where there is one. */
export const inOneUnit = <T>(db: Database, work: () => Promise<T>): Promise<T> =>
  openUnit() ? work() : transact(db, (unit) => inUnit(unit, work));

/** Acts once the unit around is committed, never where it is not; at once where there is none. */
export function whenCommitted(act: () => void): void {
  const unit = openUnit();
  if (unit) unit.whenCommitted(act);
  else act();
}

/** A transaction of whoever joined, for those that are handed theirs. */
export const unitOf = (tx: Tx): Unit => ({ tx, whenCommitted });

/** The same database, which inside a unit is the unit's transaction. */
export function joinUnits(db: Database): Database {
  const joined = new Proxy(db, {
    get(pool, property) {
      const target: Database = openUnit()?.tx ?? pool;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  pools.set(joined, db);
  return joined;
}

/** What `joinUnits` was given. */
export const poolOf = (db: Database): Database => pools.get(db) ?? db;
