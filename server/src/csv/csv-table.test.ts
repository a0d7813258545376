import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asText, asTyped, tableToCsv } from './csv-table.ts';

/** RFC 4180 and nothing else: quoted cells hold anything, rows end with CR LF, two quotes are one. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let rest = text.replace(/^\uFEFF/, '');
  while (rest !== '') {
    const [whole, quoted, bare, end] =
      /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/.exec(rest) ?? ([] as undefined[]);
    if (whole === undefined || end === undefined) throw new Error(`no cell: ${JSON.stringify(rest)}`);
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    rest = rest.slice(whole.length);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** What a reader that splits at lines, tabs or semicolons, whatever is quoted, would run. */
const mayRun = (cell: string): boolean =>
  !/^-?\d+(\.\d+)?$/.test(cell) &&
  cell.split(/[\r\n\t;]/).some((part) => /^[\s"\p{Cc}\u200b]*[=+\-@＝＋－＠]/u.test(part));

const nasty = fc
  .array(
    fc.constantFrom(
      ...['=', '+', '-', '@', '＝', '＋', '－', '＠', '"', "'", ',', ';', '\r', '\n', '\r\n', '\t', ' '],
      ...['\u00a0', '\u200b', '\u2028', '\0', '1', '2.5', 'cmd|/c calc', 'שלום', '😀', '\uFEFF'],
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const withoutGuards = (text: string) => text.replaceAll("'", '');

describe('a table as CSV', () => {
  it('[C12] reads back in any parser, rectangular, whatever people wrote', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(nasty, nasty, fc.option(fc.integer())), { maxLength: 5 }), (written) => {
        const rows = written.map(([one, other, number]) => ({ one, other, number }));
        const [head, ...read] = parseCsv(tableToCsv(['one', 'number', 'other'], rows));
        expect(head).toEqual(['one', 'number', 'other']);
        expect(read).toEqual(
          rows.map(({ one, other, number }) => [asText(one), String(number ?? ''), asText(other)]),
        );
        for (const [one, , other] of read)
          expect([one, other].some((cell) => mayRun(cell ?? ''))).toBe(false);
      }),
    );
  });

  it('[E10] gives a text back as it was typed, whatever was defused', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(asTyped(asText(text))).toBe(text);
      }),
      { numRuns: 2_000 },
    );
    for (const text of ["'=1+1", "''+49 30", '+49 30 123', '-5', "'-5", "O'Brien", ' =x\n@y', "\n'=z"])
      expect(asTyped(asText(text))).toBe(text);
  });

  it('[C12] changes a text by the apostrophes alone', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        expect(withoutGuards(asText(text))).toBe(withoutGuards(text));
      }),
    );
  });

  it('[C12] guards each line of a note, behind blanks and full-width too, and leaves numbers and prose alone', () => {
    expect(asText('Fine\n=cmd|/c calc')).toBe("Fine\n'=cmd|/c calc");
    expect(asText(' \t=1+1')).toBe("' \t'=1+1");
    expect(asText('＝1+1')).toBe("'＝1+1");
    expect(asText('a;"=1+1')).toBe('a;\'"=1+1');
    expect(asText('-5% off')).toBe("'-5% off");
    for (const text of ['-1', '-2.5', '7', 'Warm - and clear', 'a = b', 'me@example.org', ''])
      expect(asText(text)).toBe(text);
  });

  it('[C12] has its header where there is no row', () => {
    expect(tableToCsv(['one'], [])).toBe('\uFEFF"one"\r\n');
  });
});
