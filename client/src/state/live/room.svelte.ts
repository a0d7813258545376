// One live room: the stock y-websocket provider, with what is our own around it. Our link decides when it connects, our messages
// travel beside Yjs's, and "Saved" is said only when the server has stored as many document messages as this connection sent.
import {
  encodeMessage,
  frameLimitBytes,
  isSignInLost,
  messageType,
  type OwnMessage,
  type OwnMessageType,
  protocolVersion,
  type RefusalReason,
  syncMessage,
  syncPath,
  syncStep,
} from '@attune/contract';
import type { Decoder } from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { ownTab } from '../../lib/own-tab.ts';
import { m } from '../../paraglide/messages.js';
import { type CopyState, KeptCopy } from './kept-copy.ts';
import { Link, type PlainAnswer } from './link.svelte.ts';
import { readOwn } from './own-message.ts';
import { SaveCount, type SaveState, withCopy } from './save-count.ts';

/** What the owner hears. All are optional; a message that cannot be read is dropped. */
export interface RoomHandlers {
  readonly snapshot?: (message: OwnMessage<typeof messageType.snapshot>) => void;
  readonly change?: (message: OwnMessage<typeof messageType.change>) => void;
  readonly seat?: (message: OwnMessage<typeof messageType.seat>) => void;
  /** The first sync of each connection: the document is what the server has, beside what was typed here. */
  readonly synced?: () => void;
  /** Something typed was not taken; the connection goes on. What is typed from here on builds on it. */
  readonly refused?: (reason: RefusalReason) => void;
  /** The server closed for good; the sentence is fit for people. */
  readonly ended?: (code: number, sentence: string) => void;
}

/** Which of the two messages that carry content, and that the server counts, a frame is; `null` for every other. */
export function documentMessageOf(frame: Uint8Array): 'step-2' | 'update' | null {
  if (frame[0] !== syncMessage.sync) return null;
  return frame[1] === syncStep.two ? 'step-2' : frame[1] === syncStep.update ? 'update' : null;
}

/** How long to wait for an answer by HTTP, when no socket opens. */
const answerMs = 5_000;

/** What the server answers to a plain request. */
async function askPlainly(): Promise<PlainAnswer> {
  try {
    const reply = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(answerMs) });
    if (!reply.ok) return 'nothing';
    const health: unknown = await reply.json();
    const isBusy = typeof health === 'object' && health && 'door' in health && health.door === 'busy';
    return isBusy ? 'busy' : 'well';
  } catch {
    return 'nothing';
  }
}

/** A socket that tells of each frame that has left, and of each that the server would close it for. */
const toldSocket = (sent: (frame: Uint8Array) => void, tooLarge: () => void): typeof WebSocket =>
  class extends WebSocket {
    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (data instanceof Uint8Array && data.length > frameLimitBytes) {
        tooLarge();
        return;
      }
      super.send(data);
      if (data instanceof Uint8Array) sent(data);
    }
  };

export class Room {
  readonly link: Link;
  readonly provider: WebsocketProvider;
  readonly doc: Y.Doc;
  readonly #count = new SaveCount();
  #kept: KeptCopy | null = null;
  #copy = $state.raw<CopyState>('none');
  #hasCopy = $state.raw(false);
  #saveState = $state.raw<SaveState>('idle');
  #refusal = $state.raw<RefusalReason | null>(null);
  #isSynced = $state.raw(false);
  #endedSentence = $state.raw<string | null>(null);

  /** @param name from `formatRoomName` */
  constructor(name: string, doc: Y.Doc, handlers: RoomHandlers) {
    this.doc = doc;
    const url = `${location.origin.replace(/^http/, 'ws')}${syncPath}`;
    this.provider = new WebsocketProvider(url, name, doc, {
      connect: false,
      // Between tabs nothing travels but through the server, which asks each message's right.
      disableBc: true,
      WebSocketPolyfill: toldSocket(
        (frame) => this.#sent(frame),
        // The document is in the middle of its change.
        () => queueMicrotask(() => this.#refused('documentTooLarge', handlers)),
      ),
    });
    this.link = new Link({
      connect: () => {
        // A meeting screen is nobody's tab: its link says who it is, and stands behind the room's name.
        if (!name.includes('?')) this.provider.params = ownTab.parameters;
        this.provider.connect();
      },
      disconnect: () => this.provider.disconnect(),
      ask: askPlainly,
    });
    this.#listen(handlers);
    this.doc.on('update', this.#onUpdate);
  }

  /** Whether the document has met the server's on this connection. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** What may honestly be said of the typing: see SaveState. */
  get saveState(): SaveState {
    return withCopy(this.#saveState, this.#copy);
  }

  /** Why the last edit was not taken; `null` again once everything typed is stored. */
  get refusal(): RefusalReason | null {
    return this.#refusal;
  }

  /** Whether all that is typed is on this device now, as far as it can be known: the browser may end that at any time. */
  get isKept(): boolean {
    return this.#copy === 'kept';
  }

  /** Whether this device keeps what is typed: it held all of it once, and what was typed since is there or on its way. */
  get hasCopy(): boolean {
    return this.#hasCopy;
  }

  /** Keeps a copy on this device from here on, once it has brought what was kept before. Asked again, it does nothing. */
  async keepCopy(name: string, former?: string): Promise<void> {
    if (this.#kept) return;
    this.#kept = new KeptCopy({ name, ...(former ? { former } : {}) }, this.doc, (copy) => {
      this.#copy = copy;
      if (copy !== 'writing') this.#hasCopy = copy === 'kept';
    });
    await this.#kept.open();
  }

  /** Why the server closed for good, as a sentence; `null` while it has not. */
  get endedSentence(): string | null {
    return this.#endedSentence;
  }

  /** When the server was last heard, in milliseconds since 1970; 0 before the first word. */
  get heardAt(): number {
    return this.provider.wsLastMessageReceived;
  }

  /** Asks who is here, which the server answers at once. */
  askWhoIsHere(): void {
    this.#send(Uint8Array.of(syncMessage.queryAwareness));
  }

  /** Gives up a connection that only seems to be there; the link makes another. */
  giveUp(): void {
    this.provider.disconnect();
  }

  /** Asks for a new snapshot: after a gap in the numbers, or a silence too long. */
  askForSnapshot(): void {
    this.#hello();
  }

  /** Makes a new connection, which carries all that the server lacks: for when what it refused may be welcome. */
  comeAgain(): void {
    this.link.stop();
    this.link.start();
  }

  /** Closes for good; the document stays, and what this device keeps. */
  destroy(): void {
    this.#kept?.close();
    this.link.stop();
    this.doc.off('update', this.#onUpdate);
    this.provider.awareness.off('update', this.#onAwareness);
    this.provider.destroy();
  }

  #listen(handlers: RoomHandlers): void {
    const { provider } = this;
    provider.on('status', ({ status }) => {
      if (status === 'connected') this.#opened();
    });
    provider.on('sync', (isSynced) => this.#synced(isSynced, handlers));
    provider.on('connection-close', (event) => this.#closed(event, handlers));
    const { awareness, _awarenessUpdateHandler: tell } = provider;
    awareness.off('update', tell);
    awareness.on('update', this.#onAwareness);
    this.#read(messageType.snapshot, (snapshot) => {
      this.link.tell({ type: 'settled' });
      handlers.snapshot?.(snapshot);
    });
    this.#read(messageType.change, handlers.change);
    this.#read(messageType.seat, handlers.seat);
    this.#read(messageType.refused, ({ reason }) => this.#refused(reason, handlers));
    this.#read(messageType.saved, ({ count }) => this.#changed(() => this.#count.stored(count)));
  }

  /** A message that cannot be read is dropped. */
  #read<T extends OwnMessageType>(type: T, hear: (message: OwnMessage<T>) => void = () => {}): void {
    this.provider.messageHandlers[type] = (_encoder: unknown, decoder: Decoder) => {
      const message = readOwn<T>(decoder);
      if (message) hear(message);
    };
  }

  /** The provider would repeat to the server what it heard from it; only what this page says of itself is news. */
  readonly #onAwareness = (changed: unknown, origin: unknown): void => {
    if (origin !== this.provider) this.provider._awarenessUpdateHandler(changed, origin);
  };

  #opened(): void {
    this.#changed(() => this.#count.opened());
    this.link.tell({ type: 'opened' });
    this.#hello();
  }

  #sent(frame: Uint8Array): void {
    const kind = documentMessageOf(frame);
    if (kind) this.#changed(() => this.#count.sent(kind === 'step-2'));
  }

  #refused(reason: RefusalReason, handlers: RoomHandlers): void {
    this.#changed(() => this.#count.refused());
    this.#refusal = reason;
    handlers.refused?.(reason);
  }

  #synced(isSynced: boolean, handlers: RoomHandlers): void {
    this.#isSynced = isSynced;
    if (!isSynced) return;
    this.link.tell({ type: 'settled' });
    handlers.synced?.();
  }

  /** @param event `null` where this side gave the socket up */
  #closed(event: CloseEvent | null, handlers: RoomHandlers): void {
    // Or the provider would come again by itself, without jitter.
    this.provider.shouldConnect = false;
    this.link.tell({ type: 'closed', code: event?.code ?? null });
    this.#changed(() => this.#count.closed(this.link.state.kind === 'ended'));
    if (event === null || this.link.state.kind !== 'ended') return;
    this.#endedSentence = m.connection_endedWhy({ code: String(event.code) });
    handlers.ended?.(event.code, this.#endedSentence);
    if (isSignInLost(event.code)) ownTab.doubt();
  }

  readonly #onUpdate = (_update: Uint8Array, origin: unknown): void => {
    if (origin !== this.provider) this.#changed(() => this.#count.typed());
  };

  #changed(change: () => void): void {
    change();
    this.#saveState = this.#count.state;
    if (this.#saveState === 'saved') this.#refusal = null;
  }

  #hello(): void {
    this.#send(encodeMessage(messageType.hello, { protocol: protocolVersion }));
  }

  /** Sends a whole frame, if there is a connection to take it. */
  #send(frame: Uint8Array): void {
    // A copy on an ordinary buffer, as `send` demands; these frames are small.
    if (this.provider.wsconnected) this.provider.ws?.send(new Uint8Array(frame));
  }
}
