// A table out of text that comes in pieces: comma, semicolon or tab between its cells, line breaks of any kind, quoted ones among
// them. Holds one row at a time. What a spreadsheet was kept from running (`csv-table.ts`) comes back as it was typed.
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { asTyped } from './csv-table.ts';

export interface ReadRow {
  /** The line it begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Why a text is no table. */
export class TableError extends Error {
  readonly code: 'quote-open' | 'record-too-long';
  /** Where the row begins in which it was seen. */
  readonly line: number;
  constructor(code: TableError['code'], line: number) {
    super(`${code} on line ${line}`);
    this.code = code;
    this.line = line;
  }
}

const mostRowCharacters = 256 * 1024;
const delimiters = [',', ';', '\t'] as const;

/** What stands between the cells, by the first line: whatever is there most often outside quotes. */
export function delimiterOf(firstLine: string): string {
  const bare = firstLine.replace(/"(?:[^"]|"")*"/g, '');
  const counts = delimiters.map((delimiter) => bare.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** The first line that says something, and the pieces with it still in them. */
async function firstLineOf(texts: AsyncIterator<string>): Promise<{ line: string; text: string }> {
  let text = '';
  for (;;) {
    const line = /^\s*([^\r\n]+)[\r\n]/.exec(text)?.[1];
    if (line !== undefined) return { line, text };
    const next = text.length > mostRowCharacters ? { done: true, value: undefined } : await texts.next();
    if (next.done) return { line: text.trim(), text };
    text += next.value;
  }
}

/**
 * Hands on each row but empty ones, in order, and waits for it to be taken.
 * @throws {TableError}
 */
export async function readTable(
  texts: AsyncIterable<string>,
  take: (row: ReadRow) => Promise<void> | void,
): Promise<void> {
  const pieces = texts[Symbol.asyncIterator]();
  const { line: first, text } = await firstLineOf(pieces);
  // Spreadsheets may say so themselves.
  const said = /^sep=(.)$/i.exec(first)?.[1];
  let line = 1;
  const parser = parse({
    delimiter: said ?? delimiterOf(first),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: mostRowCharacters,
    // Counted here: the parser takes a quoted CR LF for two lines, and hands nothing on that it read before it failed.
    on_record: (record: string[]): string[] => {
      const begins = line;
      line += 1 + record.reduce((breaks, cell) => breaks + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
      return [String(begins), ...record.map(asTyped)];
    },
  });
  async function* whole() {
    yield text;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  }
  try {
    await pipeline(whole(), parser, async (rows: AsyncIterable<string[]>) => {
      for await (const [at, ...cells] of rows) {
        const row = { line: Number(at), cells };
        const isSaid = said !== undefined && row.line === 1;
        if (!isSaid && cells.some((cell) => cell.trim() !== '')) await take(row);
      }
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new TableError(error.code === 'CSV_MAX_RECORD_SIZE' ? 'record-too-long' : 'quote-open', line);
  }
}
