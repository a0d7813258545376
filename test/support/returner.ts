// A page that comes back by itself, as ours does: the client's own machine decides when, a bare socket is the page.
import { encodeMessage, messageType, protocolVersion } from '@attune/contract';
import WebSocket from 'ws';
import { type LinkEvent, type LinkState, step } from '../../client/src/state/live/link.ts';

const hello = encodeMessage(messageType.hello, { protocol: protocolVersion });

export class Returner {
  readonly #address: string;
  readonly #headers: Readonly<Record<string, string>>;
  #state: LinkState = { kind: 'idle' };
  #socket: WebSocket | null = null;
  #timer: NodeJS.Timeout | undefined;
  /** Closes of sockets that had been in, with the moment on `performance.now()`'s clock. */
  readonly closes: { readonly code: number; readonly at: number }[] = [];
  /** When it was last let in: a snapshot came. `null` while it is out. */
  inSince: number | null = null;
  /** Attempts that did not get in. */
  refusals = 0;

  constructor(url: string, room: string, cookie: string) {
    this.#address = `${url.replace(/^http/, 'ws')}/sync/${room}`;
    this.#headers = { Cookie: cookie, Origin: url };
  }

  start(): void {
    this.#tell({ type: 'start' });
  }

  stop(): void {
    this.#tell({ type: 'stop' });
    this.#socket?.terminate();
  }

  /** Whether it has given up for good, which no page may when the server is only restarted. */
  get hasEnded(): boolean {
    return this.#state.kind === 'ended';
  }

  #tell(event: LinkEvent): void {
    const before = this.#state;
    this.#state = step(before, event, Date.now(), Math.random());
    if (this.#state === before) return;
    clearTimeout(this.#timer);
    if (this.#state.kind === 'connecting') this.#connect();
    if (this.#state.kind === 'waiting')
      this.#timer = setTimeout(() => this.#tell({ type: 'tick' }), this.#state.retryAt - Date.now() + 1);
  }

  #connect(): void {
    const socket = new WebSocket(this.#address, { headers: this.#headers, perMessageDeflate: false });
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('open', () => {
      this.#tell({ type: 'opened' });
      socket.send(hello);
    });
    socket.on('message', (data: Buffer) => {
      if (this.inSince !== null || data[0] !== messageType.snapshot) return;
      this.inSince = performance.now();
      this.#tell({ type: 'settled' });
    });
    socket.on('close', (code) => {
      if (this.inSince === null) this.refusals += 1;
      else this.closes.push({ code, at: performance.now() });
      this.inSince = null;
      this.#tell({ type: 'closed', code: code === 1006 ? null : code });
    });
  }
}
