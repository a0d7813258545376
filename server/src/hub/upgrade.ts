// The door for sockets (live.md 2): its own handler on the HTTP server, so that nothing a stranger sends can end the process.
// Error listener first, everything in one try, exact origin, sign-in by cookie, few pending at once, ten seconds to be known.

import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  frameLimitBytes,
  memberParameter,
  parseRoomName,
  type RoomName,
  syncPath,
  tabHeader,
  tabParameter,
} from '@attune/contract';
import { type WebSocket, WebSocketServer } from 'ws';
import type { SignedIn } from '../caller.ts';
import { Turnstile } from '../http/turnstile.ts';
import type { Logger } from '../ops/log.ts';
import type { Counters } from './counters.ts';

/** Who came, and where to. */
export interface Arrival {
  /** `null` where nobody is signed in: to be closed, finally. */
  readonly who: SignedIn | null;
  /** The page takes the sign-in for somebody else's: to be closed, finally. */
  readonly isOther: boolean;
  /** `null` where there is no such name: to be closed, finally. */
  readonly room: RoomName | null;
}

export interface UpgradeDeps {
  /** Compared whole with the `Origin` header. */
  readonly publicUrl: string;
  readonly log: Logger;
  readonly counters: Counters;
  /** What limits count a request by. */
  networkOf(request: IncomingMessage): string;
  authenticate(headers: Headers): Promise<SignedIn | null>;
  /** The same for a meeting screen, whose link is in a cookie of its own: asked for with `?as=display`, whoever is signed in. */
  authenticateDisplay(headers: Headers): Promise<SignedIn | null>;
  /** A socket is open. */
  accept(socket: WebSocket, arrival: Arrival): void;
}

/**
 * Being signed in or waiting, in all; and signed in at once, of one network. The rest of it waits its turn: everyone of an office
 * has one address, and all of them come back at once after a restart.
 */
export const upgradeLimits = { pending: 256, perSource: 20, deadlineMs: 10_000 } as const;

const frameLimits = {
  maxPayload: frameLimitBytes,
  maxFragments: 64,
  maxBufferedChunks: 1024,
  perMessageDeflate: false,
} as const;

/** For so long after somebody had to wait, whoever asks is told that they may have to. */
const busyMs = 2 * upgradeLimits.deadlineMs;

export interface Door {
  /** Sockets have to wait their turn, or had to a moment ago: one that did not open was not kept out by the network. */
  readonly isBusy: boolean;
  /** Lets nobody in from now on. */
  shut(): void;
}

/** Handles the server's upgrades from now on. */
export function attachUpgrade(server: Server, deps: UpgradeDeps): Door {
  const sockets = new WebSocketServer({ noServer: true, clientTracking: false, ...frameLimits });
  const turnstile = new Turnstile(upgradeLimits);
  let busyUntil = 0;

  const refuse = (stream: Duplex, status: number, reason: string, headers = '') => {
    deps.counters.countRefused(status);
    answer(stream, status, reason, headers);
  };

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const deadline = setTimeout(() => stream.destroy(), upgradeLimits.deadlineMs);
    admit(request, stream, head)
      .catch((error: unknown) => {
        deps.log.warn({ error }, 'an upgrade failed');
        refuse(stream, 503, 'Service Unavailable');
      })
      .finally(() => clearTimeout(deadline));
  };

  async function admit(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      refuse(stream, 426, 'Upgrade Required', 'Upgrade: websocket\r\n');
      return;
    }
    const [path = '', query] = (request.url ?? '').split('?', 2);
    if (!path.startsWith(`${syncPath}/`)) {
      refuse(stream, 404, 'Not Found');
      return;
    }
    if (request.headers.origin !== deps.publicUrl) {
      refuse(stream, 403, 'Forbidden');
      return;
    }
    // The turn is kept until the question to the database has ended, also for those who hang up: so that hanging up and coming
    // again asks no more of it at once.
    const turn = turnstile.pass(deps.networkOf(request), async () => {
      // Gone while it waited.
      if (stream.destroyed) return;
      const asked = new URLSearchParams(query);
      const asDisplay = asked.get('as') === 'display';
      const who = await authenticate(request, asDisplay, asked.get(tabParameter));
      if (stream.destroyed) return;
      const believed = asDisplay ? null : asked.get(memberParameter);
      const isOther = who !== null && believed !== null && believed !== who.memberId;
      sockets.handleUpgrade(request, stream, head, (socket) => {
        socket.on('error', () => socket.terminate());
        deps.accept(socket, { who, isOther, room: parseRoomName(decodePath(path)) });
      });
    });
    if (turnstile.waiting > 0) busyUntil = performance.now() + busyMs;
    if (!(await turn)) refuse(stream, 503, 'Service Unavailable', 'Retry-After: 2\r\n');
  }

  function authenticate(
    request: IncomingMessage,
    asDisplay: boolean,
    tab: string | null,
  ): Promise<SignedIn | null> {
    const headers = new Headers();
    for (const name of ['cookie', 'user-agent'] as const) {
      const value = request.headers[name];
      if (value !== undefined) headers.set(name, value);
    }
    // A browser sets no header of its own on a socket.
    if (tab !== null) headers.set(tabHeader, tab);
    return asDisplay ? deps.authenticateDisplay(headers) : deps.authenticate(headers);
  }

  server.on('upgrade', onUpgrade);
  return {
    get isBusy() {
      return turnstile.waiting > 0 || performance.now() < busyUntil;
    },
    shut() {
      server.off('upgrade', onUpgrade);
      server.on('upgrade', (_request, stream) => {
        stream.on('error', () => stream.destroy());
        refuse(stream, 503, 'Service Unavailable');
      });
    },
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path.slice(syncPath.length + 1));
  } catch {
    return '';
  }
}

function answer(stream: Duplex, status: number, reason: string, headers: string): void {
  if (stream.destroyed) return;
  stream.end(`HTTP/1.1 ${status} ${reason}\r\n${headers}Connection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    stream.destroy(),
  );
}
