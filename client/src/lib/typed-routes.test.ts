import { Hono } from 'hono';
import { hc } from 'hono/client';
import { describe, expect, it } from 'vitest';
import { typedRoutes } from './typed-routes.ts';

const app = new Hono()
  .get('/items/:id', (c) => c.json({ id: c.req.param('id') }))
  .post('/items/:id/notes/:noteId', (c) => c.json({ ok: true }));

type App = typeof app;
const base = 'http://attune.test/api';

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** What reaches the network, however the request is spoken. */
function recorder() {
  const sent: Sent[] = [];
  const send = async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const headers = Object.fromEntries(new Headers(init.headers));
    sent.push({ url: String(input), method: init.method ?? '', headers, body: init.body ?? null });
    return Response.json({});
  };
  return { sent, send };
}

describe('the typed routes', () => {
  it('[house 1] send what Hono’s own client sends', async () => {
    const [ours, theirs] = [recorder(), recorder()];
    const routes = [typedRoutes<App>(base, ours.send), hc<App>(base, { fetch: theirs.send })];
    for (const route of routes) {
      await route.items[':id'].$get({ param: { id: 'a-1' } });
      const about = {
        param: { id: 'a-1', noteId: 'b-2' },
        json: { text: 'é' },
        query: { of: 'x y', no: undefined },
      };
      await route.items[':id'].notes[':noteId'].$post(about, { headers: { 'Idempotency-Key': 'k' } });
    }
    expect(ours.sent).toEqual(theirs.sent);
    expect(ours.sent).toHaveLength(2);
  });

  it('[house 1] keep a parameter in its own part of the path', async () => {
    const { sent, send } = recorder();
    await typedRoutes<App>(base, send).items[':id'].$get({ param: { id: 'a/../b?c' } });
    expect(sent[0]?.url).toBe(`${base}/items/a%2F..%2Fb%3Fc`);
  });

  it('[house 1] are no promise by themselves', async () => {
    const { sent, send } = recorder();
    await typedRoutes<App>(base, send).items;
    expect(sent).toEqual([]);
  });
});
