// A command declared over a real database: its types, its entry in the document, its transaction, and what is kept of its reply.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '@attune/domain';
import { Hono } from 'hono';
import type { hc, InferRequestType, InferResponseType } from 'hono/client';
import { createMiddleware } from 'hono/factory';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod/mini';
import { type FreshDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import type { SignedIn } from '../caller.ts';
import { type Connection, connect } from '../db/client.ts';
import type { Unit } from '../db/transact.ts';
import { createLog } from '../ops/log.ts';
import { denied, done } from '../outcome.ts';
import { insertMember, insertOrganisation } from '../people/store.ts';
import type { ActorEnv } from './actor.ts';
import { createCommands } from './command.ts';
import { openReply } from './kept-reply.ts';
import { openApiDocument } from './openapi.ts';
import { onProblem } from './problem.ts';
import type { RequestEnv } from './request.ts';

const serverKey = randomBytes(32);
const actor: Actor = {
  memberId: randomUUID(),
  organisationId: randomUUID(),
  permissions: [],
  access: { kind: 'organisation' },
  shutPlaces: [],
  limit: null,
};
const acts: string[] = [];
let database: FreshDatabase;
let connection: Connection;
let app: ReturnType<typeof createApp>;

/** Writes an organisation of this name, and acts on it after the commit. */
async function found({ tx, whenCommitted }: Unit, name: string) {
  whenCommitted(() => acts.push(name));
  await insertOrganisation(tx, { id: randomUUID(), name, demo: false });
  if (name.startsWith('broken')) throw new Error('broken');
  return name;
}

function createApp() {
  const command = createCommands({ db: connection.db, serverKey });
  const signedIn = createMiddleware<ActorEnv>(async (c, next) => {
    c.set('actor', actor);
    c.set('signedIn', { memberId: actor.memberId } as SignedIn);
    await next();
  });
  const api = new Hono<ActorEnv>()
    .use(signedIn)
    .put(
      '/organisations/:name',
      ...command(
        'Founds an organisation.',
        {
          params: z.object({ name: z.string() }),
          body: z.object({ words: z.array(z.string()) }),
          replies: { 201: z.object({ name: z.string(), words: z.number() }) },
        },
        async (unit, { actor: by, params, body }) => {
          if (by.memberId !== actor.memberId || params.name === 'denied') return denied('not-allowed');
          return done({ name: await found(unit, params.name), words: body.words.length });
        },
      ),
    )
    .delete(
      '/organisations/:name',
      ...command(
        'Does nothing.',
        { params: z.object({ name: z.string() }), replies: { 204: null } },
        async () => done(null),
      ),
    );
  const served = new Hono<RequestEnv>().route('/', api);
  served.onError(onProblem(createLog('silent')));
  served.get('/openapi.json', openApiDocument(served));
  return { api, served };
}

type Routes = ReturnType<typeof hc<(typeof app)['api']>>;

const send = (method: string, path: string, { body, key }: { body?: unknown; key?: string } = {}) =>
  app.served.request(path, {
    method,
    headers: { 'Content-Type': 'application/json', ...(key ? { 'Idempotency-Key': key } : {}) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const count = async (name: string) =>
  (await connection.sql`select 1 from organisation where name = ${name}`).length;

beforeAll(async () => {
  database = await freshDatabase();
  connection = connect(database.url);
  await connection.db.transaction(async (tx) => {
    await insertOrganisation(tx, { id: actor.organisationId, name: 'Northwind', demo: false });
    await insertMember(tx, actor.organisationId, {
      id: actor.memberId,
      userId: randomUUID(),
      accountId: randomUUID(),
      name: 'Ana',
      email: 'ana@example.org',
      roles: [],
      access: actor.access,
      password: null,
      newGrantId: randomUUID,
    });
  });
  app = createApp();
});
afterAll(async () => {
  await connection?.close(1_000);
  await database?.drop();
});

describe('a declared command', () => {
  it('[house 4] is known to typed calls: what it takes, and what each status answers', () => {
    type Put = Routes['organisations'][':name']['$put'];
    type Delete = Routes['organisations'][':name']['$delete'];
    expectTypeOf<InferRequestType<Put>['param']>().toEqualTypeOf<{ name: string }>();
    expectTypeOf<InferRequestType<Put>['json']>().toEqualTypeOf<{ words: string[] }>();
    expectTypeOf<InferResponseType<Put, 201>>().toEqualTypeOf<{ name: string; words: number }>();
    expectTypeOf<InferRequestType<Delete>>().toEqualTypeOf<{ param: { name: string } }>();
    expectTypeOf<InferResponseType<Delete, 204>>().toEqualTypeOf<null>();
  });

  it('[house 4] stands in the OpenAPI document with its body and its replies', async () => {
    const document = (await (await app.served.request('/openapi.json')).json()) as {
      paths: Record<string, Record<string, { summary: string; requestBody?: object; responses: object }>>;
    };
    const { put, delete: remove } = document.paths['/organisations/{name}'] ?? {};
    expect(put).toMatchObject({ summary: 'Founds an organisation.' });
    expect(put?.requestBody).toBeDefined();
    expect(Object.keys(put?.responses ?? {})).toEqual(expect.arrayContaining(['201', 'default', '413']));
    expect(Object.keys(remove?.responses ?? {})).toEqual(['204', 'default']);
  });

  it('[house 4] acts once it is committed; where it throws it writes nothing and acts never', async () => {
    const body = { words: ['a', 'b'] };
    const made = await send('PUT', '/organisations/acme', { body });
    expect([made.status, await made.json()]).toEqual([201, { name: 'acme', words: 2 }]);
    const key = randomUUID();
    for (const sent of [{ body }, { body, key }, { body, key }])
      expect((await send('PUT', '/organisations/broken', sent)).status).toBe(500);
    expect([await count('acme'), await count('broken'), acts]).toEqual([1, 0, ['acme']]);
  });

  it('[house 4] under a key happens once, and keeps its status and its small body and nothing else', async () => {
    const [key, body] = [randomUUID(), { words: [] }];
    const replies = await Promise.all([1, 2].map(() => send('PUT', '/organisations/once', { body, key })));
    const again = await send('PUT', '/organisations/once', { body, key });
    const told = await Promise.all(
      [...replies, again].map(async (reply) => [reply.status, await reply.text()]),
    );
    expect(told).toEqual(told.map(() => [201, '{"name":"once","words":0}']));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('content-type')).toBe('application/json');
    expect([await count('once'), acts.filter((name) => name === 'once')]).toEqual([1, ['once']]);
    const [row] = await connection.sql<{ status: number; reply: unknown }[]>`
      select status, reply from command_reply where key = ${key}`;
    expect([row?.status, openReply(serverKey, { ...actor, key }, row?.reply)]).toEqual([201, told[0]?.[1]]);
  });

  it('[house 4] that fails answers the problem, and the same one to a repeat', async () => {
    const [key, body] = [randomUUID(), { words: [] }];
    const first = await send('PUT', '/organisations/denied', { body, key });
    const again = await send('PUT', '/organisations/denied', { body, key });
    const [told, repeated] = [await first.text(), await again.text()];
    expect([first.status, again.status, repeated]).toEqual([403, 403, told]);
    expect(told).toContain('/problems/not-allowed');
    expect([first, again].map(({ headers }) => headers.get('content-type'))).toEqual([
      'application/problem+json',
      'application/problem+json',
    ]);
  });

  it('[house 4] with bad input is not begun, and leaves its key unused', async () => {
    const key = randomUUID();
    const bad = await send('PUT', '/organisations/mended', { body: { words: 1 }, key });
    expect([bad.status, await bad.text()]).toEqual([422, expect.stringContaining('/words')]);
    expect((await send('PUT', '/organisations/mended', { body: { words: [] }, key })).status).toBe(201);
  });

  it('[house 4] may answer nothing, to a repeat alike', async () => {
    const key = randomUUID();
    for (let at = 0; at < 2; at += 1) {
      const reply = await send('DELETE', '/organisations/acme', { key });
      expect([reply.status, await reply.text()]).toEqual([204, '']);
    }
  });
});
