// How this server is reached: at which address, from where, and whether what travels can be read along. Decided here alone; the
// start's words, the pages and the certificate all ask this.
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { ReachView } from '@attune/contract';
import { type Config, defaultDataDir, publicOrigin } from './config.ts';

export interface Reach {
  /** The origin people open, without a trailing slash. */
  readonly publicUrl: string;
  /** What pages may know. */
  readonly view: ReachView;
  /** Whether others can open it or may connect to it at all, by its address or past it. */
  readonly byOthers: boolean;
  /** Whether that address is this very socket. Nobody stands between then, and a request's `Host` is what its browser shows. */
  readonly isDirect: boolean;
}

export interface Listening {
  readonly port: number;
  /** The IP address that is listened on. */
  readonly address: string;
  /** The machine's own addresses in its networks. */
  readonly networks: readonly string[];
  readonly platform: NodeJS.Platform;
}

/** Whether a host name or address means the very machine that says it. Brackets of IPv6 are taken off. */
export function isLoopback(host: string): boolean {
  const name = bare(host);
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

/** @param demo whether the demo's sign-in by a click is open; `null` where the database is none of ours to choose */
export function reachOf(config: Config, listening: Listening, demo: boolean | null): Reach {
  const publicUrl = publicOrigin(config, listening.port);
  const { protocol, hostname, port } = new URL(publicUrl);
  const onlyHere = isLoopback(hostname);
  const kind = onlyHere ? 'this-machine' : protocol === 'https:' ? 'encrypted' : 'plain';
  const spoken = config.https === 'self' ? 'https:' : 'http:';
  const isOurPort =
    protocol === spoken && Number(port || (protocol === 'https:' ? 443 : 80)) === listening.port;
  return {
    publicUrl,
    view: { kind, mend: onlyHere ? mendOf(config, listening, demo) : null },
    byOthers: !onlyHere || !isLoopback(listening.address),
    isDirect: config.trustedProxies.length === 0 && isOurPort && hears(listening, config.host, hostname),
  };
}

/** Whether a connection to this host comes to the socket itself. */
function hears({ address, networks }: Listening, configured: string, hostname: string): boolean {
  const host = bare(hostname);
  const everywhere = address === '0.0.0.0' || address === '::';
  if (isLoopback(host)) return everywhere || isLoopback(address);
  return host === bare(configured) || host === address || (everywhere && networks.includes(host));
}

function mendOf(config: Config, { port, networks, platform }: Listening, demo: boolean | null) {
  const scheme = config.https === 'self' ? 'https' : 'http';
  const addresses = networks.map(
    (ip) => new URL(`${scheme}://${isIP(ip) === 6 ? `[${ip}]` : ip}:${port}`).origin,
  );
  const settings = [
    `HOST=${isLoopback(config.host) ? '0.0.0.0' : config.host}`,
    ...(port === 4400 ? [] : [`PORT=${port}`]),
    ...(config.https === 'self' ? ['HTTPS=self'] : []),
    `PUBLIC_URL=${addresses[0] ?? `${scheme}://ADDRESS:${port}`}`,
    ...(demo === null ? [] : [`DEMO=${demo ? 1 : 0}`]),
    // Without its folder the next start would begin another organisation.
    ...(config.dataDir === defaultDataDir ? [] : [`DATA_DIR=${quoted(config.dataDir, platform)}`]),
  ];
  return { command: commandWith(settings, platform), addresses };
}

/** A path as a shell takes it for one word. */
const quoted = (path: string, platform: NodeJS.Platform): string =>
  platform === 'win32' || /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;

function commandWith(settings: readonly string[], platform: NodeJS.Platform): string {
  if (platform !== 'win32') return `${settings.join(' ')} npm start`;
  // As PowerShell has it.
  return [...settings.map((line) => line.replace(/^(\w+)=(.*)$/, "$env:$1='$2'")), 'npm start'].join('; ');
}

/** Interfaces that only containers and virtual machines of this machine share: named last, for they seldom lead to people. */
const inward = /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|podman|utun|tun|tap)/;

/** The machine's addresses that others in its networks know it by: IPv4 first, those of this machine's own containers last. */
export function ownNetworks(interfaces = networkInterfaces()): string[] {
  const found = Object.entries(interfaces).flatMap(([name, infos]) =>
    (infos ?? [])
      .filter(({ internal, address }) => !internal && !/^(169\.254\.|fe80:)/i.test(address))
      .map(({ address, family }) => ({
        address,
        rank: (family === 'IPv4' ? 0 : 1) + (inward.test(name) ? 2 : 0),
      })),
  );
  return found.sort((one, other) => one.rank - other.rank).map(({ address }) => address);
}

/** What the certificate of our own making must be good for: whatever anybody may open. Wildcards name nothing. */
export function certificateNames(config: Config, networks: readonly string[]): string[] {
  const configured = [config.host, ...(config.publicUrl ? [new URL(config.publicUrl).hostname] : [])].map(
    bare,
  );
  const named = configured.filter((name) => name !== '0.0.0.0' && name !== '::');
  return [...new Set(['localhost', '127.0.0.1', '::1', ...named, ...networks])];
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '').toLowerCase();
}
