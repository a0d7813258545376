// The server's routes as calls, typed by the server itself: `routes.sessions[':id'].$get({ param: { id } })`. Hono lends the
// types alone: its own client would bring cookies, forms and sockets to the phone. Knows no network: it is handed `send`.
import type { Hono } from 'hono';
import type { hc } from 'hono/client';

// biome-ignore lint/suspicious/noExplicitAny: the bound Hono itself puts on an application.
type App = Hono<any, any, any>;

/** Every path of an application with its methods: `$get`, `$post`, `$put`, `$delete`. */
export type TypedRoutes<T extends App> = ReturnType<typeof hc<T>>;

type Send = (url: string, init: RequestInit) => Promise<Response>;

/** What a call may carry; the types of the routes say which of it, and of what shape. */
interface Input {
  readonly param?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly json?: unknown;
}

function addressOf(base: string, path: readonly string[], { param = {}, query = {} }: Input): string {
  const filled = path.map((part) =>
    part[0] === ':' ? encodeURIComponent(param[part.slice(1)] ?? '') : part,
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined) search.append(name, one);
  }
  return [base, ...filled].join('/') + (search.size > 0 ? `?${search}` : '');
}

function call(send: Send, url: string, method: string, json: unknown, headers: HeadersInit | undefined) {
  const all = new Headers(headers);
  if (json === undefined) return send(url, { method, headers: all });
  all.set('content-type', 'application/json');
  return send(url, { method, headers: all, body: JSON.stringify(json) });
}

/**
 * The routes below `base`, an address without a slash at its end. A call's second argument may carry headers.
 */
export function typedRoutes<T extends App>(base: string, send: Send): TypedRoutes<T> {
  const at = (path: readonly string[]): unknown =>
    new Proxy(() => {}, {
      get: (_target, name) => (typeof name === 'string' && name !== 'then' ? at([...path, name]) : undefined),
      apply(_target, _this, [input = {}, options = {}]: [Input?, { readonly headers?: HeadersInit }?]) {
        const method = (path.at(-1) ?? '').slice(1).toUpperCase();
        return call(send, addressOf(base, path.slice(0, -1), input), method, input.json, options.headers);
      },
    });
  // Whatever is asked of the proxy becomes a path: the types are what keeps a wrong one from being written.
  return at([]) as TypedRoutes<T>;
}
