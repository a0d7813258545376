// A table as CSV that any reader takes (RFC 4180) and no spreadsheet runs. Texts are quoted, numbers stand bare; every row has a cell
// for every column.
import { type Options, stringify } from 'csv-stringify/sync';

/** Nothing is an empty cell; a number is a plain decimal. */
export type Cell = string | number | null;

const sign = '[=+\\-@＝＋－﹣−＠]';
/** Apostrophes among it, so that one more or one less changes nothing of where a formula is seen: what was defused comes back. */
const hidden = `\\s"'\\p{Cc}\\p{Cf}`;
const separators = '\\r\\n\\t;\\v\\f\\u0085\\u2028\\u2029';

/**
 * Where a spreadsheet may take text for a formula: at the start of a cell, and, where it splits cells at lines, tabs or semicolons
 * whatever the quotes say, after each of those. Blanks, invisible characters and quotes before the sign do not disarm it, nor does
 * its full-width form; a tab or a line break that begins a cell may be dropped, and what follows moves up.
 */
const start = `(?:^(?='*[\\t\\r\\n]|[${hidden}]*${sign})|(?<=[${separators}])(?=(?:(?![${separators}])[${hidden}])*${sign}))`;
const formulaStart = new RegExp(start, 'gu');
const defusedStart = new RegExp(`${start}'`, 'gu');

const plainNumber = /^-?\d+(\.\d+)?$/;

/** The text with an apostrophe before whatever might begin a formula. A plain number is none. */
export const asText = (text: string): string =>
  plainNumber.test(text) ? text : text.replace(formulaStart, "'");

/** The text that `asText` made this of. */
export const asTyped = (cell: string): string => cell.replace(defusedStart, '');

const asWritten: Options = {
  quoted_string: true,
  record_delimiter: 'windows',
  cast: { string: (cell) => asText(cell) },
};

/** Columns in the order of `names`; with a byte-order mark, by which spreadsheets know UTF-8. */
export const tableToCsv = <Name extends string>(
  names: readonly Name[],
  rows: readonly Readonly<Record<Name, Cell>>[],
): string =>
  stringify([names, ...rows.map((row) => names.map((name) => row[name]))], { ...asWritten, bom: true });

/** Rows alone, for a table that goes out in pieces. The first piece has the names, and the byte-order mark. */
export const rowsToCsv = (rows: readonly (readonly Cell[])[], isFirst: boolean): string =>
  stringify([...rows.map((row) => [...row])], { ...asWritten, bom: isFirst });
