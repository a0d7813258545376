// What an import would do, and what is wrong with a file or a cell of it.
import type { BadRow, ImportCounts, ImportProblem } from '@attune/contract';
import { list } from '../lib/format.ts';
import { m } from '../paraglide/messages.js';

/** A column by its name; what stands beyond the named ones by its number. */
export const columnName = (column: string): string =>
  /^\d+$/.test(column) ? m.import_columnNumber({ number: Number(column) }) : column;

/** What is wrong with a cell, and what is allowed there. */
export function badCell({ code, found, allowed }: Pick<BadRow, 'code' | 'found' | 'allowed'>): string {
  const wrong = m.import_fault({ code, found });
  return allowed.length > 0 ? `${wrong} ${m.import_allowed({ allowed: list(allowed) })}` : wrong;
}

/** What to do about a file that cannot be read. */
export const importProblemDetail = ({ code, line, found, known }: ImportProblem): string =>
  m.import_problemDetail({ code, line: String(line ?? ''), found: list(found), known: list(known) });

/** The dry run in parts, those that are nothing left out. */
export const whatWouldHappen = (counts: ImportCounts): { what: string; count: number }[] =>
  [
    { what: m.import_wouldMake(), count: counts.make },
    { what: m.import_wouldChange(), count: counts.change },
    { what: m.import_wouldLeave(), count: counts.leave },
    { what: m.import_wouldBe_bad(), count: counts.bad },
  ].filter(({ count }, at) => count > 0 || at === 0);

/** What was done. */
export const importedWords = ({ make, change, leave }: ImportCounts): string =>
  list([
    ...(make > 0 ? [m.import_made({ count: make })] : []),
    ...(change > 0 ? [m.import_changedCount({ count: change })] : []),
    ...(leave > 0 ? [m.import_leftCount({ count: leave })] : []),
  ]);
