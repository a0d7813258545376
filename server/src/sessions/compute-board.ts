// The board's arithmetic. A large one has a thread of its own: every room of the server shares the event loop, and none may notice.
import { Worker } from 'node:worker_threads';
import { type Board, type BoardInput, buildBoard } from '@attune/domain';
import { NotNowError } from '../not-now.ts';
import { threadOf } from '../paths.ts';

/** People times questions: up to here the arithmetic takes a few milliseconds, less than a thread needs to start. */
const mostOnLoop = 20 * 20;
/** The largest board there can be takes a tenth of this. The session is locked meanwhile. */
const longestMs = 30_000;

/**
 * Computes the board once its input is there. A thread that it needs starts meanwhile.
 *
 * @param answers how many there will be: people times questions
 * @throws {NotNowError} where the thread fails or takes too long
 */
export async function computeBoard(answers: number, input: () => Promise<BoardInput>): Promise<Board> {
  return answers <= mostOnLoop ? buildBoard(await input()) : computeApart(input);
}

async function computeApart(input: () => Promise<BoardInput>): Promise<Board> {
  const { file, execArgv } = threadOf('sessions', 'board-worker');
  const worker = new Worker(file, { execArgv });
  let timer: NodeJS.Timeout | undefined;
  let fail: (why: string, cause?: unknown) => void = () => {};
  const board = new Promise<Board>((resolve, reject) => {
    fail = (why, cause) => reject(new NotNowError(`The board could not be computed: ${why}.`, { cause }));
    worker.once('message', resolve);
    worker.once('error', (error) => fail('its thread failed', error));
    worker.once('exit', () => fail('its thread ended'));
  });
  // Asked below; a thread that fails before the input is there is heard of then.
  board.catch(() => {});
  try {
    worker.postMessage(await input());
    timer = setTimeout(() => fail('it took too long'), longestMs);
    return await board;
  } finally {
    clearTimeout(timer);
    void worker.terminate();
  }
}
