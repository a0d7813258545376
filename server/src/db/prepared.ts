// Statements that come again are prepared: sent, parsed and planned once a connection, and asked in one message from then on. Drizzle
// by itself has each of them described anew, which costs a message each way and most of what PostgreSQL does for a small one.
import type postgres from 'postgres';

/** What is asked once, at start or by hand, is not worth keeping on both sides. */
const preparedFrom = 3;
/** No more than this is kept, on a connection and by PostgreSQL. */
const mostPrepared = 400;
/** A list of values makes a text for each length: long ones would leave no place for what is asked all the time. */
const longList = '$25';
const mostCounted = 10 * mostPrepared;

/** Tells of a statement's text whether to prepare it, counting how often it is asked. */
export function createRepetitions(): (text: string) => boolean {
  const prepared = new Set<string>();
  const asked = new Map<string, number>();
  return (text) => {
    if (prepared.has(text)) return true;
    if (prepared.size >= mostPrepared || text.includes(longList)) return false;
    if (asked.size >= mostCounted) asked.clear();
    const times = (asked.get(text) ?? 0) + 1;
    asked.set(text, times);
    if (times < preparedFrom) return false;
    asked.delete(text);
    prepared.add(text);
    return true;
  };
}

/** The same driver, which prepares what Drizzle asks through it again and again, in a transaction too. */
export function preparing(sql: postgres.Sql): postgres.Sql {
  const isRepeated = createRepetitions();
  const through = <S extends postgres.Sql | postgres.TransactionSql>(driver: S): S =>
    new Proxy(driver, {
      get(target, name) {
        const own: unknown = Reflect.get(target, name);
        if (typeof own !== 'function') return own;
        if (name === 'unsafe')
          return (text: string, values: readonly unknown[] = [], options: object = {}) =>
            own(text, values, { ...options, prepare: isRepeated(text) });
        if (name === 'begin')
          return (...asked: [...string[], (tx: postgres.TransactionSql) => unknown]) => {
            const work = asked.pop();
            return own(...asked, (tx: postgres.TransactionSql) =>
              typeof work === 'function' ? work(through(tx)) : work,
            );
          };
        return own;
      },
    });
  return through(sql);
}
