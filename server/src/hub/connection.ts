// One socket: what it sends goes out in ticks with one system call, what it receives is paid for out of a budget, and how far
// its document messages are stored is told in order. Knows frames and limits, nothing of rooms.
import { type CloseReason, closeCodes, encodeMessage, messageType } from '@attune/contract';
import type { WebSocket } from 'ws';
import { encodeEmptyAwareness } from './presence.ts';

/** Above this, presence is dropped for the socket; documents never are. */
const presenceLimitBytes = 256 * 1024;
/** Above this the socket closes, and resyncs on its return. */
const bufferLimitBytes = 1024 * 1024;

/** Sustained rates a second, and how much may come at once. */
const budgets = {
  messages: { rate: 60, burst: 240 },
  bytes: { rate: 256 * 1024, burst: 1024 * 1024 },
  cpuMs: { rate: 20, burst: 200 },
} as const;
/** In debt for longer than this, slowed or not, a socket is closed. */
const longestDebtMs = 10_000;

export class Connection {
  readonly socket: WebSocket;
  readonly memberId: string;
  readonly signInId: string;
  readonly name: string;
  /** Whether it said hello, and so understands our own messages. */
  announced = false;
  #outgoing: Uint8Array[] = [];
  #scheduled = false;
  #closed = false;
  readonly #left: Record<keyof typeof budgets, number> = {
    messages: budgets.messages.burst,
    bytes: budgets.bytes.burst,
    cpuMs: budgets.cpuMs.burst,
  };
  #refilledAt = performance.now();
  #debtSince: number | null = null;
  /** Document messages received, and which of them are stored: a message is told as stored when all before it are. */
  #received = 0;
  #stored = 0;
  readonly #storedAhead = new Set<number>();
  #told = -1;

  constructor(socket: WebSocket, who: { memberId: string; signInId: string; name: string }) {
    this.socket = socket;
    this.memberId = who.memberId;
    this.signInId = who.signInId;
    this.name = who.name;
    socket.on('close', () => {
      this.#closed = true;
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Queues a frame for this tick. */
  send(frame: Uint8Array): void {
    if (this.#closed) return;
    if (this.socket.bufferedAmount > bufferLimitBytes) {
      this.close('tooSlow');
      return;
    }
    this.#outgoing.push(frame);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  /** Queues a frame that may be lost when the reader is slow. */
  sendPresence(frame: Uint8Array): void {
    if (this.socket.bufferedAmount <= presenceLimitBytes) this.send(frame);
  }

  /** An empty awareness update: the stock provider drops a socket on which no message came for 30 s. */
  keepAlive(): void {
    this.send(encodeEmptyAwareness());
  }

  #flush(): void {
    this.#scheduled = false;
    const frames = this.#outgoing;
    this.#outgoing = [];
    if (this.#closed || frames.length === 0) return;
    // One system call for all frames of the tick. The stream is ws's own business; without it, frames go one by one.
    const stream =
      '_socket' in this.socket ? (this.socket._socket as { cork?(): void; uncork?(): void }) : null;
    stream?.cork?.();
    for (const frame of frames) this.socket.send(frame, { binary: true });
    stream?.uncork?.();
  }

  close(reason: CloseReason): void {
    if (this.#closed) return;
    this.#flush();
    this.#closed = true;
    const { code, sentence } = closeCodes[reason];
    this.socket.close(code, sentence);
  }

  /** Numbers a document message as it is received. */
  countDocumentMessage(): number {
    this.#received += 1;
    return this.#received;
  }

  /** Marks document messages as stored and tells the client, in order. */
  markStored(...messages: readonly number[]): void {
    for (const message of messages) this.#storedAhead.add(message);
    while (this.#storedAhead.delete(this.#stored + 1)) this.#stored += 1;
    this.tellStored();
  }

  tellStored(): void {
    if (!this.announced || this.#told === this.#stored) return;
    this.#told = this.#stored;
    this.send(encodeMessage(messageType.saved, { count: this.#stored }));
  }

  /** Pays for a message; slows the socket while it is in debt, closes it when that lasts. */
  pay(sizeBytes: number, cpuMs: number): void {
    const now = performance.now();
    const seconds = (now - this.#refilledAt) / 1000;
    this.#refilledAt = now;
    const spent = { messages: 1, bytes: sizeBytes, cpuMs };
    let debtSeconds = 0;
    for (const key of ['messages', 'bytes', 'cpuMs'] as const) {
      const { rate, burst } = budgets[key];
      this.#left[key] = Math.min(burst, this.#left[key] + seconds * rate) - spent[key];
      debtSeconds = Math.max(debtSeconds, -this.#left[key] / rate);
    }
    if (debtSeconds <= 0) {
      this.#debtSince = null;
      return;
    }
    this.#debtSince ??= now;
    if (now - this.#debtSince > longestDebtMs) {
      this.close('tooMany');
      return;
    }
    this.socket.pause();
    setTimeout(() => this.socket.resume(), Math.min(1_000, debtSeconds * 1000)).unref();
  }
}
