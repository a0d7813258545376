// One live room: our link decides when its provider connects, our messages travel beside Yjs's, and "Saved" is said only
// when the server has stored as many document messages as this connection sent.
import {
  encodeMessage,
  messageType,
  type OwnMessage,
  type OwnMessageType,
  protocolVersion,
  syncMessage,
  syncPath,
  syncStep,
} from '@attune/contract';
import type { Decoder } from 'lib0/decoding';
import type * as Y from 'yjs';
import { connection } from '../texts/connection.ts';
import { Link } from './link.svelte.ts';
import { readOwn } from './own-message.ts';
import { Provider } from './provider.ts';
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

/** Which of the two messages that carry content, and that the server counts, a frame is; `null` for every other. */
export function documentMessageOf(frame: Uint8Array): 'step-2' | 'update' | null {
  if (frame[0] !== syncMessage.sync) return null;
  return frame[1] === syncStep.two ? 'step-2' : frame[1] === syncStep.update ? 'update' : null;
}

export class Room {
  readonly link: Link;
  readonly provider: Provider;
  readonly doc: Y.Doc;
  readonly #count = new SaveCount();
  #saveState = $state.raw<SaveState>('idle');
  #isSynced = $state.raw(false);
  #endedSentence = $state.raw<string | null>(null);

  /** @param name from `formatRoomName` */
  constructor(name: string, doc: Y.Doc, handlers: RoomHandlers) {
    this.doc = doc;
    const url = `${location.origin.replace(/^http/, 'ws')}${syncPath}/${name}`;
    this.provider = new Provider(url, doc, {
      opened: () => {
        this.#changed(() => this.#count.opened());
        this.link.tell({ type: 'opened' });
        this.#hello();
      },
      synced: (isSynced) => this.#synced(isSynced, handlers),
      closed: (code, reason) => this.#closed(code, reason, handlers),
      sent: (frame) => {
        const kind = documentMessageOf(frame);
        if (kind) this.#changed(() => this.#count.sent(kind === 'step-2'));
      },
      other: (type, decoder) => this.#hear(type, decoder, handlers),
    });
    this.link = new Link({
      connect: () => this.provider.connect(),
      disconnect: () => this.provider.disconnect(),
    });
    this.doc.on('update', this.#onUpdate);
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

  /** A message that cannot be read, or of a type that is news to this page, is dropped. */
  #hear(type: number, decoder: Decoder, handlers: RoomHandlers): void {
    const read = <T extends OwnMessageType>(_type: T, hear?: (message: OwnMessage<T>) => void) => {
      const message = readOwn<T>(decoder);
      if (message) hear?.(message);
    };
    if (type === messageType.snapshot) read(type, handlers.snapshot);
    else if (type === messageType.change) read(type, handlers.change);
    else if (type === messageType.seat) read(type, handlers.seat);
    else if (type === messageType.saved)
      read(type, ({ count }) => this.#changed(() => this.#count.stored(count)));
  }

  #synced(isSynced: boolean, handlers: RoomHandlers): void {
    this.#isSynced = isSynced;
    if (!isSynced) return;
    this.link.tell({ type: 'settled' });
    handlers.synced?.();
  }

  #closed(code: number | null, reason: string, handlers: RoomHandlers): void {
    this.link.tell({ type: 'closed', code });
    this.#changed(() => this.#count.closed(this.link.state.kind === 'ended'));
    if (code === null || this.link.state.kind !== 'ended') return;
    // The server says why, in words for people; its socket's own refusal of a frame too large is the one without.
    this.#endedSentence = reason || connection.tooLarge;
    handlers.ended?.(code, this.#endedSentence);
  }

  readonly #onUpdate = (_update: Uint8Array, origin: unknown): void => {
    if (origin !== this.provider) this.#changed(() => this.#count.typed());
  };

  #changed(change: () => void): void {
    change();
    this.#saveState = this.#count.state;
  }

  #hello(): void {
    this.provider.send(encodeMessage(messageType.hello, { protocol: protocolVersion }));
  }
}
