// The order of birth and death of one server: lock, address, database, migrations, demo, hub, routes; and back.
// Each step leaves here how it is undone, so that a failed start leaves nothing running.
import type { Server } from 'node:http';
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https';
import { createAdaptorServer } from '@hono/node-server';
import { v7 as uuidv7 } from 'uuid';
import { createApi } from './api.ts';
import { createLocalBus } from './bus/local.ts';
import { chooseDemo } from './cli/demo/choice.ts';
import { findHolding } from './cli/demo/holding.store.ts';
import { seedDemo } from './cli/demo/seed.ts';
import type { Config } from './config.ts';
import { type Connection, connect } from './db/client.ts';
import { startEmbedded } from './db/embedded.ts';
import { lockFolder } from './db/folder-lock.ts';
import { migrate } from './db/migrate.ts';
import { holdRunning } from './db/running.ts';
import { authenticateDisplay } from './display/service.ts';
import { createJournal } from './documents/journal.ts';
import {
  compactDocument,
  findDocument,
  findSealedRoom,
  readClients,
  readDocument,
} from './documents/store.ts';
import { callerAddress, networkOf } from './http/address.ts';
import { signInCookieOf } from './http/browser.ts';
import { readTab } from './http/demo-tabs.ts';
import { isDatabaseUnavailable } from './http/problem.ts';
import { createHub, type Hub } from './hub/hub.ts';
import { importKindsOfWork } from './imports/jobs.ts';
import { createRunner } from './jobs/runner.ts';
import { chooseServerKey, findServerKeys, isKeyOf } from './keys/server-key.ts';
import { dueKinds } from './notify/due.ts';
import { countUnread } from './notify/store.ts';
import { type OwnCertificate, ownCertificate, renewInTime } from './ops/certificate.ts';
import { createHealth } from './ops/health.ts';
import type { Logger } from './ops/log.ts';
import { createMetrics } from './ops/metrics.ts';
import { clientFolder } from './paths.ts';
import { readActor } from './people/actor.ts';
import { createAuth } from './people/auth.ts';
import { createSetUpLink } from './people/service.ts';
import { findSignInEnd } from './people/store.ts';
import { prunings } from './pruning.ts';
import { certificateNames, isLoopback, type Listening, ownNetworks, type Reach, reachOf } from './reach.ts';
import { readChanges } from './sessions/change.store.ts';
import { readShared } from './sessions/feed-read.ts';
import { versionKinds } from './sessions/move-version.ts';
import { enterPlace } from './sessions/place.service.ts';
import { ProgressGatherer } from './sessions/progress.service.ts';
import { StartError } from './start-error.ts';

export interface StartOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Whether one signs in by a click. Left out: decided by DEMO and by what the embedded database holds. */
  readonly demo?: boolean;
}

export interface RunningServer {
  /** The origin people open, without a trailing slash. */
  readonly url: string;
  readonly connection: Connection;
  readonly hub: Hub;
  /** Makes the first administrator; only where there is no organisation yet, and never in the demo. */
  readonly setUpLink: string | null;
  readonly reach: Reach;
  readonly demo: boolean;
  /** Of the certificate of HTTPS=self. */
  readonly fingerprint: string | null;
  /** Stops everything in good order, the embedded database last. A second call waits for the first. Never throws. */
  stop(): Promise<void>;
}

/**
 * Starts a server and resolves when it is ready.
 * @throws {StartError} with a sentence for the person at the terminal; nothing is left running then.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { config, log } = options;
  const { trustedProxies } = config;
  const undo: (() => Promise<void> | void)[] = [];
  const stop = once(async () => {
    for (const step of undo.reverse()) {
      try {
        await step();
      } catch (error) {
        log.error({ error }, 'a step of stopping failed');
      }
    }
  });
  try {
    if (config.databaseUrl === null) {
      const lock = await lockFolder(config.dataDir);
      undo.push(() => lock.release());
    }
    // Taken before the slow steps, so that a busy port is told at once; until the routes are there it answers 503.
    let answer: (request: Request, bindings: object) => Response | Promise<Response> = starting;
    const networks = ownNetworks();
    const makeCertificate = () =>
      ownCertificate(config.dataDir, certificateNames(config, networks), new Date());
    const certificate = config.https === 'self' ? await makeCertificate() : null;
    const server = createServer((request, bindings) => answer(request, bindings), certificate);
    const listening = { ...(await listen(server, config)), networks, platform: process.platform };
    undo.push(() => closeConnections(server));
    if (certificate && server instanceof HttpsServer)
      undo.push(renewInTime(server, certificate, makeCertificate, log));

    const foundKeys = await findServerKeys(config);
    const databaseUrl = config.databaseUrl ?? (await startDatabase(config, log, undo));
    await migrate(databaseUrl).catch((error: unknown) => {
      throw (config.databaseUrl !== null && unusable(config.databaseUrl, error)) || error;
    });
    const connection = connect(databaseUrl);
    undo.push(() => connection.close(2_000));
    const held: { key: Uint8Array | null } = { key: null };
    if (config.databaseUrl !== null) {
      const running = await holdRunning(config.databaseUrl, log, async () => {
        // While the lock was lost the key may have been changed: what this server still wrote, nobody could open.
        if (held.key && !(await isKeyOf(connection.db, held.key))) stopForGood();
      });
      undo.push(() => running.release());
    }
    const serverKey = await chooseServerKey(config, connection.db, foundKeys);
    held.key = serverKey;

    const { db } = connection;
    const isOurs = config.databaseUrl === null;
    const demo = options.demo ?? (isOurs && (await decideDemo(config, connection, listening)));
    const reach = reachOf(config, listening, isOurs ? demo : null);
    const { publicUrl } = reach;
    // Demo content and the hub stand before the routes, so that nobody is served half a house. What the hub holds open is
    // closed between "take nobody new" and "what is under way ends".
    // Beside the requests' pool: whether the database is well must be known when that is all taken.
    const forHealth = connect(databaseUrl, 2);
    undo.push(() => forHealth.close(500));
    const health = createHealth(forHealth.sql);
    const bus = createLocalBus(log);
    const auth = createAuth({ db, bus, publicUrl, serverKey, demo });
    if (isOurs && demo) await seedDemo({ db, serverKey }, new Date());
    const newId = () => uuidv7();
    const now = () => new Date().toISOString();
    const changing = { db, bus, log, now, newId, serverKey };
    // One group is written at a time, on a connection that knows the statement: no other has to prepare it.
    const forJournal = connect(databaseUrl, 1);
    undo.push(() => forJournal.close(2_000));
    const journal = createJournal({ db: forJournal.db, log });
    const progress = new ProgressGatherer({ db, bus, now });
    const hub = createHub({
      log,
      bus,
      publicUrl,
      journal,
      documents: {
        find: (organisationId, wanted) => findDocument(db, organisationId, serverKey, wanted),
        findSealedRoom: (participantId) => findSealedRoom(db, participantId),
        read: (handle) => readDocument(db, handle),
        readClients: (handle) => readClients(db, handle),
        compact: (handle) => compactDocument(db, handle, newId),
      },
      sessions: {
        readShared: (organisationId, sessionId) => readShared(db, organisationId, sessionId),
        readChanges: (organisationId, sessionId, after) => readChanges(db, organisationId, sessionId, after),
      },
      networkOf: (request) => networkOf(callerAddress(request, trustedProxies)),
      authenticate: (headers) => {
        if (demo) readTab(headers, signInCookieOf(publicUrl));
        return auth.authenticate(headers);
      },
      authenticateDisplay: (headers) => authenticateDisplay({ db, publicUrl, now }, headers),
      readActor: (who) => readActor(db, who),
      // A link is never prolonged.
      readEnd: async (who) => (who.limit?.as === 'display' ? who.endsAt : findSignInEnd(db, who.signInId)),
      enterPlace: (actor, who, sessionId) => enterPlace(changing, actor, who, sessionId),
      countUnread: (actor) => countUnread(db, actor),
      recordProgress: (...of) => progress.record(...of),
    });
    const kinds = [
      ...dueKinds({ bus, newId }),
      ...versionKinds(changing),
      ...importKindsOfWork({ ...changing, auth, publicUrl }),
      ...prunings,
    ];
    const jobs = createRunner({ db, log, now, newId, kinds });
    jobs.start();
    undo.push(bus.subscribe(({ type }) => type === 'job-added' && jobs.wake()));
    undo.push(() => jobs.stop());
    hub.attach(server);
    undo.push(() => hub.close());
    const metrics = config.metricsToken
      ? createMetrics(config.metricsToken, { hub, journal, health, jobs }, new Date())
      : null;
    const isVouchedFor = certificate === null;
    const site = { publicUrl, reach, isVouchedFor, serverKey, demo, trustedProxies, clientFolder };
    const isDoorBusy = () => hub.isDoorBusy;
    const api = createApi({ db, bus, auth, log, health, isDoorBusy, metrics, ...site });
    answer = (request, bindings) => api.fetch(request, bindings);
    // Pushed last, so done first: take nobody new, then let what is under way end, and only then close the database.
    undo.push(() => closeConnections(server));
    undo.push(() => {
      health.drain();
      server.close();
      server.closeIdleConnections();
    });
    const setUpLink = demo ? null : await createSetUpLink({ db, publicUrl, now, newId });
    const fingerprint = certificate?.fingerprint ?? null;
    return { url: publicUrl, connection, hub, setUpLink, reach, demo, fingerprint, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Throws outside every handler, so that the process ends. */
function stopForGood(): void {
  setImmediate(() => {
    throw new StartError(
      'The server’s key was changed while this server ran: start it again with the new one.',
    );
  });
}

type Fetch = (request: Request, bindings: object) => Response | Promise<Response>;

function createServer(fetch: Fetch, certificate: OwnCertificate | null): Server {
  if (certificate === null) return createAdaptorServer({ fetch }) as Server;
  const { cert, key } = certificate;
  // A client that connects and never begins TLS is dropped as soon as one that never sends a request.
  const serverOptions = { cert, key, handshakeTimeout: 10_000 };
  return createAdaptorServer({ fetch, createServer: createHttpsServer, serverOptions }) as Server;
}

/** Whether the embedded database is the demo. @throws {StartError} where that must not be */
async function decideDemo(config: Config, { db }: Connection, listening: Listening): Promise<boolean> {
  const { publicUrl, byOthers } = reachOf(config, listening, null);
  const openedBy = isLoopback(listening.address)
    ? `PUBLIC_URL is "${publicUrl}"`
    : `HOST is "${config.host}"`;
  return chooseDemo({
    wanted: config.demo,
    holds: await findHolding(db),
    dataDir: config.dataDir,
    openedBy: byOthers ? openedBy : null,
  });
}

async function startDatabase(
  config: Config,
  log: Logger,
  undo: (() => Promise<void> | void)[],
): Promise<string> {
  const embedded = await startEmbedded({ dataDir: config.dataDir, durable: true, log });
  undo.push(() => embedded.stop());
  return embedded.url;
}

function starting(): Response {
  const body = { type: '/problems/unavailable', title: 'Not available just now', status: 503 };
  return new Response(JSON.stringify({ ...body, detail: 'The server is starting.' }), {
    status: 503,
    headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '1', 'Cache-Control': 'no-store' },
  });
}

function listen(server: Server, config: Config): Promise<Pick<Listening, 'port' | 'address'>> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = `port ${config.port} of ${config.host}`;
      if (error.code === 'EADDRINUSE') {
        reject(new StartError(`Something else listens on ${where}: stop it, or set PORT to another number.`));
      } else if (error.code === 'EACCES') {
        reject(new StartError(`This user may not listen on ${where}: set PORT to a number of 1024 or more.`));
      } else {
        reject(
          new StartError(
            `Attune cannot listen on ${where} (${error.message}): set HOST to an address of this machine.`,
          ),
        );
      }
    });
    server.listen(config.port, config.host, () => {
      const bound = server.address();
      resolve(
        bound !== null && typeof bound === 'object' ? bound : { port: config.port, address: config.host },
      );
    });
  });
}

/** Waits up to 2 s for replies under way, then cuts what is left. Sockets handed to an upgrade are not waited for. */
function closeConnections(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      server.closeAllConnections();
      resolve();
    }, 2_000);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** A person's mistake in DATABASE_URL, or a server that is down, as a sentence; `null` for any other error. */
function unusable(databaseUrl: string, error: unknown): StartError | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const { host, pathname } = new URL(databaseUrl);
  const name = `The database of DATABASE_URL at ${host}`;
  if (isDatabaseUnavailable(error) || ['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'].includes(code)) {
    return new StartError(`${name} does not answer (${code}): start it, or mend the address.`);
  }
  if (code.startsWith('28'))
    return new StartError(`${name} refuses this user or password: mend DATABASE_URL.`);
  if (code === '3D000') {
    return new StartError(`${name} has no database "${pathname.slice(1)}": make it, or mend DATABASE_URL.`);
  }
  if (code === '42501') {
    return new StartError(
      `${name} does not let this user make tables: grant it, or use the database's owner.`,
    );
  }
  return null;
}

function once(action: () => Promise<void>): () => Promise<void> {
  let first: Promise<void> | null = null;
  return () => {
    first ??= action();
    return first;
  };
}
