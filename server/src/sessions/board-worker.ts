// The thread that computes one board and ends; see `compute-board.ts`, which starts it.
import { parentPort, workerData } from 'node:worker_threads';
import { buildBoard } from '@attune/domain';

parentPort?.postMessage(buildBoard(workerData));
