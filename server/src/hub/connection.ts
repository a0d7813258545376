// One socket: what it sends waits in a queue, what it receives goes out in ticks with one system call, and how far its
// document messages are stored is announced in order. Knows frames and limits, nothing of rooms.
import {
  type CloseReason,
  closeCodes,
  encodeMessage,
  messageType,
  type RefusalReason,
} from '@attune/contract';
import type { WebSocket } from 'ws';
import { FrameQueue } from './frame-queue.ts';
import { emptyAwareness } from './presence-frames.ts';

/** Above this, presence is dropped for the socket; documents never are. */
const presenceLimitBytes = 256 * 1024;
/** Above this the socket closes, and resyncs on its return. */
const bufferLimitBytes = 1024 * 1024;
/** A peer that does not answer a close is cut off after this. */
const longestCloseMs = 5_000;
/** A page goes on after a refused edit; one that is refused without end is none. */
const mostRefusals = 200;

export interface ConnectionHandlers {
  /** One frame, in order. */
  readonly receive: (frame: Uint8Array) => void;
  /** The connection is over, by either side; called once, before a peer has answered the close. */
  readonly ended: (reason: CloseReason | null) => void;
}

export class Connection {
  readonly socket: WebSocket;
  readonly memberId: string;
  readonly signInId: string;
  readonly name: string;
  /** When the sign-in was made, ISO 8601 UTC. */
  readonly signedInAt: string;
  readonly incoming: FrameQueue;
  readonly #handlers: ConnectionHandlers;
  /** Whether it said hello, and so understands our own messages. */
  announced = false;
  /** Whether a refused edit may be told by a message; else it ends the connection. */
  hearsRefusals = false;
  #outgoing: Uint8Array[] = [];
  #outgoingBytes = 0;
  /** Bytes of whole documents under way: as large as they are, they do not make the reader a slow one. */
  #allowanceBytes = 0;
  #scheduled = false;
  #closed = false;
  /** Document messages received, and which of them are stored: a message is announced as stored when all before it are. */
  #received = 0;
  #stored = 0;
  readonly #storedAhead = new Set<number>();
  #sentStored = -1;
  #refusals = 0;

  /** Frames wait until `incoming.go()`. */
  constructor(
    socket: WebSocket,
    who: { memberId: string; signInId: string; name: string; signedInAt: string },
    handlers: ConnectionHandlers,
  ) {
    this.socket = socket;
    this.memberId = who.memberId;
    this.signInId = who.signInId;
    this.name = who.name;
    this.signedInAt = who.signedInAt;
    this.#handlers = handlers;
    this.incoming = new FrameQueue(socket, handlers.receive, () => this.close('tooMany'));
    this.incoming.hold();
    socket.on('close', () => this.#end(null));
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      // A copy of its own: ws hands out views of buffers that it uses again.
      if (isBinary) this.incoming.push(Uint8Array.prototype.slice.call(data));
      else this.close('malformed');
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Queues a frame for this tick. */
  send(frame: Uint8Array): void {
    if (this.#closed) return;
    const waitingBytes = this.waitingBytes;
    if (waitingBytes === 0) this.#allowanceBytes = 0;
    if (waitingBytes > bufferLimitBytes + this.#allowanceBytes) {
      this.close('tooSlow');
      return;
    }
    this.#outgoing.push(frame);
    this.#outgoingBytes += frame.length;
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  /** Queues a frame with a document's state, whose size is not the reader's fault. */
  sendState(frame: Uint8Array): void {
    this.send(frame);
    this.#allowanceBytes += frame.length;
  }

  /** Queues a frame that may be lost when the reader is slow. */
  sendPresence(frame: Uint8Array): void {
    if (this.waitingBytes <= presenceLimitBytes) this.send(frame);
  }

  /** An empty awareness update: the stock provider drops a socket on which no message came for 30 s. */
  keepAlive(): void {
    this.send(emptyAwareness);
  }

  /** Queued for the peer and not yet accepted by it, in bytes. */
  get waitingBytes(): number {
    return this.#outgoingBytes + this.socket.bufferedAmount;
  }

  #flush(): void {
    this.#scheduled = false;
    const frames = this.#outgoing;
    this.#outgoing = [];
    this.#outgoingBytes = 0;
    if (this.#closed || frames.length === 0) return;
    // One system call for all frames of the tick. The stream is ws's own business; without it, frames go one by one.
    const stream =
      '_socket' in this.socket ? (this.socket._socket as { cork?(): void; uncork?(): void } | null) : null;
    stream?.cork?.();
    for (const frame of frames) this.socket.send(frame, { binary: true });
    stream?.uncork?.();
  }

  /** Closes with the reason's code and name, after what was queued. */
  close(reason: CloseReason): void {
    if (this.#closed) return;
    this.#flush();
    this.socket.close(closeCodes[reason].code, reason);
    const timer = setTimeout(() => this.socket.terminate(), longestCloseMs).unref();
    this.socket.once('close', () => clearTimeout(timer));
    this.#end(reason);
  }

  #end(reason: CloseReason | null): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#outgoing = [];
    this.incoming.close();
    this.#handlers.ended(reason);
  }

  /** Numbers a document message as it is received. */
  countDocumentMessage(): number {
    this.#received += 1;
    return this.#received;
  }

  /** Marks document messages as dealt with and announces it to the client, in order. */
  markStored(...messages: readonly number[]): void {
    for (const message of messages) this.#storedAhead.add(message);
    while (this.#storedAhead.delete(this.#stored + 1)) this.#stored += 1;
    this.sendStored();
  }

  /**
   * Tells that document messages were not taken.
   *
   * @returns whether the client understands; else it must be closed
   */
  refuse(reason: RefusalReason, messages: readonly number[]): boolean {
    if (!this.hearsRefusals) return false;
    this.#refusals += 1;
    if (this.#refusals > mostRefusals) this.close('tooMany');
    else {
      this.send(encodeMessage(messageType.refused, { reason, messages: [...messages] }));
      this.markStored(...messages);
    }
    return true;
  }

  sendStored(): void {
    if (!this.announced || this.#sentStored === this.#stored) return;
    this.#sentStored = this.#stored;
    this.send(encodeMessage(messageType.saved, { count: this.#stored }));
  }
}
