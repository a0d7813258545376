// The thread that reads one file (E10): it asks for the parts, one at a time, twice over; hands rows on in batches; and ends. See
// `read-apart.ts`, which starts it.
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { decoded, EncodingLook } from '../csv/encoding.ts';
import { readTable, TableError } from '../csv/read-table.ts';
import { problemOf, readHeader } from './member-row.ts';
import type { FileRow, FromThread, Question, ReadOrder, Ready, ToThread } from './read-messages.ts';
import { readDocument } from './scorecard-file.ts';

const port = parentPort;
if (!port) throw new Error('this is a thread');

/** Rows handed on at once. */
const batchRows = 500;

/** A part and a batch may be waited for at once: each answer names what it answers. */
const waiting = new Map<number, (answer: ToThread) => void>();
let asked = 0;

function ask(question: Question): Promise<ToThread> {
  return new Promise((resolve) => {
    asked += 1;
    waiting.set(asked, resolve);
    port?.postMessage({ type: 'question', id: asked, question } satisfies FromThread);
  });
}

/** The file from its beginning. */
async function* pieces(seen: (piece: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for (let first = true; ; first = false) {
    const { bytes } = await ask({ type: 'part', first });
    if (bytes === null) return;
    seen(bytes);
    yield bytes;
  }
}

async function readFile({ kind, hash }: ReadOrder): Promise<Ready> {
  const look = new EncodingLook();
  const hashing = createHash('sha256');
  let [length, read] = [0, 0];
  for await (const piece of pieces(({ length: more }) => {
    length += more;
  })) {
    look.add(piece);
    hashing.update(piece);
  }
  if (hashing.digest('hex') !== hash) return { problem: problemOf('hash') };
  const encoding = look.end();
  if (encoding === null) return { problem: problemOf('encoding') };
  const again = pieces(({ length: more }) => {
    read += more;
  });
  const ready = await (kind === 'scorecard' ? readDocument : readMembers)(decoded(again, encoding));
  if (!ready.problem && read !== length) throw new Error('a file was not read to its end');
  return ready;
}

async function readMembers(texts: AsyncIterable<string>): Promise<Ready> {
  let columns: readonly string[] | null = null;
  let batch: FileRow[] = [];
  let stopped: Ready | null = null;
  const flush = async () => {
    const { enough } = await ask({ type: 'rows', rows: batch });
    batch = [];
    if (enough) stopped = { problem: problemOf('too-many-rows') };
  };
  try {
    await readTable(texts, async (row) => {
      if (stopped) throw new Stopped();
      if (columns === null) {
        columns = row.cells;
        const read = readHeader(row.cells, row.line);
        if ('code' in read) stopped = { problem: read };
        else await ask({ type: 'header', cells: row.cells });
        return;
      }
      batch.push(row);
      if (batch.length === batchRows) await flush();
    });
    if (!stopped && columns !== null) await flush();
  } catch (error) {
    if (error instanceof TableError) return { problem: problemOf(error.code, { line: error.line }) };
    if (!(error instanceof Stopped)) throw error;
  }
  if (stopped) return stopped;
  return columns === null ? { problem: problemOf('empty') } : {};
}

/** Nothing more of the file is wanted. */
class Stopped extends Error {}

port.on('message', (message: ReadOrder | ToThread) => {
  if ('kind' in message)
    void readFile(message).then((ready) => port.postMessage({ type: 'ready', ready } satisfies FromThread));
  else {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  }
});
