// Tables as the usual programs save them, in whatever pieces they come.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsToCsv } from './csv-table.ts';
import { decoded, type Encoding, EncodingLook } from './encoding.ts';
import { type ReadRow, readTable, TableError } from './read-table.ts';

function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

function encodingOf(bytes: Uint8Array, size = 3): Encoding | null {
  const look = new EncodingLook();
  for (const piece of inPieces(bytes, size)) look.add(piece);
  return look.end();
}

async function read(bytes: Uint8Array, size = 3): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  await readTable(decoded(inPieces(bytes, size), encodingOf(bytes, size) ?? 'utf-8'), (row) => {
    rows.push(row);
  });
  return rows;
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, mark = '\uFEFF') => new Uint8Array(Buffer.from(mark + text, 'utf16le'));
const cellsOf = async (text: string) => (await read(utf8(text))).map(({ cells }) => cells);

describe('an encoding', () => {
  it('[E10] is told by its mark, else by what the bytes can be', () => {
    expect(encodingOf(utf8('\uFEFFZoë'))).toBe('utf-8');
    expect(encodingOf(utf8('Zoë 😀'))).toBe('utf-8');
    expect(encodingOf(utf16('Zoë'))).toBe('utf-16le');
    expect(encodingOf(utf16('name;roles', ''))).toBe('utf-16le');
    expect(encodingOf(new Uint8Array([...utf8('Zo'), 0xeb, 0x80]))).toBe('windows-1252');
    expect(encodingOf(new Uint8Array(0))).toBe('utf-8');
  });

  it('[E10] is none of a spreadsheet’s own file, nor of what has bytes no text has', () => {
    expect(encodingOf(new Uint8Array([0x50, 0x4b, 3, 4, 20, 30]))).toBeNull();
    expect(encodingOf(new Uint8Array([1, 0, 0, 0, 9, 0, 0, 7, 8, 9]))).toBeNull();
  });

  it('[E10] gives the same text, whatever it is and wherever it is cut', async () => {
    for (const bytes of [
      utf8('\uFEFFname\nZoë €'),
      utf8('name\nZoë €'),
      utf16('name\nZoë €'),
      new Uint8Array([...utf8('name\nZo'), 0xeb, 0x20, 0x80]),
    ])
      for (const size of [1, 2, 5, 100]) {
        const rows = await read(bytes, size);
        expect([size, rows.map(({ cells }) => cells)]).toEqual([size, [['name'], ['Zoë €']]]);
      }
  });
});

describe('a table', () => {
  it('[E10] has commas, semicolons or tabs between its cells, and line breaks of any kind', async () => {
    const wanted = [
      ['a', 'b,c'],
      ['1', '2'],
    ];
    expect(await cellsOf('a,"b,c"\r\n1,2\r\n')).toEqual(wanted);
    expect(await cellsOf('a;"b,c"\n1;2')).toEqual(wanted);
    expect(await cellsOf('a\t"b,c"\r1\t2\r')).toEqual(wanted);
    expect(await cellsOf('sep=;\r\na;b,c\r\n1;2')).toEqual(wanted);
  });

  it('[E10] tells the line each row begins on, past quoted breaks and empty lines', async () => {
    const text = 'a,b\r\n"one\r\ntwo",x\r\n\r\n,\r\n"three\nfour\nfive",y\r\nlast,z';
    expect((await read(utf8(text))).map(({ line, cells }) => [line, cells[0]])).toEqual([
      [1, 'a'],
      [2, 'one\r\ntwo'],
      [6, 'three\nfour\nfive'],
      [9, 'last'],
    ]);
  });

  it('[E10] with a quotation mark that is never closed says where the row begins', async () => {
    const open = read(utf8('a,b\n1,2\n3,"4\n5,6\n'));
    await expect(open).rejects.toMatchObject({ code: 'quote-open', line: 3 });
    const long = read(utf8(`a,b\n1,"${'x\n'.repeat(200_000)}`), 4_096);
    await expect(long).rejects.toMatchObject({ code: 'record-too-long', line: 2 });
    await expect(long).rejects.toBeInstanceOf(TableError);
  });

  it('[E10] has cells with quotation marks inside, and none at all', async () => {
    expect(await cellsOf('a,b\nthe 5" one,x')).toEqual([
      ['a', 'b'],
      ['the 5" one', 'x'],
    ]);
    expect(await cellsOf('')).toEqual([]);
    expect(await cellsOf('\n \n')).toEqual([]);
  });

  it('[E10] comes back as it went out', async () => {
    const cell = fc
      .array(fc.constantFrom('=', '+', "'", '"', ',', ';', '\n', '\r\n', '\t', ' ', 'x', 'é', '@'), {
        maxLength: 6,
      })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, size) => {
          const all = [['one', 'two'], ...rows];
          const read1 = await read(utf8(rowsToCsv(all, true)), size);
          const said = all.filter((row) => row.some((text) => text.trim() !== ''));
          expect(read1.map(({ cells }) => cells)).toEqual(said);
        },
      ),
    );
  });
});
