import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseRange } from '../address-range.ts';
import { callerAddress, networkOf } from '../http/address.ts';
import { createLog } from '../ops/log.ts';
import { Counters } from './counters.ts';
import { attachUpgrade, upgradeLimits } from './upgrade.ts';

describe('the door for sockets', () => {
  it('[P1] counts by the address that a trusted proxy tells, so that one office’s queue is not everyone’s', async () => {
    const proxy = parseRange('127.0.0.1');
    if (!proxy) throw new Error('no range');
    const asked: string[] = [];
    const server = createServer();
    const door = attachUpgrade(server, {
      publicUrl: 'http://localhost',
      log: createLog('silent'),
      counters: new Counters(),
      networkOf: (request) => networkOf(callerAddress(request, [proxy])),
      // Nobody is known while the test lasts.
      authenticate: (headers) => {
        asked.push(headers.get('cookie') ?? '');
        return new Promise(() => {});
      },
      authenticateDisplay: () => Promise.resolve(null),
      accept: () => {},
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(door.isBusy).toBe(false);
    const sockets = Array.from({ length: upgradeLimits.perSource + 10 }, () => '192.0.2.1')
      .concat('198.51.100.7', '2001:db8::1')
      .map((from) => {
        const socket = connect(port, '127.0.0.1');
        socket.write(
          'GET /sync/feed HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
            `Origin: http://localhost\r\nX-Forwarded-For: 203.0.113.9, ${from}\r\nCookie: of=${from}\r\n` +
            'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
        );
        return socket;
      });
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const of = (from: string) => asked.filter((cookie) => cookie === `of=${from}`).length;
    await vi.waitFor(() => {
      expect(of('198.51.100.7')).toBe(1);
      expect(of('2001:db8::1')).toBe(1);
      expect(of('192.0.2.1')).toBe(upgradeLimits.perSource);
      // A page that waits in this queue asks, and is not told that its network is to blame.
      expect(door.isBusy).toBe(true);
    }, 10_000);
  });
});
