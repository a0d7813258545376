// The stock y-websocket provider in Node, as a member's browser would open it: a URL, a cookie, an origin, nothing else.
import {
  decodeMessage,
  encodeMessage,
  messageType,
  type OwnMessage,
  type OwnMessageType,
  protocolVersion,
} from '@attune/contract';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';

export interface OpenRoom {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  /** Every frame received, in order. */
  readonly frames: Uint8Array[];
  /** Our own messages received, by type. */
  heard<T extends OwnMessageType>(type: T): OwnMessage<T>[];
  /** Document messages sent on this connection, and how many the server has said are stored. */
  readonly sent: number;
  readonly stored: number;
  /** Frames of every kind sent so far, on every connection. */
  readonly framesSent: number;
  /** Close codes, in order. */
  readonly closes: number[];
  close(): void;
}

/** Opens a room. `hello`: announces that it understands our messages, those of `protocol`. */
export function openRoom(
  url: string,
  name: string,
  cookie: string,
  {
    hello = true,
    protocol = protocolVersion,
    doc = new Y.Doc(),
    origin = url,
    params = {},
  }: {
    hello?: boolean;
    protocol?: number;
    doc?: Y.Doc;
    origin?: string;
    params?: Record<string, string>;
  } = {},
): OpenRoom {
  const frames: Uint8Array[] = [];
  const closes: number[] = [];
  const heard = new Map<number, unknown[]>();
  let sent = 0;
  let framesSent = 0;
  class Socket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers: { Cookie: cookie, Origin: origin } });
      const send = this.send.bind(this) as (...args: unknown[]) => void;
      this.send = (...args: unknown[]) => {
        const [data] = args;
        framesSent += 1;
        if (data instanceof Uint8Array && data[0] === 0 && (data[1] === 1 || data[1] === 2)) sent += 1;
        send(...args);
      };
      this.on('message', (data: Buffer) => frames.push(new Uint8Array(data)));
      this.on('close', (code) => closes.push(code));
      this.on('open', () => {
        sent = 0;
        if (hello) this.send(encodeMessage(messageType.hello, { protocol }));
      });
    }
  }
  const provider = new WebsocketProvider(`${url.replace(/^http/, 'ws')}/sync`, name, doc, {
    WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params,
  });
  for (const type of Object.values(messageType)) {
    provider.messageHandlers[type] = (_encoder, decoder) => {
      const message = decodeMessage(type, decoder);
      if (message) heard.set(type, [...(heard.get(type) ?? []), message]);
    };
  }
  return {
    doc,
    provider,
    frames,
    closes,
    heard: <T extends OwnMessageType>(type: T) => (heard.get(type) ?? []) as OwnMessage<T>[],
    get sent() {
      return sent;
    },
    get framesSent() {
      return framesSent;
    },
    get stored() {
      const saved = heard.get(messageType.saved) as OwnMessage<typeof messageType.saved>[] | undefined;
      return saved?.at(-1)?.count ?? 0;
    },
    close() {
      provider.destroy();
      // Or its timer would keep the process alive.
      provider.awareness.destroy();
    },
  };
}

/** A block of a note, as the editor makes one. */
export function paragraph(text: string | Y.XmlText): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [typeof text === 'string' ? new Y.XmlText(text) : text]);
  return element;
}

const lookAgainMs = 2;

/** Resolves when the condition holds; fails with its words after ten seconds. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  patienceMs = 10_000,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    // Not at every turn of the loop: the server has to share the machine with whoever waits for it.
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
}

/** Resolves when the server has said that everything sent on this connection is stored. */
export const untilSaved = (room: OpenRoom) =>
  until(
    'everything sent is stored',
    () => room.provider.synced && room.sent > 0 && room.stored === room.sent,
  );
