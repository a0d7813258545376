import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { problemBody, says } from '@attune/contract';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, describe as group, it } from 'vitest';
import * as z from 'zod/mini';
import { createLog } from '../ops/log.ts';
import { bodySizes, checkBodyHead } from './body.ts';
import { isDatabaseUnavailable, onNotFound, onProblem, ProblemError, refusalProblem } from './problem.ts';
import { type RequestEnv, requestId } from './request.ts';
import { contentSecurityPolicy, securityHeaders } from './security.ts';
import { createStatic } from './static.ts';
import { validateBody, validateParams, validateQuery } from './validate.ts';

const body = z.object({
  name: z.string().check(z.minLength(1, says('blank')), z.maxLength(20, says('too-long'))),
  tags: z.array(z.string()),
});

function createApp() {
  const app = new Hono<RequestEnv>();
  app.onError(onProblem(createLog('silent')));
  app.notFound(onNotFound);
  app.use(requestId, securityHeaders('http://localhost:4400'), checkBodyHead);
  app.post('/api/things', validateBody(body), (c) => c.json({ name: c.req.valid('json').name }, 201));
  app.get('/api/things', validateQuery(z.object({ sort: z.enum(['name', 'date']) })), (c) =>
    c.json({ sort: c.req.valid('query').sort }),
  );
  app.get('/api/things/:id', validateParams(z.object({ id: z.uuid() })), (c) => c.json(c.req.valid('param')));
  app.get('/api/bug', () => {
    throw new Error('a secret of the database');
  });
  app.get('/api/down', () => {
    throw new Error('Failed query', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
  });
  app.get('/api/stale', () => {
    throw refusalProblem({ code: 'stale', status: 'review', expected: 'scoring' }, { present: { id: 1 } });
  });
  app.get('/api/slow', () => {
    throw new ProblemError('too-many-requests', { retryAfterSeconds: 30, detail: 'Wait half a minute.' });
  });
  return app;
}

const app = createApp();

async function problemOf(reply: Response | Promise<Response>) {
  const answered = await reply;
  expect(answered.headers.get('content-type')).toBe('application/problem+json');
  expect(answered.headers.get('cache-control')).toBe('no-store');
  const problem = problemBody.parse(await answered.json());
  expect(problem.status).toBe(answered.status);
  expect(problem.instance).toBe(answered.headers.get('x-request-id'));
  return problem;
}

const post = (text: string) =>
  app.request('/api/things', { method: 'POST', body: text, headers: { 'Content-Type': 'application/json' } });

group('problems', () => {
  it('[house 5] tells all bad input at once, with pointers into the body', async () => {
    const problem = await problemOf(post(JSON.stringify({ name: '', tags: ['a', 3] })));
    expect(problem).toMatchObject({ type: '/problems/invalid-input', status: 422 });
    expect(problem.errors?.map((error) => error.pointer)).toEqual(['/name', '/tags/1']);
    expect(problem.errors?.[0]).toMatchObject({ code: 'blank', detail: 'must not be empty' });
    // What only the library has a sentence for is still a code to screens.
    expect(problem.errors?.[1]).toMatchObject({ code: 'invalid', detail: 'Invalid input' });
  });

  it('[house 5] says how much is taken, where there is too much', async () => {
    const problem = await problemOf(post(JSON.stringify({ name: 'a'.repeat(21), tags: [] })));
    expect(problem.errors).toEqual([
      { pointer: '/name', code: 'too-long', detail: 'is too long: at most 20', most: 20 },
    ]);
  });

  it('[house 5] points at a bad query parameter', async () => {
    const problem = await problemOf(app.request('/api/things?sort=size'));
    expect(problem.errors?.map((error) => error.pointer)).toEqual(['?sort']);
  });

  it('[house 5] answers an impossible id as an unknown one', async () => {
    expect((await problemOf(app.request('/api/things/1'))).type).toBe('/problems/not-found');
  });

  it('[house 5] tells malformed JSON apart from bad input', async () => {
    expect(await problemOf(post('{"name":'))).toMatchObject({
      type: '/problems/malformed-json',
      status: 400,
    });
  });

  it('[house 5] refuses a body that is too large', async () => {
    expect(
      (await problemOf(post(JSON.stringify({ name: 'x'.repeat(bodySizes.visitor.bytes), tags: [] })))).status,
    ).toBe(413);
  });

  it('[house 5] answers a bug with a request id and nothing of the error', async () => {
    const reply = await app.request('/api/bug');
    const text = await reply.clone().text();
    expect(text).not.toContain('secret');
    expect(await problemOf(reply)).toMatchObject({ type: '/problems/internal', status: 500 });
  });

  it('[live 3] answers 503 with Retry-After while the database is away', async () => {
    const reply = await app.request('/api/down');
    expect(reply.headers.get('retry-after')).toBe('2');
    expect((await problemOf(reply)).type).toBe('/problems/unavailable');
  });

  it('[house 5] sends the data that lets one mend a refusal, and the present view', async () => {
    const problem = await problemOf(app.request('/api/stale'));
    expect(problem).toMatchObject({
      status: 409,
      refusal: { code: 'stale', status: 'review', expected: 'scoring' },
      present: { id: 1 },
    });
  });

  it('[house 5] says when to come again', async () => {
    expect((await app.request('/api/slow')).headers.get('retry-after')).toBe('30');
  });

  it.each([
    ['ECONNREFUSED', true],
    ['CONNECTION_CLOSED', true],
    ['57P01', true],
    ['53100', true],
    ['23505', false],
  ])('[live 3] takes %s for an absent database: %s', (code, expected) => {
    expect(isDatabaseUnavailable(Object.assign(new Error('x'), { code }))).toBe(expected);
  });
});

group('security headers', () => {
  it('[live 5] are on every reply, a refusal and an error too', async () => {
    for (const path of ['/api/things?sort=name', '/api/bug', '/api/nowhere']) {
      const { headers } = await app.request(path);
      expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy('http://localhost:4400'));
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('[live 5] allow nothing by default and no inline script', () => {
    const policy = contentSecurityPolicy('https://attune.example.org');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('wss://attune.example.org');
    expect(policy).not.toContain('unsafe');
  });

  it('[live 5] never take over a request id from outside', async () => {
    const reply = await app.request('/api/things?sort=name', { headers: { 'X-Request-Id': 'mine' } });
    expect(reply.headers.get('x-request-id')).not.toBe('mine');
  });
});

group('pages', () => {
  let folder = '';
  let pages = new Hono<RequestEnv>();

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'attune-test-'));
    await mkdir(path.join(folder, 'assets'));
    await writeFile(path.join(folder, 'index.html'), '<!doctype html>page');
    await writeFile(path.join(folder, 'score.html'), '<!doctype html>evaluator');
    await writeFile(path.join(folder, 'theme.js'), 'theme');
    await writeFile(path.join(folder, 'assets/index-abc.js'), 'script');
    await writeFile(path.join(folder, 'assets/index-abc.js.gz'), gzipSync('script'));
    pages = new Hono<RequestEnv>();
    pages.route('/', createStatic(folder));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('[house 6] any page address gives the page, asked for again each time', async () => {
    for (const address of ['/', '/sessions/0190-abc', '/sign-in']) {
      const reply = await pages.request(address);
      expect(reply.status).toBe(200);
      expect(reply.headers.get('cache-control')).toBe('no-cache');
      expect(await reply.text()).toContain('page');
    }
  });

  it('[house 2] whoever comes to score is given the evaluator’s page, with or without a slash at its end', async () => {
    for (const address of ['/join', '/calibrations/0190-abc/score', '/calibrations/0190-abc/score/']) {
      const reply = await pages.request(address);
      expect(await reply.text(), address).toContain('evaluator');
      expect(reply.headers.get('cache-control')).toBe('no-cache');
    }
    for (const address of ['/calibrations/0190-abc', '/calibrations/0190-abc/scores', '/joining']) {
      expect(await (await pages.request(address)).text(), address).not.toContain('evaluator');
    }
  });

  it('[house 6] hashed files are kept for ever and sent compressed', async () => {
    const reply = await pages.request('/assets/index-abc.js', { headers: { 'Accept-Encoding': 'gzip' } });
    expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(reply.headers.get('content-encoding')).toBe('gzip');
    expect(reply.headers.get('content-type')).toMatch(/javascript/);
  });

  it('[house 6] files beside the page are served, unknown ones are not the page', async () => {
    expect(await (await pages.request('/theme.js')).text()).toBe('theme');
    for (const address of [
      '/nothing.js',
      '/assets/nothing.js',
      '/api/x',
      '/api',
      '/sync/meeting/1',
      '/../x.txt',
    ]) {
      expect((await pages.request(address)).status, address).toBe(404);
    }
  });
});
