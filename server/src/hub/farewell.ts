// The end of all sockets when the server stops: everyone is told to come again, spread over seconds so that not all return at once.
import type { Connection } from './connection.ts';

const tickMs = 50;
/** So few are closed at once. */
const tooFewToSpread = 40;
/** Closed in one tick: a hundredth of all, and never fewer than this. */
const fewestATick = 8;
/** A process too busy to keep the pace closes the rest at once. */
const longestSpreadMs = 8_000;
const longestGoodbyeMs = 1_000;

/** Closes every connection, and resolves when all peers have answered or had their time. */
export async function sayFarewell(everyone: readonly Connection[]): Promise<void> {
  const gone = everyone.map(
    ({ socket }) =>
      new Promise<void>((resolve) => {
        if (socket.readyState === socket.CLOSED) resolve();
        else socket.once('close', () => resolve());
      }),
  );
  const deadline = performance.now() + longestSpreadMs;
  const aTick =
    everyone.length <= tooFewToSpread
      ? tooFewToSpread
      : Math.max(fewestATick, Math.ceil(everyone.length / 100));
  let closed = 0;
  while (closed < everyone.length) {
    // One after the other, and not each by a timer of its own: those would all be due at once after a busy moment.
    const until = performance.now() > deadline ? everyone.length : closed + aTick;
    for (const connection of everyone.slice(closed, until)) connection.close('restart');
    closed = until;
    if (closed < everyone.length) await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  const patience = new Promise((resolve) => setTimeout(resolve, longestGoodbyeMs).unref());
  await Promise.race([Promise.all(gone), patience]);
  for (const { socket } of everyone) socket.terminate();
}
