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

/** What the server answers by other ways than a socket: nothing, that many come at once and wait, or as if all were well. */
export type PlainAnswer = 'nothing' | 'busy' | 'well';

/** Why no socket opens though the server answers: it lets people in a few at a time, or something on the way lets none through. */
export type Hindrance = 'busy' | 'barred';

export interface Transport {
  readonly connect: () => void;
  /** Must be harmless when there is nothing to give up. */
  readonly disconnect: () => void;
  /** Asks the server by another way than a socket; without it nobody asks. */
  readonly ask?: () => Promise<PlainAnswer>;
}

export class Link {
  readonly #transport: Transport;
  #state = $state.raw<LinkState>({ kind: 'idle' });
  #word = $state.raw<LinkWord>('live');
  #hindrance = $state.raw<Hindrance | null>(null);
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

  /** Why no socket opens though the server answers; `null` from the first that opens, and while nobody knows. */
  get hindrance(): Hindrance | null {
    return this.#hindrance;
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
    if (after.kind !== 'connecting' && after.kind !== 'waiting') this.#hindrance = null;
    if (after.kind === 'connecting') this.#transport.connect();
    const hasFailed = before.kind === 'connecting' && after.kind === 'waiting';
    const givesUp = hasFailed && event.type !== 'closed';
    if (after.kind === 'idle' || after.kind === 'offline' || givesUp) this.#transport.disconnect();
    if (hasFailed && now - after.since >= connectMs) void this.#findOut();
  }

  /** A server that starts anew answers nothing either: only one that answers elsewhere is out of a socket's reach. */
  async #findOut(): Promise<void> {
    const answer = (await this.#transport.ask?.()) ?? 'nothing';
    const { kind } = this.#state;
    if (kind !== 'connecting' && kind !== 'waiting') return;
    this.#hindrance = answer === 'nothing' ? null : answer === 'busy' ? 'busy' : 'barred';
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
