// Runs the connection machine of link.ts over one transport: keeps its clock, listens to the browser, and tells the
// transport to connect or give up. It never looks at what is sent.
import { untrack } from 'svelte';
import {
  connectMs,
  type LinkEvent,
  type LinkState,
  type LinkWord,
  nextChange,
  step,
  wordOf,
} from './link.ts';

export interface Transport {
  readonly connect: () => void;
  /** Must be harmless when there is nothing to give up. */
  readonly disconnect: () => void;
  /** Whether the server answers by other ways than a socket; without it nobody asks. */
  readonly reaches?: () => Promise<boolean>;
}

export class Link {
  readonly #transport: Transport;
  #state = $state.raw<LinkState>({ kind: 'idle' });
  #word = $state.raw<LinkWord>('live');
  #isBarred = $state.raw(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopListening = () => {};

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** What to call it for people: live, reconnecting, offline, ended. A gap under three seconds is still live. */
  get word(): LinkWord {
    return this.#word;
  }

  /** Whether bytes can pass right now, without kindness. */
  get isOpen(): boolean {
    return this.#state.kind === 'open';
  }

  /** The server answers, and yet no socket opens: something on the way lets none through. Ends with the first that opens. */
  get isBarred(): boolean {
    return this.#isBarred;
  }

  /** The close code behind `ended`, else `null`. */
  get endedWith(): number | null {
    return this.#state.kind === 'ended' ? this.#state.code : null;
  }

  /** Starts, and keeps the connection until `stop`. */
  start(): void {
    this.#listen();
    this.tell({ type: 'start' });
    if (!navigator.onLine) this.tell({ type: 'offline' });
  }

  stop(): void {
    this.#stopListening();
    this.tell({ type: 'stop' });
  }

  /** What the transport saw. Reads nothing reactively, so that an effect may start a connection. */
  tell(event: LinkEvent): void {
    untrack(() => this.#tell(event));
  }

  #tell(event: LinkEvent): void {
    const before = this.#state;
    const now = Date.now();
    const after = step(before, event, now, Math.random());
    this.#state = after;
    this.#word = wordOf(after, now);
    clearTimeout(this.#timer);
    const at = nextChange(after, now);
    if (at !== null) this.#timer = setTimeout(() => this.tell({ type: 'tick' }), at - now);
    if (before.kind === after.kind) return;
    if (after.kind !== 'connecting' && after.kind !== 'waiting') this.#isBarred = false;
    if (after.kind === 'connecting') this.#transport.connect();
    const hasFailed = before.kind === 'connecting' && after.kind === 'waiting';
    const givesUp = hasFailed && event.type !== 'closed';
    if (after.kind === 'idle' || after.kind === 'offline' || givesUp) this.#transport.disconnect();
    if (hasFailed && now - after.since >= connectMs) void this.#findOut();
  }

  /** A server that starts anew answers nothing either: only one that answers elsewhere is out of a socket's reach. */
  async #findOut(): Promise<void> {
    const answers = (await this.#transport.reaches?.()) ?? false;
    const { kind } = this.#state;
    if (kind === 'connecting' || kind === 'waiting') this.#isBarred = answers;
  }

  #listen(): void {
    this.#stopListening();
    const online = () => this.tell({ type: 'online' });
    const offline = () => this.tell({ type: 'offline' });
    const visible = () => {
      if (document.visibilityState === 'visible') this.tell({ type: 'visible' });
    };
    addEventListener('online', online);
    addEventListener('offline', offline);
    document.addEventListener('visibilitychange', visible);
    this.#stopListening = () => {
      removeEventListener('online', online);
      removeEventListener('offline', offline);
      document.removeEventListener('visibilitychange', visible);
    };
  }
}
