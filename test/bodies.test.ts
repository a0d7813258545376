// What the OpenAPI document says takes a body, given the worst that fits into it: no route may make anybody else wait. Reads the
// document, so that a route made tomorrow is asked, too.
import { randomUUID } from 'node:crypto';
import { problemBody } from '@attune/contract';
import { describe, expect } from 'vitest';
import { parseRange } from '../server/src/address-range.ts';
import type { RunningServer } from '../server/src/start.ts';
import { makeOrganisation, type Organisation, visitor } from './support/people.ts';
import { longestSetUpMs, serverTest } from './support/team.ts';
import { longestTurn, theWorkOfOne } from './support/turns.ts';

interface Operation {
  readonly requestBody?: {
    readonly content: Record<
      string,
      { readonly schema: { readonly properties?: Record<string, { readonly type?: string }> } }
    >;
  };
  readonly responses: Record<string, unknown>;
  readonly 'x-body-limit'?: number;
  readonly 'x-value-limit'?: number;
}

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly limit: number;
  readonly values: number;
  /** Those that may hold more than a text. */
  readonly properties: readonly string[];
}

const kib = 1024;
let server: RunningServer;
let organisation: Organisation;
let operations: readonly { name: string; method: string; path: string; operation: Operation }[];
let routes: readonly Route[];

const proxy = parseRange('127.0.0.1');
const it = serverTest({ config: { trustedProxies: proxy ? [proxy] : [] } });

it.beforeAll(async ({ server: started }) => {
  server = started;
  organisation = await makeOrganisation(server);
  const { paths } = (await visitor(server.url).get('/api/openapi.json')).body as {
    paths: Record<string, Record<string, Operation>>;
  };
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path: path
        .replace('{kind}', 'join')
        .replace('{questionId}', 'q1')
        .replaceAll(/\{\w+\}/g, randomUUID()),
      operation,
    })),
  );
  const described = operations
    // Parts of files are bytes: nothing of them is parsed here, and their limit is in imports.pg.test.ts.
    .filter(({ operation }) => operation.requestBody?.content['application/json'])
    .map(({ operation, ...route }) => ({
      ...route,
      limit: operation['x-body-limit'] ?? 0,
      values: operation['x-value-limit'] ?? 0,
      properties: Object.entries(
        operation.requestBody?.content['application/json']?.schema.properties ?? {},
      ).flatMap(([name, { type }]) => (type === 'string' || type === 'boolean' ? [] : [name])),
    }));
  // The accounts' own are not in the document.
  const accounts = ['sign-in/email', 'sign-out', 'demo/sign-in'].map((name) => ({
    name: `POST /api/auth/${name}`,
    method: 'POST',
    path: `/api/auth/${name}`,
    limit: 16 * kib,
    values: 256,
    properties: ['email'],
  }));
  routes = [...described, ...accounts];
}, longestSetUpMs);

const json = { 'Content-Type': 'application/json' };

/** A caller whom the route asks nothing more than a body of: each with limits of their own. */
async function caller(at: number) {
  const { cookie } = await organisation.member(`Lena ${at}`, ['admin', 'lead', 'evaluator']);
  return async (route: Route, body: BodyInit, headers: Record<string, string> = json) => {
    const reply = await fetch(server.url + route.path, {
      method: route.method,
      body,
      headers: { Origin: server.url, Cookie: cookie, 'X-Forwarded-For': `192.0.2.${at}`, ...headers },
      // @ts-expect-error Node asks for it where the body is a stream; the types do not know it.
      duplex: 'half',
    });
    const text = await reply.text();
    const isProblem = reply.headers.get('content-type') === 'application/problem+json';
    return { status: reply.status, text, problem: isProblem ? problemBody.parse(JSON.parse(text)) : null };
  };
}

/** As many of them as there is room for. */
function list(open: string, one: (at: number) => string, close: string, bytes: number, most: number): string {
  const parts: string[] = [];
  let length = open.length + close.length;
  for (let at = 0; at < most; at += 1) {
    const part = one(at);
    length += part.length + 1;
    if (length > bytes) break;
    parts.push(part);
  }
  return open + parts.join(',') + close;
}

/** The worst of so many bytes: what is refused by its depth or its number alone, at the top and in each property. */
function tooMuch({ limit, properties }: Route): string[] {
  const key = (at: number) => `"k${at}":1`;
  const half = Math.floor(limit / 2);
  return [
    '['.repeat(limit),
    '{"a":'.repeat(Math.floor(limit / 5)),
    '['.repeat(half) + ']'.repeat(half),
    list('{', key, '}', limit, 380_000),
    list('[', () => '{}', ']', limit, 2_000_000),
    ...properties.flatMap((property) => [
      list(`{"${property}":{`, key, '}}', limit, 380_000),
      `{"${property}":${'['.repeat(limit - 40)}`,
    ]),
  ];
}

/** The worst that is few and flat enough to be checked against the schema. */
function costly({ limit, values, properties }: Route): string[] {
  const key = (at: number) => `"k${at}":1`;
  return [
    list('{', key, '}', limit, values - 8),
    `"${'\\u0000'.repeat(Math.floor((limit - 2) / 6))}"`,
    `{"text":"${'\\\\'.repeat(Math.floor(limit / 2) - 20)}"}`,
    ...properties.flatMap((property) => [
      list(`{"${property}":{`, key, '}}', limit, values - 8),
      list(`{"${property}":{`, (at) => `"k${at}":{}`, '}}', limit, values / 2 - 8),
      list(`{"${property}":[`, () => '{}', ']}', limit, values / 2 - 8),
      list(`{"${property}":[`, () => '1', ']}', limit, values - 8),
    ]),
  ];
}

describe('bodies', () => {
  it('[live 3] each route that takes one says how much, in the OpenAPI document', () => {
    const told = Object.fromEntries(
      operations
        .filter(({ operation }) => operation['x-body-limit'] !== undefined)
        .map(({ name, operation }) => [name, operation['x-body-limit']]),
    );
    expect(Object.keys(told).sort()).toEqual(
      operations
        .filter(({ operation }) => operation.requestBody)
        .map(({ name }) => name)
        .sort(),
    );
    const large = Object.entries(told).filter(([, limit]) => limit !== 16 * kib && limit !== 64 * kib);
    expect(Object.fromEntries(large)).toEqual({
      'POST /api/sessions': 4 * kib * kib,
      'PUT /api/imports/{id}/parts': 8 * kib * kib,
      'PUT /api/sessions/{id}/settings': 4 * kib * kib,
      'POST /api/sessions/{id}/submission': 512 * kib,
      'POST /api/scorecards/import': 4 * kib * kib,
      'PUT /api/scorecards/{id}/draft': 4 * kib * kib,
    });
    // Nobody needs to be signed in there.
    for (const { name, operation } of operations.filter(({ path }) =>
      /^\/api\/(join|display|set-up)/.test(path),
    ))
      if (operation.requestBody) expect([name, told[name]]).toEqual([name, 16 * kib]);
    for (const { name, operation } of operations.filter(({ operation: one }) => one.requestBody))
      expect([name, Object.keys(operation.responses)]).toEqual([
        name,
        // A part of a file is bytes of any kind.
        expect.arrayContaining(name.endsWith('/parts') ? ['413', '429'] : ['413', '415', '429']),
      ]);
  });

  it('[live 3] one byte over the limit is refused with 413 before anything is parsed, its length told or not', async () => {
    for (const [at, route] of routes.entries()) {
      const send = await caller(at + 1);
      // No JSON: whoever parsed it would say 400.
      const over = 'x'.repeat(route.limit + 1);
      const pieces = new Blob([over]).stream();
      for (const body of [over, pieces]) {
        const { status, problem } = await send(route, body);
        expect([route.name, status, problem?.detail]).toEqual([
          route.name,
          413,
          `At most ${route.limit} bytes are taken here.`,
        ]);
      }
      // One less is looked at.
      const { status } = await send(route, 'x'.repeat(route.limit));
      expect([route.name, status]).toEqual([route.name, 400]);
    }
  });

  it('[live 3] the worst that fits: a clear problem, and no turn of the loop longer than the work of one large document', async () => {
    const yardstick = theWorkOfOne(JSON.stringify({ transcript: transcript(1_000) }));
    let longest = { ms: 0, of: '' };
    for (const [at, route] of routes.entries()) {
      const send = await caller(at + 1);
      const watched = async (body: string) => {
        // Made before, since the sender's work is none of the server's.
        const bytes = Buffer.from(body);
        const { ms, outcome } = await longestTurn(() => send(route, bytes));
        if (ms > longest.ms) longest = { ms, of: `${route.name} ${body.slice(0, 60)}` };
        return { ...outcome, told: [route.name, body.slice(0, 60), outcome.text.slice(0, 200)] };
      };
      for (const body of tooMuch(route)) {
        const { status, problem, told } = await watched(body);
        expect([...told, status]).toEqual([...told, 413]);
        expect(problem?.detail).toMatch(/^At most \d+ (levels|values) are taken/);
      }
      for (const body of costly(route)) {
        const { status, text, problem, told } = await watched(body);
        expect([...told, status >= 500]).toEqual([...told, false]);
        // What was let be, and what is told of the rest, is short.
        expect(text.length).toBeLessThan(32 * kib);
        expect(problem?.errors?.length ?? 0).toBeLessThanOrEqual(100);
      }
    }
    process.stdout.write(
      `bodies: longest turn ${longest.ms.toFixed(1)} ms of CPU (${longest.of}), yardstick ${yardstick.toFixed(1)} ms\n`,
    );
    // Sender and collector work in this process, too: what stops a meeting is a hundred times as much.
    expect(longest.ms).toBeLessThan(yardstick * 8);
  }, 120_000);
});

const transcript = (lines: number) =>
  Array.from({ length: lines }, (_, second) => ({
    speaker: 'Agent',
    second,
    text: 'a "word"\n'.repeat(330),
  }));
