// The real server inside the test's own process, from its sources. For tests of routes, sync and races; a server that
// must be killed, or that a browser opens, is a process of its own: `app-process.ts`.
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, type LogLevel, readConfig } from '../../server/src/config.ts';
import { createLog } from '../../server/src/ops/log.ts';
import { type RunningServer, startServer } from '../../server/src/start.ts';

export interface AppOptions {
  /** From `freshDatabase()`. */
  readonly databaseUrl: string;
  /** Whether to fill the database with the demo organisation and allow its sign-in; `false` if left out. */
  readonly demo?: boolean;
  /** Settings other than the address and the database, which are the test's. */
  readonly config?: Partial<
    Pick<
      Config,
      'publicUrl' | 'serverKey' | 'port' | 'metricsToken' | 'trustedProxies' | 'host' | 'https' | 'dataDir'
    >
  >;
  /** `silent` if left out; TEST_LOG_LEVEL overrides it. */
  readonly logLevel?: LogLevel;
  /** Takes each line of the log, of every level. */
  readonly logTo?: (line: string) => void;
}

/** Starts a server on a free port of 127.0.0.1. `url` is its origin, which requests must send as `Origin`. */
export function startApp(options: AppOptions): Promise<RunningServer> {
  const logLevel = readConfig({
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? options.logLevel ?? 'silent',
  }).logLevel;
  const config: Config = {
    port: 0,
    host: '127.0.0.1',
    dataDir: path.join(tmpdir(), 'attune-test-unused'),
    databaseUrl: options.databaseUrl,
    https: null,
    demo: null,
    publicUrl: null,
    serverKey: new Uint8Array(32).fill(7),
    logLevel,
    metricsToken: null,
    trustedProxies: [],
    ...options.config,
  };
  const { logTo } = options;
  const log = logTo ? createLog('trace', { write: logTo }) : createLog(logLevel);
  return startServer({ config, log, demo: options.demo ?? false });
}
