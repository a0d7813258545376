// Wrong passwords and wrong links at the real server, behind a proxy: nobody is locked out by somebody else.
import { connect } from 'node:net';
import { describe, expect } from 'vitest';
import { parseRange } from '../server/src/address-range.ts';
import type { RunningServer } from '../server/src/start.ts';
import { password } from './support/accounts.ts';
import { until } from './support/rooms.ts';
import { accountsTest } from './support/team.ts';

let server: RunningServer;
let email: string;

const proxy = parseRange('127.0.0.1/32');
const it = accountsTest({ config: { trustedProxies: proxy ? [proxy] : [] } });

it.beforeAll(({ server: started, accounts }) => {
  server = started;
  email = accounts.admin.email;
});

async function post(path: string, body: unknown, from: string, cookie = '') {
  const reply = await fetch(server.url + path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      Origin: server.url,
      'Content-Type': 'application/json',
      // What the caller claims stands before what the proxy adds.
      'X-Forwarded-For': `203.0.113.${Math.floor(Math.random() * 250)}, ${from}`,
      ...(cookie ? { Cookie: cookie } : {}),
    },
  });
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
}
const signIn = (account: string, typed: string, from: string, cookie?: string) =>
  post('/api/auth/sign-in/email', { email: account, password: typed }, from, cookie);
const token = 'A'.repeat(43);

describe('tries', () => {
  it('[P1] a hundred wrong sign-ins from one address are told to wait, and stop neither the right person there nor anyone elsewhere', async () => {
    const wrong = await Promise.all(
      Array.from({ length: 120 }, (_, at) =>
        signIn(`nobody${at}@example.org`, 'wrong wrong wrong', '192.0.2.1'),
      ),
    );
    expect(new Set(wrong.map(({ status }) => status))).toEqual(new Set([401, 429]));
    for (const { status, headers, text } of wrong.filter((one) => one.status === 429)) {
      expect([status, headers.get('content-type')]).toEqual([429, 'application/problem+json']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(text).toContain('Wait, then try again');
    }
    expect((await signIn(email, password, '192.0.2.1')).status).toBe(200);
    expect((await signIn('nobody@example.org', 'wrong wrong wrong', '198.51.100.7')).status).toBe(401);
  }, 60_000);

  it('[P1] whoever hammers an account waits, and its owner does not: with the browser that knows it, or from another address', async () => {
    const { headers } = await signIn(email, password, '192.0.2.20');
    const cookie = headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .find((line) => line?.startsWith('attune-known='));
    const statuses: number[] = [];
    for (let count = 0; count < 8; count += 1)
      statuses.push((await signIn(email, 'wrong wrong wrong', '192.0.2.21')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429, 429, 429]);
    expect((await signIn(email, password, '192.0.2.21')).status).toBe(429);
    expect((await signIn(email, password, '192.0.2.21', cookie)).status).toBe(200);
    expect((await signIn(email, password, '192.0.2.22')).status).toBe(200);
  }, 60_000);

  it('[P1] an IPv6 network is one place, whichever of its addresses somebody takes', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1)
      statuses.push((await signIn(email, 'wrong wrong wrong', `2001:db8:1:2::${count}`)).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await signIn(email, password, '2001:db8:1:3::1')).status).toBe(200);
  }, 60_000);

  it('[live 4] every kind of link: wrong ones in great number are told to wait, and other addresses are not', async () => {
    const asks: readonly [string, object][] = [
      ['/api/join/peek', { token }],
      ['/api/join', { token, name: 'Jo' }],
      ['/api/display', { token }],
      ['/api/invitations/peek', { token }],
      ['/api/invitations/accept', { token, name: 'x', password }],
    ];
    const told: { status: number; again: string | null }[] = [];
    for (let round = 0; round < 62; round += 1) {
      const replies = await Promise.all(asks.map(([path, body]) => post(path, body, '192.0.2.40')));
      told.push(...replies.map(({ status, headers }) => ({ status, again: headers.get('retry-after') })));
    }
    expect(told.slice(0, 295).every(({ status }) => status === 404)).toBe(true);
    expect(told.at(-1)).toEqual({ status: 429, again: '10' });
    for (const [path, body] of asks) expect((await post(path, body, '192.0.2.41')).status).toBe(404);
  }, 60_000);

  it('[live 3] whoever floods is refused before the body has come', async () => {
    for (let round = 0; round < 13; round += 1)
      await Promise.all(Array.from({ length: 50 }, () => post('/api/join', [], '192.0.2.50')));
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    // The body that is announced never comes.
    socket.write(
      `POST /api/join HTTP/1.1\r\nHost: x\r\nOrigin: ${server.url}\r\nX-Forwarded-For: 192.0.2.50\r\n` +
        `Content-Type: application/json\r\nContent-Length: 16000\r\n\r\n`,
    );
    await until('it is refused', () => answer.includes('\r\n\r\n'));
    expect(answer).toMatch(/^HTTP\/1\.1 429 /);
    expect(answer).toMatch(/\r\nretry-after: \d+\r\n/i);
    socket.destroy();
    // From elsewhere it is waited for, and refused as what it is.
    expect((await post('/api/join', [], '192.0.2.51')).status).toBe(422);
  }, 60_000);
});

describe('odd lengths', () => {
  it.each([
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 3\r\n', '{}', '400'],
    ['the same length twice', 'Content-Length: 2\r\nContent-Length: 2\r\n', '{}', '400'],
    [
      'a length and pieces',
      'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n',
      '2\r\n{}\r\n0\r\n\r\n',
      '400',
    ],
    ['a length that is no number', 'Content-Length: two\r\n', '{}', '400'],
    ['no length', '', '', '422'],
    [
      'pieces beyond the limit',
      'Transfer-Encoding: chunked\r\n',
      `8000\r\n${'x'.repeat(0x8000)}\r\n0\r\n\r\n`,
      '413',
    ],
    ['a length beyond the limit, and nothing else', 'Content-Length: 16385\r\n', '', '413'],
  ])('[live 3] %s', async (_, length, body, status) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    socket.on('error', () => {});
    const head = `POST /api/join HTTP/1.1\r\nHost: x\r\nOrigin: ${server.url}\r\nContent-Type: application/json\r\n`;
    socket.write(`${head}${length}\r\n${body}`);
    await until('it is answered', () => answer.includes('\r\n\r\n'));
    expect(answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    socket.destroy();
  });
});
