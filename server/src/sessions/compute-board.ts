// The board's arithmetic. A large one has a thread of its own: every room of the server shares the event loop, and none may notice.
import { Worker } from 'node:worker_threads';
import { type Board, type BoardInput, buildBoard, questionsOf } from '@attune/domain';
import { NotNowError } from '../not-now.ts';
import { threadOf } from '../paths.ts';

/** People times questions: up to here the arithmetic takes a few milliseconds, less than a thread needs to start. */
const mostOnLoop = 20 * 20;
/** The largest board there can be takes a tenth of this. The session is locked meanwhile. */
const longestMs = 30_000;

/** @throws {NotNowError} where the thread fails or takes too long */
export async function computeBoard(input: BoardInput): Promise<Board> {
  const answers = input.participants.length * questionsOf(input.scorecard).length;
  return answers <= mostOnLoop ? buildBoard(input) : computeApart(input);
}

async function computeApart(input: BoardInput): Promise<Board> {
  const { file, execArgv } = threadOf('board-worker');
  const worker = new Worker(file, { workerData: input, execArgv });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Board>((resolve, reject) => {
      const fail = (why: string, cause?: unknown) =>
        reject(new NotNowError(`The board could not be computed: ${why}.`, { cause }));
      worker.once('message', resolve);
      worker.once('error', (error) => fail('its thread failed', error));
      worker.once('exit', () => fail('its thread ended'));
      timer = setTimeout(() => fail('it took too long'), longestMs);
    });
  } finally {
    clearTimeout(timer);
    void worker.terminate();
  }
}
