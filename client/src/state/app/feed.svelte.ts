// Hints that something shown in lists has changed, for one member over all sessions. No document: a bare socket that says
// hello and listens, so that a list page need not load Yjs.
import {
  encodeMessage,
  formatRoomName,
  isSignInLost,
  messageType,
  type OwnMessage,
  protocolVersion,
  syncPath,
} from '@attune/contract';
import * as decoding from 'lib0/decoding';
import { ownTab } from '../../lib/own-tab.ts';
import { Link } from '../live/link.svelte.ts';
import { readOwn } from '../live/own-message.ts';

export type Hint = OwnMessage<typeof messageType.hint>;

/** What a listener wants to hear. */
interface Listener {
  readonly hint?: (hint: Hint | null) => void;
  readonly inbox?: (unread: number | null) => void;
}

class Feed {
  readonly link: Link;
  #memberId = '';
  #socket: WebSocket | null = null;
  #listeners = new Set<Listener>();

  constructor() {
    this.link = new Link({ connect: () => this.#connect(), disconnect: () => this.#disconnect() });
  }

  /**
   * Calls back at each hint, and with `null` after a gap, when anything may have changed. Connects with the first
   * listener, closes with the last. Returns what stops it.
   */
  listen(memberId: string, hear: (hint: Hint | null) => void): () => void {
    return this.#add(memberId, { hint: hear });
  }

  /** Calls back with how many notifications are unread, and with `null` after a gap. Otherwise as `listen`. */
  listenInbox(memberId: string, hear: (unread: number | null) => void): () => void {
    return this.#add(memberId, { inbox: hear });
  }

  #add(memberId: string, listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#memberId !== memberId) {
      this.link.stop();
      this.#memberId = memberId;
    }
    this.link.start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.link.stop();
    };
  }

  #tell(hint: Hint | null): void {
    for (const listener of this.#listeners) listener.hint?.(hint);
  }

  #tellInbox(unread: number | null): void {
    for (const listener of this.#listeners) listener.inbox?.(unread);
  }

  #connect(): void {
    const room = formatRoomName({ kind: 'feed', memberId: this.#memberId });
    const address = `${location.origin.replace(/^http/, 'ws')}${syncPath}/${room}`;
    const asked = new URLSearchParams(ownTab.parameters).toString();
    const socket = new WebSocket(asked ? `${address}?${asked}` : address);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    let hadGap = this.link.state.kind === 'connecting' && this.link.state.attempt > 0;
    socket.onopen = () => {
      socket.send(new Uint8Array(encodeMessage(messageType.hello, { protocol: protocolVersion })));
      this.link.tell({ type: 'opened' });
      if (hadGap) {
        this.#tell(null);
        this.#tellInbox(null);
      }
      hadGap = false;
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      this.link.tell({ type: 'settled' });
      if (!(data instanceof ArrayBuffer)) return;
      const decoder = decoding.createDecoder(new Uint8Array(data));
      const type = decoding.readVarUint(decoder);
      if (type === messageType.hint) {
        const hint = readOwn<typeof messageType.hint>(decoder);
        if (hint) this.#tell(hint);
      } else if (type === messageType.inbox) {
        const inbox = readOwn<typeof messageType.inbox>(decoder);
        if (inbox) this.#tellInbox(inbox.unread);
      }
    };
    socket.onclose = ({ code }) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.link.tell({ type: 'closed', code });
      // Ended for good: whoever waits for a hint asks once more, and hears why.
      if (this.link.endedWith !== null) this.#tell(null);
      // Signed out elsewhere, or in as somebody else: the page must not go on looking as if nothing were.
      if (isSignInLost(code)) ownTab.doubt();
    };
  }

  #disconnect(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
}

export const feed = new Feed();
