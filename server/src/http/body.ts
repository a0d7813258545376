// Bodies of requests: how long one may be, by what the route is, and what is looked at before any of it is parsed. A route that
// does not take a body has none: nothing reads it. A body is read once, by the first who needs it, after whoever stands before has
// said who is asking; the head is looked at before all of them.

import { isUtf8 } from 'node:buffer';
import { mostPartBytes } from '@attune/contract';
import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import { ProblemError } from './problem.ts';
import type { RequestEnv } from './request.ts';

const kib = 1024;

/** The most a body may have: bytes, and values (each key's, each element's, and each object or array itself). */
export const bodySizes = {
  /** Where nobody has to be signed in. */
  visitor: { bytes: 16 * kib, values: 256 },
  /** Behind the sign-in, unless the route says otherwise. */
  command: { bytes: 64 * kib, values: 4_096 },
  /** Somebody's answers. */
  submission: { bytes: 512 * kib, values: 40_000 },
  /** A transcript, a scorecard. */
  document: { bytes: 4 * kib * kib, values: 50_000 },
  /** A part of a file: bytes, and no JSON. */
  part: { bytes: mostPartBytes, values: 0 },
} as const satisfies Record<string, { readonly bytes: number; readonly values: number }>;
export type BodySize = keyof typeof bodySizes;

/** How deep objects and arrays may lie in each other; ours need eight. */
const deepest = 32;
/** How long a body may take to arrive: a fixed time, and more for routes that take longer bodies. */
const patienceMs = 10_000;
const slowestBytesPerMs = 32;
/** Longer bodies are read, parsed and checked in separate turns, so that other requests come in between. */
const longForOneTurn = 64 * kib;

/** Handlers that read a body, with the size the route named; and handlers that ask for a sign-in. */
const readers = new WeakMap<object, BodySize | undefined>();
const signInAsked = new WeakSet<object>();

/** Notes that the handler reads the body. @param size where it is not the usual one */
export function takesBody<H extends object>(handler: H, size?: BodySize): H {
  readers.set(handler, size);
  return handler;
}

/** Notes that the handler asks for a sign-in. */
export function asksForSignIn<H extends object>(handler: H): H {
  signInAsked.add(handler);
  return handler;
}

export interface BodyRoute {
  readonly size: BodySize;
  /** Whether it is open to those who are not signed in. */
  readonly isOpen: boolean;
}

/** What a route takes, by its handlers in their order; `null` where none reads a body. */
export function bodyRouteOf(handlers: readonly object[]): BodyRoute | null {
  const at = handlers.findIndex((handler) => readers.has(handler));
  const reader = handlers[at];
  if (reader === undefined) return null;
  const isOpen = !handlers.slice(0, at).some((handler) => signInAsked.has(handler));
  return { size: readers.get(reader) ?? (isOpen ? 'visitor' : 'command'), isOpen };
}

export const bodyRoute = (c: Context): BodyRoute | null =>
  bodyRouteOf(matchedRoutes(c).map(({ handler }) => handler));

const notBytes = () =>
  new ProblemError('bad-request', { detail: 'Send a part as application/octet-stream.' });
const tooLarge = (bytes: number) =>
  new ProblemError('body-too-large', { detail: `At most ${bytes} bytes are taken here.` });

/** Refuses by the head what is longer than the route takes, or no JSON. Reads nothing. */
export const checkBodyHead: MiddlewareHandler<RequestEnv> = createMiddleware(async (c, next) => {
  const route = bodyRoute(c);
  const length = Number(c.req.header('content-length') ?? 0);
  const isThere = length !== 0 || c.req.header('transfer-encoding') !== undefined;
  if (route && isThere) {
    const { bytes } = bodySizes[route.size];
    if (!(length >= 0 && length <= bytes)) throw tooLarge(bytes);
    const type = c.req.header('content-type')?.split(';', 1)[0]?.trim() ?? '';
    const isPlain = (c.req.header('content-encoding') ?? 'identity') === 'identity';
    const isWanted =
      route.size === 'part'
        ? type === 'application/octet-stream'
        : /^application\/([\w.-]+\+)?json$/i.test(type);
    if (!isPlain || !isWanted) throw route.size === 'part' ? notBytes() : new ProblemError('not-json');
  }
  await next();
});

const texts = new WeakMap<Context, Promise<string>>();

/** The body as it came, looked over; empty where there is none, or the route takes none. Read once. @throws {ProblemError} */
export function bodyText(c: Context): Promise<string> {
  const known = texts.get(c);
  if (known) return known;
  const route = bodyRoute(c);
  const text = route ? read(c, route.size) : Promise.resolve('');
  texts.set(c, text);
  return text;
}

async function read(c: Context, size: BodySize): Promise<string> {
  const { bytes, values } = bodySizes[size];
  const body = await bytesOf(c, bytes);
  if (!isUtf8(body)) throw new ProblemError('malformed-json', { detail: 'The body is not UTF-8.' });
  const text = body.toString('utf8');
  await takeTurns(text.length);
  const problem = weigh(text, values);
  if (problem === 'deep')
    throw new ProblemError('body-too-large', { detail: `At most ${deepest} levels are taken.` });
  if (problem === 'many')
    throw new ProblemError('body-too-large', { detail: `At most ${values} values are taken here.` });
  await takeTurns(text.length);
  return text;
}

/** The bytes of a part of a file. @throws {ProblemError} */
export const partBytes = (c: Context): Promise<Uint8Array> => bytesOf(c, bodySizes.part.bytes);

/** Whoever hung up is nobody's database: the socket's own error would be taken for one. */
function endedEarly(): never {
  throw new ProblemError('bad-request', { detail: 'The body ended before its length.' });
}

async function bytesOf(c: Context, most: number): Promise<Buffer> {
  const reader = c.req.raw.body?.getReader();
  if (!reader) return Buffer.alloc(0);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), patienceMs + most / slowestBytesPerMs);
  });
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const next = await Promise.race([reader.read().catch(endedEarly), late]);
      if (next === 'late') throw new ProblemError('body-too-slow');
      if (next.done) break;
      length += next.value.byteLength;
      if (length > most) throw tooLarge(most);
      chunks.push(next.value);
    }
  } finally {
    clearTimeout(timer);
  }
  // Whoever was answered meanwhile, or went away, is not there to send the rest: what came is not what was said.
  const announced = c.req.header('content-length');
  if (announced !== undefined && Number(announced) !== length) endedEarly();
  return Buffer.concat(chunks, length);
}

/** Gives a request to somebody else's handler with its body read and looked over. */
export const withBody: MiddlewareHandler<RequestEnv> = takesBody(
  createMiddleware<RequestEnv>(async (c, next) => {
    const { method, url, headers } = c.req.raw;
    const body = await bodyText(c);
    c.req.raw = new Request(url, { method, headers, ...(body === '' ? {} : { body }) });
    await next();
  }),
);

/** The text parsed; an empty one is an empty object. @throws {ProblemError} where it is no JSON */
export async function parseBody(text: string): Promise<unknown> {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProblemError('malformed-json');
  }
  await takeTurns(text.length);
  return value;
}

const takeTurns = (length: number): Promise<void> =>
  length > longForOneTurn ? new Promise((resolve) => setImmediate(resolve)) : Promise.resolve();

/**
 * What makes JSON costly, by one pass over its text, before anything is made of it: values lie too deep in each other, or there are
 * too many. Says nothing of whether it is JSON.
 */
export function weigh(text: string, most: number): 'deep' | 'many' | null {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x2c) values += 1;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      values += 1;
      if (depth > deepest) return 'deep';
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
    if (values > most) return 'many';
  }
  return null;
}

/** Where the string that opens there ends; the text's end where it does not. */
function endOfString(text: string, open: number): number {
  for (let quote = text.indexOf('"', open + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let first = quote;
    while (text.charCodeAt(first - 1) === 0x5c) first -= 1;
    if ((quote - first) % 2 === 0) return quote;
  }
  return text.length;
}
