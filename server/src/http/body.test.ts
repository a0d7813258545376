import { Hono } from 'hono';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { createLog } from '../ops/log.ts';
import { asksForSignIn, bodySizes, checkBodyHead, weigh } from './body.ts';
import { onProblem } from './problem.ts';
import type { RequestEnv } from './request.ts';
import { validateBody } from './validate.ts';

describe('weighing', () => {
  it.each([
    ['{}', 2],
    ['[1,2,3]', 4],
    ['{"a":{"b":[1,"],[",2]},"c":"\\",\\\\"}', 7],
    ['"a,b,c,[[["', 1],
    ['[[],[],[]]', 7],
    ['"\\\\",1', 2],
    ['"never ends,,,,', 1],
  ])('[live 3] %s has %i values, what stands in strings not counted', (text, values) => {
    expect(weigh(text, values)).toBe(null);
    expect(weigh(text, values - 1)).toBe('many');
  });

  it('[live 3] finds what lies too deep, whether or not it ends', () => {
    expect(weigh(`${'['.repeat(32)}${']'.repeat(32)}`, 1_000)).toBe(null);
    expect(weigh('{"a":'.repeat(33), 1_000)).toBe('deep');
    expect(weigh('['.repeat(4_000_000), 5_000_000)).toBe('deep');
  });

  it('[live 3] reads many quotes and backslashes once', () => {
    const sizes = [200_000, 400_000].map((length) => {
      const texts = [`"${'\\\\'.repeat(length)}`, `"${'\\"'.repeat(length)}`, '""'.repeat(length)];
      const from = process.cpuUsage();
      for (const text of texts) weigh(text, 10);
      const { user, system } = process.cpuUsage(from);
      return user + system;
    });
    // Twice the text costs some twice as much, not four times.
    expect(sizes[1] ?? 0).toBeLessThan((sizes[0] ?? 0) * 3 + 20_000);
  });
});

describe('a body', () => {
  const read: string[] = [];
  const app = new Hono<RequestEnv>();
  app.onError(onProblem(createLog('silent')));
  app.use(checkBodyHead);
  const things = z.looseObject({});
  const answer = validateBody(things);
  app.post('/open', answer, (c) => c.json(c.req.valid('json')));
  app.post('/none', (c) => c.text('done'));
  app.use(
    '/signed-in/*',
    asksForSignIn(async (_c, next) => next()),
  );
  app.post('/signed-in/command', validateBody(things), (c) => c.json({}));
  app.post('/signed-in/document', validateBody(things, 'document'), (c) => c.json({}));

  /** Comes in pieces, without a length, and notes what of it was asked for. */
  function pieces(count: number, size: number): ReadableStream<Uint8Array> {
    let sent = 0;
    return new ReadableStream({
      pull(controller) {
        read.push('piece');
        controller.enqueue(new Uint8Array(size).fill(0x20));
        sent += 1;
        if (sent === count) controller.close();
      },
    });
  }
  const send = (path: string, body: BodyInit | ReadableStream, headers: Record<string, string> = {}) =>
    app.request(path, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', ...headers },
      // @ts-expect-error Node asks for it where the body is a stream; the types do not know it.
      duplex: 'half',
    });

  it.each([
    ['/open', bodySizes.visitor.bytes],
    ['/signed-in/command', bodySizes.command.bytes],
    ['/signed-in/document', bodySizes.document.bytes],
  ])(
    '[live 3] of %s may have %i bytes and not one more, whether its length is told or not',
    async (path, most) => {
      const json = (length: number) => `{"a":"${'x'.repeat(length - 8)}"}`;
      expect((await send(path, json(most))).status).toBe(200);
      expect((await send(path, json(most + 1))).status).toBe(413);
      expect((await send(path, json(most + 1), { 'Content-Length': String(most + 1) })).status).toBe(413);
      read.length = 0;
      const reply = await send(path, pieces(1_000, most / 8), { 'Transfer-Encoding': 'chunked' });
      expect(reply.status).toBe(413);
      expect(read.length).toBeLessThan(12);
    },
  );

  it('[live 3] whose length alone is too much, or none, is not read at all', async () => {
    for (const length of ['99999999', '1e99', 'x', '-1e400', '0x7fffffff']) {
      read.length = 0;
      const reply = await send('/open', pieces(1_000, 16), { 'Content-Length': length });
      expect([length, reply.status, read.length <= 1]).toEqual([length, 413, true]);
    }
  });

  it('[live 3] is left alone by a route that takes none', async () => {
    read.length = 0;
    const reply = await send('/none', pieces(1_000, 1_000), { 'Content-Type': 'text/plain' });
    expect([reply.status, await reply.text()]).toEqual([200, 'done']);
    // What a stream makes before anyone asks.
    expect(read.length).toBeLessThanOrEqual(1);
  });

  it('[live 3] that does not come is waited for ten seconds, a long one longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const never = () => new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{')) });
      for (const [path, seconds] of [
        ['/open', 10.6],
        ['/signed-in/document', 142],
      ] as const) {
        let isOver = false;
        const reply = Promise.resolve(send(path, never(), { 'Transfer-Encoding': 'chunked' })).finally(() => {
          isOver = true;
        });
        await vi.advanceTimersByTimeAsync((seconds - 2) * 1_000);
        expect(isOver).toBe(false);
        await vi.advanceTimersByTimeAsync(2_000);
        expect((await reply).status).toBe(408);
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it('[house 5] that is no JSON, not UTF-8, or packed is refused with its own problem', async () => {
    const typed = (type: string) => send('/open', '{}', { 'Content-Type': type, 'Content-Length': '2' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])
      expect([type, (await typed(type)).status]).toEqual([type, 415]);
    expect((await typed('application/merge-patch+json; charset=utf-8')).status).toBe(200);
    expect((await send('/open', '{}', { 'Content-Encoding': 'gzip', 'Content-Length': '2' })).status).toBe(
      415,
    );
    expect((await send('/open', new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400);
    expect((await send('/open', '{"a":')).status).toBe(400);
  });
});
