// Everyone who waits for the reveal: each hears of it on a socket, and asks for the board at once, as the page does. Whoever is told
// "not now" asks again when the reply says so.
import { setTimeout as pause } from 'node:timers/promises';
import { messageType } from '@attune/contract';
import { type OpenRoom, openRoom, until } from '../support/rooms.ts';
import { ask } from './ask.ts';
import { onHeard } from './heard.ts';
import { openInGroups } from './in-groups.ts';
import type { Scoring } from './scoring.ts';

export class Viewers {
  readonly #board: string;
  #rooms: readonly OpenRoom[] = [];
  #boards = 0;
  #boardBytes = 0;
  #refused = 0;
  #lastToldAt = Number.NaN;
  #lastBoardAt = Number.NaN;
  #failed: unknown = null;
  #left = false;

  private constructor(url: string, sessionId: string) {
    this.#board = `${url}/api/sessions/${sessionId}/board`;
  }

  static async seat(url: string, { sessionId, evaluators }: Scoring): Promise<Viewers> {
    const viewers = new Viewers(url, sessionId);
    viewers.#rooms = await openInGroups(
      evaluators,
      ({ cookie }) => {
        const room = openRoom(url, `meeting/${sessionId}`, cookie);
        onHeard(room, messageType.change, ({ events }) => {
          if (events.some(({ type }) => type === 'revealed')) viewers.#look(cookie);
        });
        return room;
      },
      // The notes are not to be read before the reveal: whoever is in has heard how the session stands.
      (room) => room.heard(messageType.snapshot).length > 0,
    );
    return viewers;
  }

  /** When the last was told of the reveal, and when the last had the board, by `performance.now()`. */
  get lastToldAt(): number {
    return this.#lastToldAt;
  }

  get lastBoardAt(): number {
    return this.#lastBoardAt;
  }

  /** Of the reply with the board, compressed. */
  get boardBytes(): number {
    return this.#boardBytes;
  }

  /** Requests for the board that were not answered with it. */
  get refused(): number {
    return this.#refused;
  }

  /** Viewers who have not got it yet. */
  get without(): number {
    return this.#rooms.length - this.#boards;
  }

  /** Resolves when everyone has the board, or it has taken too long. */
  async untilAllHaveTheBoard(longestMs: number): Promise<void> {
    const giveUpAt = performance.now() + longestMs;
    const isOver = () => this.without === 0 || this.#failed !== null || performance.now() > giveUpAt;
    await until('the reveal is over', isOver, 2 * longestMs);
    if (this.#failed !== null) throw this.#failed;
  }

  leave(): void {
    this.#left = true;
    for (const room of this.#rooms) room.close();
  }

  #look(cookie: string): void {
    this.#lastToldAt = performance.now();
    this.#fetchBoard(cookie).catch((error: unknown) => {
      this.#failed = error;
    });
  }

  async #fetchBoard(cookie: string): Promise<void> {
    let reply = await ask(this.#board, { cookie });
    while (reply.status !== 200 && !this.#left) {
      this.#refused += 1;
      await pause(reply.retryAfterMs);
      reply = await ask(this.#board, { cookie });
    }
    if (reply.status !== 200) return;
    this.#boards += 1;
    this.#boardBytes = reply.bytes;
    this.#lastBoardAt = performance.now();
  }
}
