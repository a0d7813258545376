// One socket that keeps one document equal to its room's, in the y-websocket protocol. It never reconnects by itself and
// never talks to other tabs: when to connect is its owner's business. Who else is there is awareness.ts's.
import { syncMessage } from '@attune/contract';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Awareness } from 'y-protocols/awareness';
import { messageYjsSyncStep2, readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import type * as Y from 'yjs';

/** The server speaks at least every 20 s; a socket silent for longer than this is dead, whatever it says. */
const silenceMs = 30_000;

/** What the owner hears. */
export interface ProviderHandlers {
  /** Connected; called before anything is sent. */
  readonly opened: () => void;
  /** Whether the document has met the server's on this connection. */
  readonly synced: (isSynced: boolean) => void;
  /** `code` is null when it was this side that gave up; `reason` is the sentence the server gave, or empty. */
  readonly closed: (code: number | null, reason: string) => void;
  /** A frame has left. */
  readonly sent: (frame: Uint8Array) => void;
  /** A message that is not Yjs's; the decoder stands behind its type. */
  readonly other: (type: number, decoder: decoding.Decoder) => void;
}

/** What tells a room's people of each other; see awareness.ts. */
export interface RoomAwareness {
  readonly awareness: Awareness;
  readonly opened: () => void;
  readonly hear: (decoder: decoding.Decoder) => void;
  readonly leaving: () => void;
  readonly closed: () => void;
  readonly destroy: () => void;
}

let makeAwareness: ((provider: Provider) => RoomAwareness) | null = null;

/** Lets providers have an `awareness`. */
export function provideAwareness(make: (provider: Provider) => RoomAwareness): void {
  makeAwareness = make;
}

/** A frame of the protocol: its type, then what `write` adds. */
export function framed(type: number, write: (encoder: encoding.Encoder) => void = () => {}): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

/** As the origin of a change to the document it means: this came from the server. */
export class Provider {
  readonly doc: Y.Doc;
  readonly #url: string;
  readonly #handlers: ProviderHandlers;
  readonly #watch: ReturnType<typeof setInterval>;
  #socket: WebSocket | null = null;
  #isSynced = false;
  #people: RoomAwareness | null = null;
  #heardAt = 0;

  /** Connects to nothing yet. */
  constructor(url: string, doc: Y.Doc, handlers: ProviderHandlers) {
    this.#url = url;
    this.doc = doc;
    this.#handlers = handlers;
    doc.on('update', this.#onUpdate);
    this.#watch = setInterval(() => {
      if (this.#isOpen && Date.now() - this.#heardAt > silenceMs) this.#close(null);
    }, silenceMs / 10);
  }

  /** Who else is here, from the first time it is asked for. @throws where awareness.ts is not loaded */
  get awareness(): Awareness {
    if (!this.#people) {
      if (!makeAwareness) throw new Error('a page that shows people imports state/awareness.ts');
      this.#people = makeAwareness(this);
      if (this.#isOpen) {
        this.#people.opened();
        // What the server told at the start was not listened to.
        this.send(framed(syncMessage.queryAwareness));
      }
    }
    return this.#people.awareness;
  }

  /** Does nothing while there is a connection, or one is on its way. */
  connect(): void {
    if (this.#socket) return;
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => this.#hear(new Uint8Array(data));
    socket.onclose = ({ code, reason }) => this.#close(code, reason);
  }

  /** Leaves the room; does nothing without a connection. */
  disconnect(): void {
    this.#people?.leaving();
    this.#close(null);
  }

  /** Ends for good; the document stays. */
  destroy(): void {
    clearInterval(this.#watch);
    this.disconnect();
    this.#people?.destroy();
    this.doc.off('update', this.#onUpdate);
  }

  /** Sends a whole frame, if there is a connection to take it. */
  send(frame: Uint8Array): void {
    if (!this.#isOpen) return;
    // A copy on an ordinary buffer, as `send` demands; these frames are small.
    this.#socket?.send(new Uint8Array(frame));
    this.#handlers.sent(frame);
  }

  /** When the server was last heard, in milliseconds since 1970; 0 before the first word. */
  get heardAt(): number {
    return this.#heardAt;
  }

  get #isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  #opened(): void {
    this.#heardAt = Date.now();
    this.#handlers.opened();
    this.#sendFramed(syncMessage.sync, (encoder) => writeSyncStep1(encoder, this.doc));
    this.#people?.opened();
  }

  #hear(frame: Uint8Array): void {
    this.#heardAt = Date.now();
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === syncMessage.sync) this.#sync(decoder);
    else if (type === syncMessage.awareness) this.#people?.hear(decoder);
    else this.#handlers.other(type, decoder);
  }

  #sync(decoder: decoding.Decoder): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, syncMessage.sync);
    const step = readSyncMessage(decoder, encoder, this.doc, this);
    if (step === messageYjsSyncStep2) this.#meet(true);
    // Only a step 1 is answered: nothing but the type stands there otherwise.
    if (encoding.length(encoder) > 1) this.send(encoding.toUint8Array(encoder));
  }

  #meet(isSynced: boolean): void {
    if (this.#isSynced === isSynced) return;
    this.#isSynced = isSynced;
    this.#handlers.synced(isSynced);
  }

  /** The event of a socket that closes may come late or never: this side forgets it at once. */
  #close(code: number | null, reason = ''): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = null;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.#handlers.closed(code, reason);
    this.#meet(false);
    this.#people?.closed();
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin !== this) this.#sendFramed(syncMessage.sync, (encoder) => writeUpdate(encoder, update));
  };

  #sendFramed(type: number, write: (encoder: encoding.Encoder) => void): void {
    if (this.#isOpen) this.send(framed(type, write));
  }
}
