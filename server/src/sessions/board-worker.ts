// The thread that computes one board and ends; see `compute-board.ts`, which starts it.
import { parentPort } from 'node:worker_threads';
import { buildBoard } from '@attune/domain';

parentPort?.once('message', (input) => parentPort?.postMessage(buildBoard(input)));
