// Where a request comes from. What a header says of it is believed only where a proxy named in TRUSTED_PROXIES wrote it.
import type { IncomingMessage } from 'node:http';
import parseForwarded from 'forwarded-parse';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import ipaddr from 'ipaddr.js';
import { type AddressRange, isShort } from '../address-range.ts';
import type { RequestEnv } from './request.ts';

function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  // Some proxies add the port.
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const [address = ''] = bare.split('%', 1);
  return ipaddr.isValid(address) && !isShort(address) ? ipaddr.process(address) : null;
}

/** The hops that proxies have written down, the nearest last. `X-Forwarded-For` comes first: it is what most proxies write. */
function hopsOf({ headers }: Pick<IncomingMessage, 'headers'>): string[] {
  const list = headers['x-forwarded-for'];
  if (list !== undefined) return String(list).split(',');
  if (headers.forwarded === undefined) return [];
  try {
    return parseForwarded(headers.forwarded).map((hop) => hop.for ?? '');
  } catch {
    return [];
  }
}

/**
 * The caller's address: that of the connection; behind trusted proxies the nearest hop that is none of them. What stands
 * further away, the caller may have made up.
 *
 * @returns `undefined` where there is no connection
 */
export function callerAddress(
  request: { readonly headers: IncomingMessage['headers']; readonly socket: { remoteAddress?: string } },
  trusted: readonly AddressRange[],
): string | undefined {
  let nearest = parseAddress(request.socket.remoteAddress ?? '');
  if (nearest === null) return undefined;
  const hops = trusted.length > 0 ? hopsOf(request).reverse() : [];
  for (const hop of hops) {
    if (!isWithin(nearest, trusted)) break;
    // A proxy that does not say whence: then it is the proxy that is counted.
    const next = parseAddress(hop.trim());
    if (next === null) break;
    nearest = next;
  }
  return nearest.toString();
}

const isWithin = (address: ipaddr.IPv4 | ipaddr.IPv6, ranges: readonly AddressRange[]) =>
  ranges.some(([first, bits]) => first.kind() === address.kind() && address.match(first, bits));

/**
 * What limits count by: an IPv4 address, or the /64 that an IPv6 address is in, since whoever has one has all of them. One word
 * for all callers without an address.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown';
  const plain = ipaddr.process(address);
  if (plain.kind() === 'ipv4') return plain.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${plain.toString()}/64`).toString()}/64`;
}

/** Finds the caller's address, once a request. */
export function findAddress(trusted: readonly AddressRange[]) {
  return createMiddleware<RequestEnv>(async (c, next) => {
    const incoming = c.env?.incoming;
    if (incoming) c.set('address', callerAddress(incoming, trusted));
    await next();
  });
}

/** The caller's address; unknown where there is no connection, as in a test without a socket. */
export const addressOf = (c: Context<RequestEnv>): string | undefined => c.get('address');

/** What limits count the caller by. */
export const callerNetwork = (c: Context<RequestEnv>): string => networkOf(addressOf(c));
