// Another address than the configured one (O6): whoever comes there is led to the right one, or told it; whoever comes by a proxy
// is let alone; and no name that a request brings is ever repeated.
import { request } from 'node:http';
import { createServer } from 'node:net';
import { problemBody } from '@attune/contract';
import { describe, expect } from 'vitest';
import type { RunningServer } from '../../server/src/start.ts';
import { startApp } from '../support/app.ts';
import { makeOrganisation, type Person } from '../support/people.ts';
import { freshDatabase } from '../support/postgres.ts';
import { longestSetUpMs, serverTest } from '../support/team.ts';

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly address: string | undefined;
  readonly type: string;
  readonly text: string;
}

/** Configured as `http://localhost:PORT`, which is its own socket. */
let here: RunningServer;
/** Where one listens that is configured as an address that something else must speak for. */
let portBehind: number;
let lead: Person;

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are wanted
const it = serverTest().extend('behind', { scope: 'file' }, async ({}, { onCleanup }) => {
  const database = await freshDatabase();
  const port = await freePort();
  const config = { publicUrl: 'https://attune.example.org', port };
  const server = await startApp({ databaseUrl: database.url, config });
  onCleanup(async () => {
    await server.stop();
    await database.drop();
  });
  return port;
});

it.beforeAll(async ({ server, behind }) => {
  here = server;
  portBehind = behind;
  lead = await (await makeOrganisation(here)).member('Lena', ['lead']);
}, longestSetUpMs);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}

/** Asks as a browser that navigates, with any `Host`. */
function ask(
  port: number,
  host: string,
  path = '/sign-in',
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const all = { Host: host, Accept: 'text/html,*/*;q=0.8', ...headers };
    const sent = request({ host: '127.0.0.1', port, path, method, headers: all }, (reply) => {
      let text = '';
      reply.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      reply.on('end', () =>
        resolve({
          status: reply.statusCode ?? 0,
          location: reply.headers.location,
          address: reply.headers['attune-address']?.toString(),
          type: reply.headers['content-type'] ?? '',
          text,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? '{}' : undefined);
  });
}

const portHere = () => Number(new URL(here.url).port);
/** What every host gets that is left alone; the pages themselves need not be built for it. */
const pageOf = async (port: number, host: string) => (await ask(port, host)).status;

describe('a page at another address', () => {
  it('[O6] names of this machine lead to the configured one, path and query kept', async () => {
    for (const name of ['127.0.0.1', '[::1]', '127.0.1.1']) {
      for (const path of ['/', '/join', '/calibrations?status=draft&q=a%20b', '//evil.example/x']) {
        const { status, location } = await ask(portHere(), `${name}:${portHere()}`, path);
        expect([name, path, status, location]).toEqual([name, path, 307, here.url + path]);
      }
    }
    const right = await ask(portHere(), `localhost:${portHere()}`);
    expect([right.status, right.location]).not.toContain(307);
    expect((await ask(portHere(), `LOCALHOST:${portHere()}`)).location).toBeUndefined();
  });

  it('[O6] any other name gets a page with the right address, and never its own name back', async () => {
    for (const host of [
      `192.168.1.20:${portHere()}`,
      `rebound.example.com:${portHere()}`,
      'evil.example.com',
    ]) {
      const { status, type, text, location } = await ask(portHere(), host, '/join?from=evil.example.com');
      expect([host, status, location]).toEqual([host, 421, undefined]);
      expect(type).toContain('text/html');
      expect(text).toContain(`<a href="${here.url}/">${here.url}</a>`);
      expect(text).toContain('PUBLIC_URL');
      expect(text).not.toMatch(/<script|style=|192\.168|rebound|evil/);
    }
  });

  it('[O6] files, the API, health and programs are answered at every address as before', async () => {
    for (const host of [`127.0.0.1:${portHere()}`, `192.168.1.20:${portHere()}`, 'evil.example.com']) {
      const json = { Accept: '*/*' };
      expect((await ask(portHere(), host, '/healthz', json)).status).toBe(200);
      expect((await ask(portHere(), host, '/readyz', json)).status).toBe(200);
      expect((await ask(portHere(), host, '/api/welcome', json)).status).toBe(200);
      expect((await ask(portHere(), host, '/api/me', { ...json, Cookie: lead.cookie })).status).toBe(200);
      expect((await ask(portHere(), host, '/plain.css')).location).toBeUndefined();
    }
    expect((await ask(portHere(), `192.168.1.20:${portHere()}`, '/', { Accept: '*/*' })).status).not.toBe(
      421,
    );
  });

  it('[O6] behind a proxy no Host is taken for a wrong address, so that nothing turns in a circle', async () => {
    const right = await pageOf(portBehind, 'attune.example.org');
    for (const host of [
      `127.0.0.1:${portBehind}`,
      `localhost:${portBehind}`,
      'attune:4400',
      '10.0.0.5',
      'up.internal',
    ])
      expect([host, await pageOf(portBehind, host)]).toEqual([host, right]);
    // And where the address is this machine's own, a proxy before it says so, or passes the bare name of a container.
    const usual = await pageOf(portHere(), `localhost:${portHere()}`);
    for (const header of ['X-Forwarded-For', 'X-Forwarded-Host', 'Forwarded', 'Via']) {
      const passed = await ask(portHere(), `127.0.0.1:${portHere()}`, '/', { [header]: 'localhost' });
      expect([header, passed.status]).toEqual([header, usual]);
    }
    expect(await pageOf(portHere(), 'attune:4400')).toBe(usual);
    // What passes another port has another origin, where nothing would work.
    expect(await pageOf(portHere(), '127.0.0.1:1')).toBe(421);
  });
});

describe('the API at another address', () => {
  it('[O6] a page of ours that was opened elsewhere is told the right address, not that a role forbids it', async () => {
    for (const path of ['/api/demo/sign-in', '/api/auth/sign-in/email', '/api/join/peek', '/api/sessions']) {
      const headers = { Origin: `http://127.0.0.1:${portHere()}`, 'Content-Type': 'application/json' };
      const reply = await ask(portHere(), `127.0.0.1:${portHere()}`, path, headers, 'POST');
      expect([path, reply.status, reply.type]).toEqual([path, 403, 'application/problem+json']);
      const problem = problemBody.parse(JSON.parse(reply.text));
      expect(problem).toMatchObject({ type: '/problems/wrong-address', address: here.url });
      expect(problem.detail).toContain(here.url);
      expect(problem.detail).toContain('PUBLIC_URL');
      expect(reply.text).not.toMatch(/role|127\.0\.0\.1/);
    }
  });

  it('[O6] every reply of the API says the right address, a refusal’s and a proxied one’s too', async () => {
    for (const path of ['/api/welcome', '/api/me', '/api/nothing-here']) {
      expect((await ask(portHere(), `127.0.0.1:${portHere()}`, path)).address).toBe(here.url);
      expect((await ask(portBehind, 'attune:4400', path)).address).toBe('https://attune.example.org');
    }
  });
});
