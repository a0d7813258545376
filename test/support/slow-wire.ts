// A wire between a client and a server that a test can make as slow as a bad connection, in the server's direction of talking.
import { connect, createServer, type Socket } from 'node:net';

export interface SlowWire {
  /** The server's address by way of this wire. Whoever connects must still name the server's own origin. */
  readonly url: string;
  /** From now on the client gets so many bytes a second, whatever the server sends; `null`: as fast as it can. */
  setPace(bytesPerSecond: number | null): void;
  close(): void;
}

const tickMs = 100;

/** @param serverUrl where the wire leads */
export async function slowWire(serverUrl: string): Promise<SlowWire> {
  const target = new URL(serverUrl);
  const open = new Set<Socket>();
  let bytesPerSecond: number | null = null;
  /** Hands on what may pass now. What is not read stays with the server: its window closes. */
  const pass = (far: Socket, near: Socket, most: number | null) => {
    const bytes: Buffer | null = most === null ? far.read() : (far.read(most) ?? far.read());
    if (bytes) near.write(bytes);
  };
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
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
    }
    near.pipe(far);
    far.on('readable', () => {
      if (bytesPerSecond === null) pass(far, near, null);
    });
    const ticking = setInterval(() => {
      pass(far, near, bytesPerSecond === null ? null : Math.ceil((bytesPerSecond * tickMs) / 1000));
    }, tickMs);
    far.on('close', () => clearInterval(ticking));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(serverUrl);
  url.hostname = '127.0.0.1';
  url.port = String(address !== null && typeof address === 'object' ? address.port : 0);
  return {
    url: url.origin,
    setPace(pace) {
      bytesPerSecond = pace;
    },
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
