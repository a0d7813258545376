// A wire between a server and its database that a test can cut and mend, and listen to.
import { connect, createServer, type Socket } from 'node:net';

export interface DatabaseProxy {
  /** The database's address by way of this wire. */
  readonly url: string;
  /** Resets every connection and takes none. */
  cut(): Promise<void>;
  /** Takes connections again, on the same port. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Hears what goes over one connection, each way, in the pieces it comes in. */
export interface WireTap {
  toDatabase(bytes: Uint8Array): void;
  fromDatabase(bytes: Uint8Array): void;
}

/**
 * @param databaseUrl where the wire leads
 * @param tapped called for each connection
 */
export async function databaseProxy(databaseUrl: string, tapped?: () => WireTap): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    const tap = tapped?.();
    if (tap) {
      near.on('data', (bytes) => tap.toDatabase(bytes));
      far.on('data', (bytes) => tap.fromDatabase(bytes));
    }
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.resetAndDestroy();
    });
  await listen(0);
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  return { url: url.href, cut, mend: () => listen(port), close: cut };
}
