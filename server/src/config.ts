// The environment, read once into one frozen object. Nothing else in the server may read `process.env`.
// All problems are reported at once, each as a sentence with the variable, the bad value and what mends it.
import path from 'node:path';
import { type AddressRange, parseRange } from './address-range.ts';
import { repositoryFolder } from './paths.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Config {
  /** TCP port to listen on; 0 lets the system choose a free one. */
  readonly port: number;
  /** Address to listen on, a name or an IP address. */
  readonly host: string;
  /** Absolute folder of the embedded database and of the server's key. */
  readonly dataDir: string;
  /** A PostgreSQL of one's own; `null` means the embedded one. */
  readonly databaseUrl: string | null;
  /** `self`: speaks https by itself, with a certificate of its own making; `null`: plain http, as behind a proxy. */
  readonly https: 'self' | null;
  /** What to start the embedded database with; `null` goes by what it holds, and is the demo where it holds nothing. */
  readonly demo: boolean | null;
  /** The origin people open, without a trailing slash; `null` until the port is known (see `publicOrigin`). */
  readonly publicUrl: string | null;
  /** 32 bytes from SERVER_KEY; `null` means the key file in `dataDir`. */
  readonly serverKey: Uint8Array | null;
  readonly logLevel: LogLevel;
  /** What `GET /metrics` asks for as a bearer token; `null` means that there is no such page. */
  readonly metricsToken: string | null;
  /** Whose word on where a request comes from is taken; none: nobody's. */
  readonly trustedProxies: readonly AddressRange[];
}

/** Where the embedded database and the server's key lie unless DATA_DIR says otherwise. */
export const defaultDataDir = path.join(repositoryFolder, 'data');

/** The environment cannot be used. `problems` are sentences for the person at the terminal. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Reads the environment. An empty variable counts as not set.
 * @throws {ConfigError} with every problem found.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const read = <T>(name: string, fallback: T, parse: (text: string) => Parsed<T>): T => {
    const text = environment[name]?.trim();
    if (!text) return fallback;
    const parsed = parse(text);
    if ('value' in parsed) return parsed.value;
    problems.push(parsed.problem);
    return fallback;
  };
  const config: Config = {
    port: read('PORT', 4400, parsePort),
    host: read('HOST', '127.0.0.1', parseHost),
    dataDir: read('DATA_DIR', defaultDataDir, (text) => ({ value: path.resolve(text) })),
    databaseUrl: read<string | null>('DATABASE_URL', null, parseDatabaseUrl),
    https: read<'self' | null>('HTTPS', null, parseHttps),
    demo: read<boolean | null>('DEMO', null, parseDemo),
    publicUrl: read<string | null>('PUBLIC_URL', null, parsePublicUrl),
    serverKey: read<Uint8Array | null>('SERVER_KEY', null, parseServerKey),
    logLevel: read<LogLevel>('LOG_LEVEL', 'warn', parseLogLevel),
    metricsToken: read<string | null>('METRICS_TOKEN', null, parseMetricsToken),
    trustedProxies: read<readonly AddressRange[]>('TRUSTED_PROXIES', [], parseTrustedProxies),
  };
  problems.push(...contradictions(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

/** The origin people open: PUBLIC_URL, else the listening address with loopback and wildcard shown as localhost. */
export function publicOrigin(config: Config, listeningPort: number): string {
  if (config.publicUrl !== null) return config.publicUrl;
  const isOnThisMachine = ['127.0.0.1', '::1', '0.0.0.0', '::', 'localhost'].includes(config.host);
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const scheme = config.https === 'self' ? 'https' : 'http';
  return new URL(`${scheme}://${isOnThisMachine ? 'localhost' : host}:${listeningPort}`).origin;
}

/** Settings that are each valid, and contradict each other. */
function contradictions({ demo, databaseUrl, https, publicUrl }: Config): string[] {
  const found: string[] = [];
  if (demo === true && databaseUrl !== null) {
    found.push(
      'DEMO is 1, and DATABASE_URL names a database of your own, which never becomes a demo: leave one of them out.',
    );
  }
  if (https === 'self' && publicUrl?.startsWith('http:')) {
    const right = publicUrl.replace(/^http:/, 'https:');
    found.push(`HTTPS is self, and PUBLIC_URL is "${publicUrl}", which is not https: set it to ${right}.`);
  }
  return found;
}

/** SERVER_KEY_NEXT, the key to change to where SERVER_KEY is set; `null` where it is not there. @throws {ConfigError} */
export function readNextServerKey(
  environment: Readonly<Record<string, string | undefined>>,
): Uint8Array | null {
  const text = environment.SERVER_KEY_NEXT?.trim();
  if (!text) return null;
  const parsed = parseServerKey(text);
  if ('value' in parsed) return parsed.value;
  throw new ConfigError([parsed.problem.replace('SERVER_KEY', 'SERVER_KEY_NEXT')]);
}

type Parsed<T> = { readonly value: T } | { readonly problem: string };

function parsePort(text: string): Parsed<number> {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port <= 65_535) return { value: port };
  return {
    problem: `PORT is "${text}", which is not a port: set a whole number from 0 to 65535, such as 4400.`,
  };
}

function parseHost(text: string): Parsed<string> {
  if (/^([A-Za-z0-9._-]+|[0-9A-Fa-f:.]+)$/.test(text)) return { value: text };
  return {
    problem: `HOST is "${text}", which is not a host name or address: set one such as 127.0.0.1, or 0.0.0.0 for all interfaces.`,
  };
}

function parseDatabaseUrl(text: string): Parsed<string> {
  const remedy =
    'set one such as postgres://user:password@localhost:5432/attune, or leave it out for the embedded database.';
  // The value itself may hold a password: only what is certainly not one is repeated.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return { problem: `DATABASE_URL (${text.length} characters) is not a URL: ${remedy}` };
  if (url.password !== '') url.password = 'xxx';
  if (!['postgres:', 'postgresql:'].includes(url.protocol)) {
    return { problem: `DATABASE_URL is "${url.href}", which is not a PostgreSQL address: ${remedy}` };
  }
  if (url.hostname === '' || url.pathname.length < 2) {
    return { problem: `DATABASE_URL is "${url.href}", which names no host or no database: ${remedy}` };
  }
  return { value: text };
}

function parsePublicUrl(text: string): Parsed<string> {
  const remedy = 'set the origin people open, such as https://attune.example.org, without a path.';
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return { problem: `PUBLIC_URL is "${text}", which is not an http or https address: ${remedy}` };
  }
  if (url.href !== `${url.origin}/`) {
    return { problem: `PUBLIC_URL is "${text}", which has more than an origin: ${remedy}` };
  }
  return { value: url.origin };
}

function parseHttps(text: string): Parsed<'self'> {
  if (text === 'self') return { value: text };
  return {
    problem: `HTTPS is "${text}", which is not known: set self for a certificate of Attune's own making, or leave it out for plain http, as behind a proxy that speaks https.`,
  };
}

function parseDemo(text: string): Parsed<boolean> {
  if (text === '1' || text === '0') return { value: text === '1' };
  return {
    problem: `DEMO is "${text}", which says neither: set 1 for the demo and its sign-in by a click, 0 to begin empty, for real use.`,
  };
}

function parseServerKey(text: string): Parsed<Uint8Array> {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return { value: new Uint8Array(Buffer.from(text, 'hex')) };
  return {
    problem: `SERVER_KEY has ${text.length} characters and is not a key: set 64 hexadecimal digits, made with "openssl rand -hex 32".`,
  };
}

function parseLogLevel(text: string): Parsed<LogLevel> {
  const level = logLevels.find((known) => known === text.toLowerCase());
  if (level !== undefined) return { value: level };
  return { problem: `LOG_LEVEL is "${text}", which is not a level: set one of ${logLevels.join(', ')}.` };
}

function parseMetricsToken(text: string): Parsed<string> {
  if (/^[\x21-\x7e]{16,}$/.test(text)) return { value: text };
  return {
    problem: `METRICS_TOKEN has ${text.length} characters and is not a token: set at least 16 visible ASCII characters, made with "openssl rand -hex 16", or leave it out for no /metrics.`,
  };
}

function parseTrustedProxies(text: string): Parsed<readonly AddressRange[]> {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  const ranges = names.map(parseRange);
  const wrong = names.find((_, index) => ranges[index] === null);
  const remedy =
    'set the addresses of your proxies, such as 127.0.0.1, or ranges such as 10.1.2.0/24, with commas between them.';
  if (wrong !== undefined) {
    return { problem: `TRUSTED_PROXIES has "${wrong}", which is not an address or a range: ${remedy}` };
  }
  const everyone = names.find((_, index) => ranges[index]?.[1] === 0);
  if (everyone !== undefined) {
    return { problem: `TRUSTED_PROXIES has "${everyone}", which believes whatever anyone says: ${remedy}` };
  }
  return { value: ranges.filter((range) => range !== null) };
}
