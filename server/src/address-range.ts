// Ranges of IP addresses, as an operator writes them.
import ipaddr from 'ipaddr.js';

/** A first address and how many of its bits count. */
export type AddressRange = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** "10.0.0.0/8", or a single address; `null` for anything else. IPv4 written as IPv6 is IPv4. */
export function parseRange(text: string): AddressRange | null {
  const [address = '', bits, ...rest] = text.split('/');
  if (!ipaddr.isValid(address) || rest.length > 0 || isShort(address)) return null;
  const parsed = ipaddr.parse(address);
  const plain = ipaddr.process(address);
  const longest = parsed.kind() === 'ipv4' ? 32 : 128;
  if (bits !== undefined && !/^\d{1,3}$/.test(bits)) return null;
  const count = (bits === undefined ? longest : Number(bits)) - (plain.kind() === parsed.kind() ? 0 : 96);
  return count >= 0 && count <= (plain.kind() === 'ipv4' ? 32 : 128) ? [plain, count] : null;
}

/** Whether IPv4 is written with fewer than four numbers, such as "10.1": legal once, and surely a slip here. */
export const isShort = (address: string) => !address.includes(':') && address.split('.').length !== 4;
