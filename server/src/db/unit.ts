// One transaction around everything a request does: whoever works inside it through `joinUnits(db)` takes part without knowing,
// and what must wait for the commit says so by `whenCommitted`. Only work that is awaited belongs to it.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database, Tx } from './client.ts';

interface Unit {
  readonly tx: Tx;
  readonly afterCommit: (() => void)[];
  /** Over once the work has ended: what it left running is on its own. */
  isOpen: boolean;
}

const units = new AsyncLocalStorage<Unit>();

const openUnit = (): Unit | undefined => {
  const unit = units.getStore();
  return unit?.isOpen ? unit : undefined;
};

/** Does all of the work, or none of it where it throws. Transactions inside are savepoints of the one around. */
export async function asOneUnit<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const afterCommit: (() => void)[] = [];
  const result = await db.transaction(async (tx) => {
    const unit: Unit = { tx, afterCommit, isOpen: true };
    try {
      return await units.run(unit, () => work(tx));
    } finally {
      unit.isOpen = false;
    }
  });
  for (const act of afterCommit) act();
  return result;
}

/** The same, or part of the unit around where there is one. */
export const inOneUnit = <T>(db: Database, work: () => Promise<T>): Promise<T> =>
  openUnit() ? work() : asOneUnit(db, work);

/** Acts once the unit around is committed, never where it is not; at once where there is none. */
export function whenCommitted(act: () => void): void {
  const unit = openUnit();
  if (unit) unit.afterCommit.push(act);
  else act();
}

/** The same database, which inside a unit is the unit's transaction. */
export function joinUnits(db: Database): Database {
  return new Proxy(db, {
    get(pool, property) {
      const target: Database = openUnit()?.tx ?? pool;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
