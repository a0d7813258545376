// Reads a file in a thread of its own: no room of the server notices, and a file that is too much for memory ends the thread alone.
import { Worker } from 'node:worker_threads';
import { threadOf } from '../paths.ts';
import { problemOf } from './member-row.ts';
import type { FileRow, FromThread, Question, ReadOrder, Ready, ToThread } from './read-messages.ts';

export interface Source {
  /** The file from its beginning, each time. */
  parts(): AsyncIterable<Uint8Array>;
  header(cells: readonly string[]): Promise<void>;
  /** Takes a batch; `false` where no more is wanted. */
  take(rows: readonly FileRow[]): Promise<boolean>;
}

/** A table goes through a row at a time, however long it is; a document is held whole. */
const mostMemoryMb = { members: 96, scorecard: 512 } as const;

/** What the file came to, once everything in it was taken. @throws where the thread fails, or the source does */
export async function readApart(order: ReadOrder, source: Source): Promise<Ready> {
  const { file, execArgv } = threadOf('imports', 'read-worker');
  const worker = new Worker(file, {
    execArgv,
    resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb[order.kind] },
  });
  let parts: AsyncIterator<Uint8Array> | null = null;
  const answerTo = async (question: Question): Promise<Omit<ToThread, 'id'>> => {
    if (question.type === 'header') await source.header(question.cells);
    if (question.type === 'rows') return { bytes: null, enough: !(await source.take(question.rows)) };
    if (question.type !== 'part') return { bytes: null, enough: false };
    if (question.first) parts = source.parts()[Symbol.asyncIterator]();
    const next = await parts?.next();
    return { bytes: next && !next.done ? next.value : null, enough: false };
  };
  try {
    return await new Promise<Ready>((resolve, reject) => {
      worker.on('message', (message: FromThread) => {
        if (message.type === 'ready') resolve(message.ready);
        else {
          const { id, question } = message;
          answerTo(question).then(
            (answer) => worker.postMessage({ id, ...answer } satisfies ToThread),
            reject,
          );
        }
      });
      worker.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ problem: problemOf('too-large') });
        else reject(error);
      });
      worker.once('exit', () => reject(new Error('the reading thread ended')));
      worker.postMessage(order);
    });
  } finally {
    void worker.terminate();
  }
}
