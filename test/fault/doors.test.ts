// Who a start lets in, on the real process: the demo's door, an empty beginning, other people's machines, and https of its own.
import { X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { request } from 'node:https';
import path from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import {
  type AppProcess,
  AppProcessEnded,
  startAppProcess,
  temporaryFolder,
} from '../support/app-process.ts';
import { visitor } from '../support/people.ts';

const running: AppProcess[] = [];
const folders: { remove(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.stop()));
  await Promise.all(folders.splice(0).map((folder) => folder.remove()));
});

async function newFolder(): Promise<string> {
  const folder = await temporaryFolder();
  folders.push(folder);
  return folder.path;
}

async function start(dataDir: string, environment: Record<string, string> = {}): Promise<AppProcess> {
  const app = await startAppProcess({ dataDir, environment });
  running.push(app);
  return app;
}

async function failure(dataDir: string, environment: Record<string, string>): Promise<string> {
  const outcome = await startAppProcess({ dataDir, environment }).catch((error: unknown) => error);
  if (outcome instanceof AppProcessEnded && outcome.end.code === 1) return outcome.message;
  throw new Error('the server started, or failed otherwise');
}

const welcome = async (app: AppProcess) =>
  (await visitor(app.url).get('/api/welcome')).body as {
    demo: { members: { id: string }[] } | null;
    needsSetUp: boolean;
  };

async function setUpToken(app: AppProcess): Promise<string> {
  await vi.waitFor(() => expect(app.output()).toContain('/set-up#'));
  return /#([\w-]{43})\n/.exec(app.output())?.[1] ?? '';
}

const setUp = (app: AppProcess, token: string) =>
  visitor(app.url).send('POST', '/api/set-up', {
    token,
    organisation: 'Northwind',
    name: 'Sofia',
    email: 'sofia@example.org',
    password: 'correct horse battery staple',
  });

const signIn = async (app: AppProcess) =>
  (
    await visitor(app.url).send('POST', '/api/auth/sign-in/email', {
      email: 'sofia@example.org',
      password: 'correct horse battery staple',
    })
  ).status;

describe('the demo’s door', { timeout: 90_000 }, () => {
  it('[O6] HOST off loopback is refused unless DEMO=1 says so, with both ways on; then the start says what that means', async () => {
    const dataDir = await newFolder();
    const told = await failure(dataDir, { HOST: '0.0.0.0' });
    expect(told).toMatch(/^HOST is "0\.0\.0\.0", so others can open the demo, .*\n$/);
    expect(told).toContain('set DEMO=1');
    expect(told).toContain('DEMO=0 to begin empty');
    const behindProxy = await failure(dataDir, { PUBLIC_URL: 'https://attune.example.org' });
    expect(behindProxy).toMatch(
      /^PUBLIC_URL is "https:\/\/attune\.example\.org", so others can open the demo/,
    );
    const app = await start(dataDir, { HOST: '0.0.0.0', DEMO: '1' });
    expect((await welcome(app)).demo?.members.length).toBeGreaterThan(3);
    await vi.waitFor(() =>
      expect(app.output()).toContain('Demo: anyone who opens it signs in as anyone, so nothing is sealed.\n'),
    );
    expect(app.output()).toMatch(/ DEMO=1 DATA_DIR=\S+ npm start\n/);
  });

  it('[O5] DEMO=0 begins empty with the set-up link; nothing later fills the demo in, or opens its sign-in', async () => {
    const dataDir = await newFolder();
    // On all interfaces: there is no click to be afraid of.
    const first = await start(dataDir, { DEMO: '0', HOST: '0.0.0.0' });
    expect(await welcome(first)).toMatchObject({ demo: null, needsSetUp: true });
    const unused = await setUpToken(first);
    await first.stop();

    // Begun for real from the moment the link was printed, whatever the next start forgets to say.
    const second = await start(dataDir);
    expect(await welcome(second)).toMatchObject({ demo: null, needsSetUp: true });
    const token = await setUpToken(second);
    expect((await setUp(second, unused)).status).toBe(404);
    expect((await setUp(second, token)).status).toBeLessThan(300);
    await second.stop();

    const told = await failure(dataDir, { DEMO: '1' });
    expect(told).toMatch(/^DEMO is 1, and the data folder .* was begun for real use/);
    expect(told.trim().split('\n')).toHaveLength(1);

    const quietly: Record<string, string>[] = [{}, { DEMO: '0' }];
    for (const environment of quietly) {
      const again = await start(dataDir, environment);
      expect(await welcome(again)).toMatchObject({ demo: null, needsSetUp: false });
      const click = { memberId: crypto.randomUUID() };
      expect((await visitor(again.url).send('POST', '/api/demo/sign-in', click)).status).toBe(404);
      expect(await signIn(again)).toBe(200);
      expect(again.output()).not.toContain('/set-up#');
      await again.stop();
    }
  });

  it('[O6] the demo is neither begun anew by DEMO=0 nor put into a database of one’s own by DEMO=1', async () => {
    const dataDir = await newFolder();
    await (await start(dataDir)).stop();
    expect(await failure(dataDir, { DEMO: '0' })).toMatch(
      /^DEMO is 0, and the data folder .* holds the demo: set DATA_DIR to another folder to begin empty, or leave DEMO out for the demo\.\n$/,
    );
    expect((await welcome(await start(dataDir, { DEMO: '1' }))).demo).not.toBeNull();
    expect(
      await failure(await newFolder(), { DEMO: '1', DATABASE_URL: 'postgres://me@127.0.0.1:9/attune' }),
    ).toBe(
      'DEMO is 1, and DATABASE_URL names a database of your own, which never becomes a demo: leave one of them out.\n',
    );
  });
});

describe('other people’s machines', { timeout: 90_000 }, () => {
  it('[J1] plain http under an address of others is called what it is, and nothing is said of the command', async () => {
    const app = await start(await newFolder(), { DEMO: '0', PUBLIC_URL: 'http://attune.example.org' });
    await vi.waitFor(() =>
      expect(app.output()).toContain('Not encrypted: whoever shares this network can read along.'),
    );
    expect(app.output()).not.toContain('npm start');
  });
});

/** A connection to the server that trusts exactly one certificate, as somebody who compared the fingerprint does. */
function pinned(port: number, fingerprint: string): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', rejectUnauthorized: false });
    socket.on('error', reject);
    socket.on('secureConnect', () => {
      if (socket.getPeerX509Certificate()?.fingerprint256 === fingerprint) resolve(socket);
      else reject(new Error('another certificate'));
    });
  });
}

async function printedFingerprint(app: AppProcess): Promise<string> {
  await vi.waitFor(() => expect(app.output()).toMatch(/SHA-256 fingerprint:\n/));
  return /^ {2}((?:[0-9A-F]{2}:){31}[0-9A-F]{2})$/m.exec(app.output())?.[1] ?? '';
}

describe('HTTPS=self', { timeout: 90_000 }, () => {
  it('[J1] serves pages, API and sockets over TLS with the certificate whose fingerprint it prints, and keeps it', async () => {
    const dataDir = await newFolder();
    const app = await start(dataDir, { HTTPS: 'self' });
    expect(app.url).toMatch(/^https:\/\/localhost:\d+$/);
    const port = Number(new URL(app.url).port);
    const fingerprint = await printedFingerprint(app);
    const socket = await pinned(port, fingerprint);
    expect(socket.getProtocol()).toBe('TLSv1.3');
    socket.destroy();
    const ca = await readFile(path.join(dataDir, 'https.crt'), 'utf8');
    expect(new X509Certificate(ca).fingerprint256).toBe(fingerprint);
    expect((await stat(path.join(dataDir, 'https.key'))).mode & 0o077).toBe(0);

    // With the certificate trusted, and nothing else, names and all are right: for the names as for the bare addresses.
    const asked = (host: string, method = 'GET', to = '/api/welcome', body?: string, headers = {}) =>
      new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
        (resolve, reject) => {
          const sent = request({ host, port, path: to, method, ca, headers }, (reply) => {
            let text = '';
            reply.on('data', (chunk: Buffer) => {
              text += chunk.toString();
            });
            reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }));
          });
          sent.on('error', reject);
          sent.end(body);
        },
      );
    const reply = await asked('localhost');
    expect([reply.status, (await asked('127.0.0.1')).status]).toEqual([200, 200]);
    // Browsers would not let anyone past the next certificate, nor past another server's on localhost.
    expect(reply.headers['strict-transport-security']).toBeUndefined();

    const { demo } = JSON.parse(reply.text) as { demo: { members: { id: string }[] } };
    const signedIn = await asked(
      'localhost',
      'POST',
      '/api/demo/sign-in',
      JSON.stringify({ memberId: demo.members[0]?.id }),
      { Origin: app.url, 'Content-Type': 'application/json' },
    );
    const cookie = String(signedIn.headers['set-cookie']);
    expect(cookie).toMatch(/^__Host-attune=.*; Secure/);

    const feed = new WebSocket(`${app.url.replace(/^https/, 'wss')}/sync/inbox`, {
      ca,
      origin: app.url,
      headers: { Cookie: cookie.split(';', 1)[0] },
    });
    await new Promise<void>((resolve, reject) => {
      feed.on('open', resolve);
      feed.on('error', reject);
    });
    feed.terminate();
    await app.stop();

    const again = await start(dataDir, { HTTPS: 'self' });
    expect(await printedFingerprint(again)).toBe(fingerprint);
  });

  it('[J1] is refused together with an address that is plain http', async () => {
    const told = await failure(await newFolder(), { HTTPS: 'self', PUBLIC_URL: 'http://attune.example.org' });
    expect(told).toBe(
      'HTTPS is self, and PUBLIC_URL is "http://attune.example.org", which is not https: set it to https://attune.example.org.\n',
    );
    expect(await failure(await newFolder(), { HTTPS: 'yes', DEMO: 'maybe' })).toMatch(
      /^HTTPS is "yes", which is not known: set self .*\nDEMO is "maybe", which says neither: set 1 .*\n$/,
    );
  });
});
