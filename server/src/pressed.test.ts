import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { sendPressed } from './http/send-pressed.ts';
import { gzipOf, plainOf, press } from './pressed.ts';

describe('a reply pressed once', () => {
  it('[live 3] is, with any end, the whole text: as one gzip stream and as it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ maxLength: 2_000 }),
        fc.string({ unit: 'grapheme' }),
        async (start, end) => {
          const pressed = await press(start);
          const whole = Buffer.from(start + end);
          expect(gunzipSync(gzipOf(pressed, end)).equals(whole)).toBe(true);
          expect(Buffer.from(await plainOf(pressed, end)).equals(whole)).toBe(true);
        },
      ),
    );
  });

  it('[live 3] goes out compressed to whoever takes that, and says so', async () => {
    const app = new Hono().get('/', async (c) =>
      sendPressed(c, { start: await press('{"one":'), end: '1}' }),
    );
    for (const [accepted, encoding] of [
      ['gzip, deflate, br', 'gzip'],
      ['*', 'gzip'],
      ['br;q=1.0, gzip;q=0.5', 'gzip'],
      ['gzip;q=0, *', null],
      ['br', null],
      ['', null],
    ] as const) {
      const reply = await app.request('/', { headers: { 'Accept-Encoding': accepted } });
      const bytes = Buffer.from(await reply.arrayBuffer());
      expect([accepted, reply.headers.get('content-encoding'), reply.headers.get('vary')]).toEqual([
        accepted,
        encoding,
        'Accept-Encoding',
      ]);
      expect((encoding ? gunzipSync(bytes) : bytes).toString()).toBe('{"one":1}');
    }
  });
});
