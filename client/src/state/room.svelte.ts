// One live room over the stock y-websocket provider: our link decides when it connects, our messages travel beside Yjs's,
// and "Saved" is said only when the server has stored as many document messages as this connection sent.
import {
  closeCodes,
  closeReasonOf,
  encodeMessage,
  messageType,
  type OwnMessage,
  protocolVersion,
  syncMessage,
  syncPath,
} from '@attune/contract';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { Link } from './link.svelte.ts';
import { readOwn } from './own-message.ts';
import { SaveCount, type SaveState } from './save-count.ts';

/** What the owner hears. All are optional; a message that cannot be read is dropped. */
export interface RoomHandlers {
  readonly snapshot?: (message: OwnMessage<typeof messageType.snapshot>) => void;
  readonly change?: (message: OwnMessage<typeof messageType.change>) => void;
  readonly seat?: (message: OwnMessage<typeof messageType.seat>) => void;
  /** The first sync of each connection: the document is what the server has, beside what was typed here. */
  readonly synced?: () => void;
  /** The server closed for good; the sentence is fit for people. */
  readonly ended?: (code: number, sentence: string) => void;
}

type Heard = 'snapshot' | 'change' | 'seat' | 'saved';

/** Which of the two messages that carry content, and that the server counts, a frame is; `null` for every other. */
export function documentMessageOf(frame: unknown): 'step-2' | 'update' | null {
  const bytes =
    frame instanceof Uint8Array ? frame : frame instanceof ArrayBuffer ? new Uint8Array(frame) : null;
  if (bytes === null || bytes[0] !== syncMessage.sync) return null;
  return bytes[1] === 1 ? 'step-2' : bytes[1] === 2 ? 'update' : null;
}

export class Room {
  readonly link: Link;
  readonly provider: WebsocketProvider;
  readonly doc: Y.Doc;
  readonly #count = new SaveCount();
  #saveState = $state.raw<SaveState>('idle');
  #isSynced = $state.raw(false);
  #endedSentence = $state.raw<string | null>(null);

  /** @param name from `formatRoomName` */
  constructor(name: string, doc: Y.Doc, handlers: RoomHandlers) {
    this.doc = doc;
    const onSent = (frame: unknown) => {
      const kind = documentMessageOf(frame);
      if (kind) this.#changed(() => this.#count.sent(kind === 'step-2'));
    };
    class CountingSocket extends WebSocket {
      override send(data: string | Blob | BufferSource): void {
        super.send(data);
        onSent(data);
      }
    }
    const origin = location.origin.replace(/^http/, 'ws');
    this.provider = new WebsocketProvider(origin + syncPath, name, doc, {
      connect: false,
      disableBc: true,
      WebSocketPolyfill: CountingSocket,
      // Coming again is our link's business alone.
      shouldReconnect: () => false,
    });
    this.link = new Link({
      connect: () => this.provider.connect(),
      disconnect: () => this.provider.disconnect(),
    });
    this.#listen(handlers);
  }

  /** Whether the document has met the server's on this connection. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** What may honestly be said of the typing: see SaveState. */
  get saveState(): SaveState {
    return this.#saveState;
  }

  /** Why the server closed for good, as a sentence; `null` while it has not. */
  get endedSentence(): string | null {
    return this.#endedSentence;
  }

  /** Asks for a new snapshot: after a gap in the numbers, or a silence too long. */
  askForSnapshot(): void {
    this.#hello();
  }

  /** Closes for good; the document stays. */
  destroy(): void {
    this.link.stop();
    this.doc.off('update', this.#onUpdate);
    this.provider.destroy();
  }

  #listen(handlers: RoomHandlers): void {
    const { provider, link } = this;
    const on = <T extends Heard>(type: T, hear: (message: OwnMessage<(typeof messageType)[T]>) => void) => {
      provider.messageHandlers[messageType[type]] = (_encoder, decoder) => {
        const message = readOwn<(typeof messageType)[T]>(decoder);
        if (message) hear(message);
      };
    };
    on('snapshot', (message) => handlers.snapshot?.(message));
    on('change', (message) => handlers.change?.(message));
    on('seat', (message) => handlers.seat?.(message));
    on('saved', ({ count }) => this.#changed(() => this.#count.stored(count)));
    provider.on('status', ({ status }) => {
      if (status !== 'connected') return;
      this.#changed(() => this.#count.opened());
      link.tell({ type: 'opened' });
      this.#hello();
    });
    provider.on('sync', (isSynced) => {
      this.#isSynced = isSynced;
      if (!isSynced) return;
      link.tell({ type: 'settled' });
      handlers.synced?.();
    });
    provider.on('connection-close', (event) => {
      // Before the provider arms its own timer: without this it would come back by itself after a silent network.
      provider.shouldConnect = false;
      const code = event?.code ?? null;
      link.tell({ type: 'closed', code });
      this.#changed(() => this.#count.closed(link.state.kind === 'ended'));
      if (code === null || link.state.kind !== 'ended') return;
      const reason = closeReasonOf(code);
      this.#endedSentence = reason ? closeCodes[reason].sentence : closeCodes.documentTooLarge.sentence;
      handlers.ended?.(code, this.#endedSentence);
    });
    this.doc.on('update', this.#onUpdate);
  }

  readonly #onUpdate = (_update: Uint8Array, origin: unknown): void => {
    if (origin !== this.provider) this.#changed(() => this.#count.typed());
  };

  #changed(change: () => void): void {
    change();
    this.#saveState = this.#count.state;
  }

  #hello(): void {
    const { ws } = this.provider;
    if (ws?.readyState !== WebSocket.OPEN) return;
    ws.send(new Uint8Array(encodeMessage(messageType.hello, { protocol: protocolVersion })));
  }
}

/** Opens a room and keeps it connected until `destroy`. @param name from `formatRoomName` */
export function connectRoom(name: string, doc: Y.Doc, handlers: RoomHandlers = {}): Room {
  const room = new Room(name, doc, handlers);
  room.link.start();
  return room;
}
