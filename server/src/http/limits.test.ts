import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { createLog } from '../ops/log.ts';
import { createLimits } from './limits.ts';
import { onProblem, ProblemError } from './problem.ts';
import type { RequestEnv } from './request.ts';
import { validateBody } from './validate.ts';

const right = 'the right password';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: new Date('2026-03-02T08:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A sign-in, links and something that members do; `from` is the network. */
function createApp() {
  const limits = createLimits({ serverKey: new Uint8Array(32).fill(7), publicUrl: 'http://localhost' });
  const checked: string[] = [];
  const app = new Hono<RequestEnv>();
  app.onError(onProblem(createLog('silent')));
  app.use(async (c, next) => {
    c.set('address', c.req.header('x-test-address'));
    await next();
  });
  app.use(limits.visitors);
  const body = z.object({ account: z.string(), password: z.string() });
  app.post('/sign-in', validateBody(body), async (c) => {
    const { account, password } = c.req.valid('json');
    const isGood = await limits.password(
      c,
      account,
      async () => {
        checked.push(account);
        return password === right;
      },
      (good) => good,
    );
    if (!isGood) throw new ProblemError('not-signed-in');
    limits.remember(c, account);
    return c.json({});
  });
  app.post('/peek', validateBody(z.object({ token: z.string() })), (c) => {
    if (c.req.valid('json').token !== 'good') throw new ProblemError('link-not-valid');
    return c.json({});
  });
  const send = async (path: string, json: unknown, from: string, cookie = '') => {
    const reply = await app.request(path, {
      method: 'POST',
      body: JSON.stringify(json),
      headers: { 'Content-Type': 'application/json', 'x-test-address': from, Cookie: cookie },
    });
    const again = reply.headers.get('retry-after');
    if (reply.status === 429 && again === null) throw new Error('429 without Retry-After');
    return { status: reply.status, again: Number(again), cookie: reply.headers.get('set-cookie') ?? '' };
  };
  const signIn = (account: string, password: string, from: string, cookie?: string) =>
    send('/sign-in', { account, password }, from, cookie);
  return { send, signIn, checked };
}
const later = (seconds: number) => vi.advanceTimersByTime(seconds * 1_000);

describe('passwords', () => {
  it('[P1] what succeeds is never counted: an office signs in as fast as it likes', async () => {
    const { signIn } = createApp();
    for (let person = 0; person < 500; person += 1)
      expect((await signIn(`person${person}@example.org`, right, '192.0.2.1')).status).toBe(200);
    for (let time = 0; time < 100; time += 1)
      expect((await signIn('ben@example.org', right, '192.0.2.1')).status).toBe(200);
  });

  it('[O5] after five wrong ones the account waits at that place, longer each time, and the wait is told', async () => {
    const { signIn, checked } = createApp();
    const wrong = () => signIn('ben@example.org', 'wrong', '192.0.2.1');
    const first: number[] = [];
    for (let count = 0; count < 5; count += 1) first.push((await wrong()).status);
    expect(first).toEqual([401, 401, 401, 401, 429]);
    expect(await wrong()).toMatchObject({ status: 429, again: 5 });
    // Nothing is checked meanwhile, the right one neither, however the name is written.
    expect((await signIn(' BEN@example.org', right, '192.0.2.1')).status).toBe(429);
    expect(checked).toHaveLength(5);
    const waits: number[] = [];
    for (let count = 0; count < 9; count += 1) {
      later(waits.at(-1) ?? 5);
      waits.push((await wrong()).again);
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 900, 900]);
    later(900);
    expect((await signIn('ben@example.org', right, '192.0.2.1')).status).toBe(200);
    // Right once, and it begins anew.
    expect((await wrong()).status).toBe(401);
  });

  it('[O5] a hundred sent at once are no more tries than one after the other', async () => {
    const { signIn, checked } = createApp();
    const all = await Promise.all(
      Array.from({ length: 100 }, () => signIn('ben@example.org', 'wrong', '192.0.2.1')),
    );
    expect(all.filter(({ status }) => status === 401).length).toBeLessThan(6);
    expect(checked.length).toBeLessThan(8);
  });

  it('[P1] a hundred wrong sign-ins with made-up accounts do not stop the right person at the same address', async () => {
    const { signIn } = createApp();
    const statuses: number[] = [];
    for (let count = 0; count < 140; count += 1)
      statuses.push((await signIn(`nobody${count}@example.org`, 'wrong', '192.0.2.1')).status);
    expect(statuses).toContain(429);
    expect((await signIn('ben@example.org', right, '192.0.2.1')).status).toBe(200);
    // Who mistypes there has to wait a little by now, and is let in then.
    expect((await signIn('ana@example.org', 'mistyped', '192.0.2.1')).again).toBe(5);
    later(5);
    expect((await signIn('ana@example.org', right, '192.0.2.1')).status).toBe(200);
    expect((await signIn('nobody@example.org', 'wrong', '203.0.113.7')).status).toBe(401);
  });

  it('[P1] an account that is hammered from elsewhere stays open to its owner: a known browser, a known address, a new one', async () => {
    const { signIn } = createApp();
    const { cookie } = await signIn('ben@example.org', right, '192.0.2.1');
    expect(cookie).toMatch(/^attune-known=[^;]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain('ben');
    for (let address = 0; address < 200; address += 1) {
      for (let count = 0; count < 8; count += 1)
        await signIn('ben@example.org', 'wrong', `198.51.100.${address}`);
    }
    const browser = cookie.split(';', 1)[0];
    // Also where somebody hammers it from the same network.
    for (let count = 0; count < 8; count += 1) await signIn('ben@example.org', 'wrong', '203.0.113.7');
    expect((await signIn('ben@example.org', 'mistyped', '203.0.113.7', browser)).status).toBe(401);
    expect((await signIn('ben@example.org', right, '203.0.113.7', browser)).status).toBe(200);
    expect((await signIn('ben@example.org', 'mistyped', '192.0.2.1')).status).toBe(401);
    expect((await signIn('ben@example.org', right, '192.0.2.1')).status).toBe(200);
    expect((await signIn('ben@example.org', right, '203.0.113.99')).status).toBe(200);
    // Whoever hammers has one try at each new address, and then waits.
    expect((await signIn('ben@example.org', 'wrong', '203.0.113.100')).status).toBe(429);
  });

  it('[O5] a browser known for one account is unknown for another, and a cookie that was made up is nothing', async () => {
    const { signIn } = createApp();
    const { cookie } = await signIn('eve@example.org', right, '192.0.2.1');
    const browser = cookie.split(';', 1)[0] ?? '';
    for (let count = 0; count < 6; count += 1) await signIn('ben@example.org', 'wrong', '192.0.2.1');
    for (const claimed of [browser, browser.slice(0, -1), 'attune-known=a.b.c', 'attune-known='])
      expect((await signIn('ben@example.org', right, '192.0.2.1', claimed)).status).toBe(429);
  });
});

describe('links', () => {
  it('[live 4] good ones always work; wrong ones in great number are told to wait', async () => {
    const { send } = createApp();
    const peek = (token: string, from = '192.0.2.1') => send('/peek', { token }, from);
    for (let count = 0; count < 300; count += 1) expect((await peek('wrong')).status).toBe(404);
    expect(await peek('wrong')).toMatchObject({ status: 429, again: 10 });
    expect((await peek('good')).status).toBe(200);
    expect((await peek('wrong', '203.0.113.7')).status).toBe(404);
    later(601);
    expect((await peek('wrong')).status).toBe(404);
  });

  it('[live 3] whoever floods is refused before a body is read, for a minute; known browsers and other networks are not', async () => {
    const { send, signIn } = createApp();
    const { cookie } = await signIn('ben@example.org', right, '192.0.2.1');
    for (let count = 0; count < 601; count += 1) await send('/peek', [], '192.0.2.1');
    const flooding = await send('/peek', { token: 'good' }, '192.0.2.1');
    expect(flooding.status).toBe(429);
    expect(flooding.again).toBeLessThanOrEqual(60);
    expect((await send('/peek', { token: 'good' }, '192.0.2.1', cookie.split(';', 1)[0])).status).toBe(200);
    expect((await send('/peek', { token: 'good' }, '203.0.113.7')).status).toBe(200);
    later(flooding.again);
    expect((await send('/peek', { token: 'good' }, '192.0.2.1')).status).toBe(200);
  });
});
